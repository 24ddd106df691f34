"""What matters for an outcome: luck first, then groups of parameters, then single ones, each with how sure that is."""
