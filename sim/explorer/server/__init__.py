"""The explorer's live mode: the page served from this machine, true runs beside it, and scenario files saved from it."""
