"""On which parameters a conclusion depends: regional sensitivity analysis of the worlds of a result."""
