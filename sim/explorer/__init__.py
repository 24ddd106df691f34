"""The explorer: a page on which parameters are turned and what follows is seen, from stored worlds at once, and from true runs."""
