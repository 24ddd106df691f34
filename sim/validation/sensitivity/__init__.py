"""What hangs on what: which parameters would have to move for a conclusion to fail."""
