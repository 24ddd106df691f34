"""One self-contained HTML page from a comparison: opens offline, asks the network for nothing, reads without any Python.

`sections` lists what the page shows, `page` assembles it from `templates/`, `styles/` and `scripts/`.
"""
