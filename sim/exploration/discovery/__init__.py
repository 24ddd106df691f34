"""Scenario discovery: short rules that say in which worlds something comes out, found on one half of the worlds, judged on the other."""
