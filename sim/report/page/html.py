"""HTML from texts: everything that comes from a file passes through `text`."""

import html
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd


def text(value: object) -> str:
    """A text with nothing in it that a browser would take for markup, also within a quoted attribute; no line begins with `%`."""
    return html.escape(str(value), quote=True).replace(" %", "\u00a0%")


def tag(name: str, *inside: str, **attributes: str | bool) -> str:
    """An element around pieces of HTML. Attributes are escaped; `class_` and `data_x` stand for `class` and `data-x`; False leaves out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{text(value)}"')
        for key, value in attributes.items()
        if value is not False
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>"


def paragraphs(lines: Iterable[str]) -> str:
    """A paragraph for each text."""
    return "".join(tag("p", text(line)) for line in lines)


def bullets(lines: Iterable[str], **attributes: str) -> str:
    """A list of texts."""
    return tag("ul", *(tag("li", text(line)) for line in lines), **attributes)


def table(frame: pd.DataFrame, caption: str, names: Mapping[str, str] | None = None) -> str:
    """A table with a caption; its index stands in front as the rows' heads, in the words of `names`."""
    head = [str(frame.index.name or ""), *map(str, frame.columns)]
    said = names or {}
    rows = [
        tag("tr", tag("th", text(said.get(str(key), key)), scope="row"), *(tag("td", text(value)) for value in values))
        for key, values in zip(frame.index, frame.itertuples(index=False, name=None), strict=True)
    ]
    top = tag("thead", tag("tr", *(tag("th", text(name), scope="col") for name in head)))
    return tag("table", tag("caption", text(caption)), top, tag("tbody", *rows))


def plain(frame: pd.DataFrame) -> dict[str, Sequence[object]]:
    """The same table as texts, for the page's script: `head`, and `rows` that begin with the index."""
    head = [str(frame.index.name or ""), *map(str, frame.columns)]
    rows = [[str(key), *map(str, values)] for key, values in zip(frame.index, frame.itertuples(index=False, name=None), strict=True)]
    return {"head": head, "rows": rows}
