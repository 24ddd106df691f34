"""Labels, and the headlines above figures."""
