"""What follows from decisions: one file a process, in the order of `sim/model/schedule.py`.

A process is a set of pure functions, which take arrays and parameters and return arrays, and a `step` that puts their results back into
the ensemble. `p` is the process's own section of parameters throughout.
"""
