"""Claim ablation: which conclusions change if a claim of the report is wrong."""
