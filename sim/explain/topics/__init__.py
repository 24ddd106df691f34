"""One file for each kind of thing that can be explained: its names, and what there is to say about it."""
