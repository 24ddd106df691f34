"""What each interest of an actor does: the same worlds with the interest, without it, and with twice its weight."""
