"""Sums, intervals and tests over arrays; no files are read here."""
