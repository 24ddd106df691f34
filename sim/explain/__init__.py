"""What `spheres explain` prints; one file in `topics/` for each kind of thing that can be explained."""
