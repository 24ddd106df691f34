"""Who may ask this program for anything: only the page that it served itself, which has a word in its address that nobody can guess.

Other programs of this machine, other users of it and other pages in the same browser can reach the port as well. They are refused by the
word; a page of another site that makes its own name point here, by the name that a browser then sends; and what such a page could have a
browser send without asking, by its origin.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_BYTES = 16  # 128 bits
UNKNOWN = "There is nothing at this address. `spheres explore` prints the address to open; each start has a new one."
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = "Content-Security-Policy"
STRICTEST = "default-src 'none'; frame-ancestors 'none'"
_OWN_SITE = ("same-origin", "none")  # what a browser says of a request by the page itself, and of an address that was typed


class Words:
    """The word in the address of the page, and a `ticket` that leads there once.

    A browser is started with the ticket, since other users of a machine can read with which words programs were started.
    """

    def __init__(self) -> None:
        self.token, self.ticket = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
        self._unused = self.ticket

    def is_token(self, word: str) -> bool:
        """Whether this is the word of the page."""
        return secrets.compare_digest(word.encode("utf-8", "replace"), self.token.encode())

    def use(self, word: str) -> bool:
        """Whether this is the ticket, and has not been used; it is used then."""
        is_ticket = self._unused != "" and secrets.compare_digest(word.encode("utf-8", "replace"), self._unused.encode())
        if is_ticket:
            self._unused = ""
        return is_ticket


class RequestGate:
    """Lets requests to `/TOKEN/...` through, as `/...`, and puts headers on every answer.

    `methods` are those of each path.
    """

    def __init__(self, app: ASGIApp, words: Words, port: int, methods: Mapping[str, str]) -> None:
        self._app, self._words, self._methods = app, words, methods
        names = [f"{name}:{port}" for name in ("127.0.0.1", "localhost")]
        self._hosts = {*names, *(name.partition(":")[0] for name in names if port == 80)}
        self._origins = {f"http://{name}" for name in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {POLICY: STRICTEST, **_HEADERS}.items():
                    headers.setdefault(name, value)
            await send(message)

        path, refusal = self._checked(scope)
        if refusal is not None:
            await refusal(scope, receive, with_headers)
        else:
            await self._app({**scope, "path": path, "raw_path": path.encode(), "root_path": ""}, receive, with_headers)

    def _checked(self, scope: Mapping[str, Any]) -> tuple[str, Response | None]:
        """The path without the word; with an answer that refuses it, if it is to be refused."""
        headers = Headers(scope=dict(scope))
        word, slash, rest = scope["path"].removeprefix("/").partition("/")
        path, hosts = f"/{rest}", headers.getlist("host")
        if not hosts or not set(hosts) <= self._hosts:
            return path, PlainTextResponse("This program answers at http://127.0.0.1 only.", 421)
        if self._words.use(word):
            return path, RedirectResponse(f"/{self._words.token}/", 303)
        if not self._words.is_token(word):
            return path, PlainTextResponse(UNKNOWN, 404)
        if not self._is_own(headers.getlist("origin"), headers.getlist("sec-fetch-site"), path):
            return path, _refusal("Another page cannot ask this program for anything.", 403)
        if not slash:
            return path, RedirectResponse(f"/{self._words.token}/", 303)
        if path not in self._methods:
            return path, PlainTextResponse(UNKNOWN, 404)
        if scope["method"] != self._methods[path]:
            return path, _refusal(f"{path} takes {self._methods[path]} alone.", 405, {"Allow": self._methods[path]})
        return path, None

    def _is_own(self, origins: Iterable[str], sites: Iterable[str], path: str) -> bool:
        """Whether the page itself asks, as far as the browser says who asks; any link may lead to the page, as to every page."""
        return set(origins) <= self._origins and (path == "/" or set(sites) <= set(_OWN_SITE))


def _refusal(text: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"problem": text}, status, headers)
