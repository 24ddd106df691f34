"""Questions about the space of parameters: what follows from turning one, what matters, which rules hold, what can be reached."""
