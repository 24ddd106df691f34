"""Scenarios compared world by world: paired differences, findings, representative worlds, accuracy."""
