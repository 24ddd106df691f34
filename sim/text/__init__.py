"""Text from numbers: formats, suggestions for misspelt names, names of powers; used everywhere."""
