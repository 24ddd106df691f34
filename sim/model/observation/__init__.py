"""What is measured (ODD: observation): influence, indices, spheres, and the classes that worlds are sorted into."""
