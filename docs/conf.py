"""How Sphinx builds the site from these pages: `make site`, then open site/index.html. Nothing is loaded from the web, then or later."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "builder"), str(HERE.parent)]

from sim import __version__  # noqa: E402

project = "Spheres of interest in Syria"
author = "Spheres of Interest in Syria contributors"
version = release = __version__
copyright = "the contributors; MIT licence"
language = "en"
smartquotes = False  # options of commands begin with two hyphens
extensions = ["myst_parser", "contents", "formulas", "source_pages"]
exclude_patterns = ["builder", "examples", "pictures", "static"]
suppress_warnings = ["misc.highlighting_failure"]

myst_enable_extensions = ["dollarmath"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 4


html_theme = "furo"
html_title = "Spheres of interest in Syria"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_math_renderer = "formulas"
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
html_show_search_summary = False  # summaries need a server: from a file, pages cannot be fetched
