"""JSON files that carry a checksum of themselves, so that damage to them is seen.

It protects against damage, not against tampering: whoever edits the file can work the checksum out anew.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

CHECKSUM = "checksum"
_SURROGATE = re.compile("[\ud800-\udfff]")


def sealed(content: Mapping[str, Any]) -> str:
    """The text of a file with this content and, last, its checksum; characters that UTF-8 cannot hold (of a file's name) are escaped.

    Numbers may be infinite: so may be what a world drew that failed.
    """
    whole = {**content, CHECKSUM: checksum(content)}
    text = json.dumps(whole, indent=2, ensure_ascii=False)
    return (json.dumps(whole, indent=2) if _SURROGATE.search(text) else text) + "\n"


def is_whole(read: Mapping[str, Any]) -> bool:
    """Whether what was read from such a file has the checksum that belongs to it."""
    content = {key: value for key, value in read.items() if key != CHECKSUM}
    return list(read)[-1:] == [CHECKSUM] and read[CHECKSUM] == checksum(content)


def checksum(content: Mapping[str, Any]) -> str:
    """SHA-256 of a content, whatever the order of its keys and the layout of its file."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
