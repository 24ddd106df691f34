"""Files of the project that pages link to, such as code and scenarios, as pages of the site, with their lines numbered.

A link `[`step`](../sim/model/processes/departure.py)` leads to the line where `step` is defined.
"""

import ast
import posixpath
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_for_filename
from pygments.util import ClassNotFound
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

FOLDER = "files"
SHOWN = {".py", ".yaml", ".csv", ".md", ".toml", ".cff", ".txt", ""}  # kinds of files that are shown as pages
PAGES = {"CHANGELOG.md": "changelog", "CONTRIBUTING.md": "contributing", "README.md": "index"}  # files of the root that have a page
MOST = 400_000  # characters of a file that a page shows
LOG = logging.getLogger(__name__)


class SourceLinks(SphinxTransform):
    """Turns links to files outside docs/ into links to their pages."""

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Change the links of one page."""
        root = Path(self.env.srcdir).parent
        for node in [*self.document.findall(addnodes.download_reference), *self.document.findall(addnodes.pending_xref)]:
            path = self._target(node)
            if path is None:
                continue
            name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
            if not name or not path.is_file() or path.suffix not in SHOWN:
                LOG.warning("links to %s, which has no page", node["reftarget"], location=node)
                continue
            node.replace_self(self._link(node, path, name))

    def _target(self, node: Any) -> Path | None:
        """The file to which a link leads, where that is no page: code and data, and Markdown outside docs/."""
        if isinstance(node, addnodes.download_reference):
            return Path(self.env.relfn2path(node["reftarget"], self.env.docname)[1]).resolve()
        if node.get("refdomain") == "doc" and node["reftarget"] not in self.env.found_docs:
            return Path(f"{node['reftarget']}.md").resolve()
        return None

    def _link(self, node: addnodes.download_reference, path: Path, name: str) -> nodes.reference:
        """A link to the page of a file, or to a line of it."""
        own = posixpath.relpath(PAGES.get(name, f"{FOLDER}/{name}"), posixpath.dirname(self.env.docname) or ".")
        line = 0 if name in PAGES else line_of(path, node.astext())
        link = nodes.reference("", "", *node.children, refuri=f"{own}.html{f'#line-{line}' if line else ''}", internal=True)
        if name not in PAGES:
            shown = self.env.__dict__.setdefault("spheres_files", {})
            shown.setdefault(self.env.docname, set()).add(name)
        return link


def line_of(path: Path, name: str) -> int:
    """The line of a module on which a function, class or method (`Class.method`) begins; 0 if it has none of that name."""
    if path.suffix != ".py":
        return 0
    node: Any = ast.parse(path.read_text(encoding="utf-8"))
    for part in name.split("."):
        node = next((child for child in node.body if getattr(child, "name", None) == part), None)
        if node is None:
            return 0
    return int(node.lineno)


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each file that some page links to."""
    root = Path(app.srcdir).parent
    for name in sorted(set().union(*getattr(app.env, "spheres_files", {}).values())):
        body = f'<h1 class="path">{escape(name)}</h1>{_file(root / name)}'
        yield f"{FOLDER}/{name}", {"title": name, "body": body}, "page.html"


def _file(path: Path) -> str:
    """The lines of a file, coloured."""
    text = path.read_text(encoding="utf-8")
    cut = f"<p>The first {MOST:,} characters.</p>" * (len(text) > MOST)
    try:
        lexer = get_lexer_for_filename(path.name)
    except ClassNotFound:
        lexer = TextLexer()
    formatter = HtmlFormatter(linenos="inline", anchorlinenos=False, linespans="line", cssclass="highlight")
    return cut + highlight(text[:MOST], lexer, formatter)


def forget(app: Sphinx, env: Any, page: str) -> None:
    """Forget the links of a page that is read again."""
    getattr(env, "spheres_files", {}).pop(page, None)


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx."""
    app.add_transform(SourceLinks)
    app.connect("env-purge-doc", forget)
    app.connect("html-collect-pages", pages)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
