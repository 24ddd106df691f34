"""Tables as figures need them."""
