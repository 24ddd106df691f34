"""Specs and tables made small: rows as columns, outlines once, all in compressed blocks that the page inflates when it needs them."""

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Spec = Mapping[str, Any]
Json = dict[str, Any]
Shared = dict[str, dict[str, Any]]
_KEY = 10  # letters of a key
_APART = ("title", "layer", "datasets", "config", "description", "$schema")
_PIXELS = 2  # decimals of a place on the sheet


class Packer:
    """Packs specs; what they have in common (configs, kinds of layers, outlines) is kept once, in `shared`, and referred to by a key."""

    def __init__(self) -> None:
        self.shared: Shared = {"configs": {}, "layers": {}, "geometries": {}}

    def spec(self, spec: Spec) -> Json:
        """A spec without its title, which the page says in its own words, and with every data set as columns."""
        kept = {key: value for key, value in spec.items() if key not in _APART}
        layers = [self._refer("layers", {key: value for key, value in layer.items() if key != "data"}) for layer in spec["layer"]]
        data = [self._columns(spec["datasets"][layer["data"]["name"]]) for layer in spec["layer"]]
        return {"spec": kept, "config": self._refer("configs", spec["config"]), "layers": layers, "data": data}

    def _columns(self, rows: Sequence[Mapping[str, Any]]) -> Json:
        """`n` rows as `same` (what all of them say), `columns`, and `shape` (keys of outlines). Keys that a row lacks are null."""
        names = list(dict.fromkeys(name for row in rows for name in row))
        packed: Json = {"n": len(rows), "same": {}, "columns": {}}
        for name in names:
            values = [_short(row.get(name)) for row in rows]
            if name == "geometry":
                packed["shape"] = [self._refer("geometries", value) for value in values]
            elif all(type(value) is type(values[0]) and value == values[0] for value in values):
                packed["same"][name] = values[0]
            else:
                packed["columns"][name] = values
        return packed

    def _refer(self, kind: str, value: Any) -> str:
        """The key of what is kept, made from its content, so that several packers give the same."""
        key = hashlib.sha256(dumps(value).encode("utf-8")).hexdigest()[:_KEY]
        self.shared[kind][key] = value
        return key


def dumps(value: Any) -> str:
    """JSON without blanks; what is no number is null, as JSON knows none."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def block(value: Any) -> str:
    """A value as gzipped JSON in base64, the same to the bit for the same value."""
    return squeezed(dumps(value))


def squeezed(text: str) -> str:
    """A text, gzipped, in base64."""
    return squeezed_bytes(text.encode("utf-8"))


def squeezed_bytes(content: bytes, level: int = 9) -> str:
    """Bytes, gzipped, in base64; the same to the bit for the same bytes."""
    return base64.b64encode(gzip.compress(content, compresslevel=level, mtime=0)).decode("ascii")


def heading(spec: Spec) -> tuple[str, str]:
    """A spec's title and subtitle, each as one line."""
    title = spec.get("title", "")
    if isinstance(title, str):
        return title, ""
    return _line(title.get("text", "")), _line(title.get("subtitle", ""))


def _line(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else " ".join(text)


def _short(value: Any) -> Any:
    """Hundredths of a pixel are enough; a number that is none becomes null."""
    if isinstance(value, float):
        return round(value, _PIXELS) if value == value and abs(value) != float("inf") else None
    return value
