"""Event data of the user's own: read, placed by province and month, and compared with the model's violence."""
