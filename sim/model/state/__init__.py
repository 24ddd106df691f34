"""What the rules work on: dimensions, random streams, geography, parameters, and the state of every world as arrays."""
