"""What `spheres explain` says, one file for each kind of thing under `about/`."""
