"""Calibration: search for parameters under which chosen patterns hold, openly."""
