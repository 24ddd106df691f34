"""One world run again, to the bit, and described by its events."""
