"""Where and why two runs of one world diverge."""
