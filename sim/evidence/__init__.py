"""Why believe a number: the register of claims and sources, patterns as checks, what hangs on what, history, calibration."""
