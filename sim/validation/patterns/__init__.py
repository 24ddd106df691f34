"""What should hold in the results: the file, the forms of conditions, samples of worlds, judging."""
