"""Is the model right? Patterns, hindcast, sensitivity, calibration, and claim ablation."""
