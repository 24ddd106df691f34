"""What follows from decisions: one file a process, in the order of `sim/model/schedule.py`."""
