"""The report floor: result tables in, pictures out. Nothing here runs a model."""
