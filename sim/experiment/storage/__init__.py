"""Files: chunks and their keys, manifests, tables, and the folders that hold results."""
