"""What `spheres explain` says, one kind of thing a file."""
