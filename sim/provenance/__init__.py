"""Where every number, rule and claim comes from, and what is missing."""
