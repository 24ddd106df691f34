"""Scenario simulation of post-war spheres of interest in Syria, seen from 2021. Start reading at `sim/model/schedule.py`."""
