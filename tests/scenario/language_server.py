"""A YAML language server, asked as an editor asks it: messages over its standard input and output."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SETTINGS = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}}  # nothing from the web


class LanguageServer:
    """A server that runs in a folder. Answers are waited for; what it says unasked is kept."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self.process, self.folder, self.asked = process, folder, 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={"textDocument": {"publishDiagnostics": {}}})
        self._send(method="initialized", params={})
        self._send(method="workspace/didChangeConfiguration", params={"settings": _SETTINGS})

    def open(self, name: str, text: str) -> dict[int, list[str]]:
        """What is marked in a file with this text, by line, counted from 1."""
        document = {"uri": (self.folder / name).as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while document["uri"] not in self.diagnostics:
            self._receive()
        marked: dict[int, list[str]] = {}
        for one in self.diagnostics[document["uri"]]:
            marked.setdefault(one["range"]["start"]["line"] + 1, []).append(one["message"])
        return marked

    def at(self, what: str, name: str, line: int, column: int) -> Any:
        """`hover` or `completion` at a place of an open file; lines count from 1, columns from 0."""
        place = {"line": line - 1, "character": column}
        return self.ask(f"textDocument/{what}", textDocument={"uri": (self.folder / name).as_uri()}, position=place)

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        self.asked += 1
        self._send(id=self.asked, method=method, params=params)
        while (message := self._receive()).get("id") != self.asked or "method" in message:
            pass
        return message["result"]

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        size = 0
        while line := self.process.stdout.readline().strip():
            size = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else size
        assert size, "the language server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(size))
        if "id" in message and "method" in message:  # it asks for the settings, or tells what it can do
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            self._send(id=message["id"], result=[_SETTINGS.get(item.get("section")) for item in items] or None)
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


@contextmanager
def serving(program: str, folder: Path) -> Iterator[LanguageServer]:
    """A server for the files of a folder, which ends with the test."""
    command = [program, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield LanguageServer(process, folder)
        finally:
            process.kill()
