"""One world run again, to the bit, and told as a narrative."""
