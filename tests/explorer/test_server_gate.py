"""Who is answered: the page itself, at an address that nobody can guess, and nobody else."""

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_app import MOST_BYTES
from sim.explorer.server.request_gate import Words

from .served import PAGE, POLICY, PORT, Asker, asking

OWN = f"http://127.0.0.1:{PORT}"


class NoPool:
    """Processes that never answer."""

    def submit(self, *_: object) -> "Future[object]":
        return Future()


@pytest.fixture(scope="module")
def client(small_data: ExplorerData) -> Iterator[Asker]:
    with asking(small_data, NoPool()) as client:  # type: ignore[arg-type]
        yield client


def test_the_page_is_shown_with_its_own_policy_and_in_no_frame(client: Asker) -> None:
    answer = client.get(client.at(""))
    assert answer.status_code == 200 and answer.text == PAGE
    assert answer.headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert client.get(client.at(""), headers={"Host": f"localhost:{PORT}", "Sec-Fetch-Site": "cross-site"}).status_code == 200, "as a link"


@pytest.mark.parametrize("path", ["", "about", "nowhere"])
def test_every_answer_is_kept_by_nobody_and_guessed_at_by_no_browser(client: Asker, path: str) -> None:
    for headers in (client.get(client.at(path)).headers, client.get(f"/wrong/{path}").headers):
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store" and headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"] and "Access-Control-Allow-Origin" not in headers


def test_only_the_word_of_this_start_opens_anything(client: Asker) -> None:
    token = client.words.token
    for word in ("", "wrong", token[:-1], f"{token}x", token.swapcase(), "%00", "ä", f"{token}%2F"):
        assert client.get(f"/{word}/about").status_code == 404, word
    assert len(token) >= 22 and token not in (Words().token, client.words.ticket), "128 bits, six a letter"
    assert client.get(f"/{token}").headers["Location"] == client.at("")


def test_the_address_by_which_a_browser_is_started_leads_to_the_page_once(client: Asker) -> None:
    answer = client.get(f"/{client.words.ticket}/")
    assert answer.status_code == 303 and answer.headers["Location"] == client.at("")
    assert client.get(f"/{client.words.ticket}/").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"127.0.0.1.evil.example:{PORT}"]
)
def test_a_name_that_was_made_to_point_here_is_refused(client: Asker, host: str) -> None:
    assert client.get(client.at("about"), headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": f"http://127.0.0.1:{PORT + 1}"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_page_of_another_origin_is_refused(client: Asker, headers: dict[str, str]) -> None:
    for ask in (lambda: client.post(client.at("runs"), json={}, headers=headers), lambda: client.get(client.at("about"), headers=headers)):
        answer = ask()
        assert answer.status_code == 403 and "Another page" in answer.json()["problem"]
    assert client.get(client.at("about"), headers={"Origin": OWN, "Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_what_a_form_of_another_page_could_send_is_refused(client: Asker) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = client.post(client.at("scenarios"), content=b'{"name": "x", "text": "y"}', headers={"Content-Type": kind})
        assert answer.status_code == 415, kind


def test_other_methods_other_paths_and_much_too_much_are_refused(client: Asker) -> None:
    for method, path in (("PUT", "about"), ("POST", ""), ("GET", "runs"), ("DELETE", "scenarios"), ("OPTIONS", "runs"), ("HEAD", "")):
        assert client.request(method, client.at(path)).status_code == 405, (method, path)
    assert client.get(client.at("../about")).status_code == 404 and client.get(client.at("about/x")).status_code == 404
    much = client.post(client.at("runs"), content=b" " * (MOST_BYTES + 1), headers={"Content-Type": "application/json"})
    assert much.status_code == 413 and "larger" in much.json()["problem"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"first": NaN}', b"[" * 100_000, b"\xff\xfe", b'"x"'])
def test_what_is_no_object_of_json_is_said_to_be_none(client: Asker, body: bytes) -> None:
    answer = client.post(client.at("runs"), content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400 and "JSON" in answer.json()["problem"]
