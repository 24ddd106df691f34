"""Calibration, openly: values of chosen parameters for which patterns used to set parameters hold. Never for outcome claims."""
