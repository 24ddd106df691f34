"""One self-contained HTML page from a comparison: opens offline, asks the network for nothing, reads without any Python.

`sections` lists what the page shows, `write` assembles it; page.html, page.css and page.js are its template, style and script.
"""
