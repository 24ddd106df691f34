"""Calibration: search for parameter values at which chosen patterns hold, and show what the search found."""
