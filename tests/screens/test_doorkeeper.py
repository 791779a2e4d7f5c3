"""Who may come in: nobody without the token, no other site's page, no other name of this machine; no path leads out."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from tests.screens.conftest import Served

from koho_pdf.screens.doorkeeper import MOST_BYTES, POLICY


def test_nothing_is_shown_without_the_token(served: Served) -> None:
    for path in ("/", f"/issues/{served.issue.name}", "/assets/desk.css", "/start", "/start?key=", "/start?key=a"):
        answer = served.asked(path)
        assert answer.status == 403, path
        assert "クイズ" not in answer.read().decode()
    wrong = served.asked("/", {"Cookie": f"koho-desk-{served.serving.port}=other"})
    assert wrong.status == 403


def test_the_start_link_gives_a_cookie_that_scripts_and_other_sites_do_not_see(served: Served) -> None:
    said = served.cookie()
    assert "HttpOnly" in said and "SameSite=Strict" in said and "Path=/" in said
    shelf = served.asked("/", served.key())
    assert shelf.status == 200
    assert "るもいクイズ" in shelf.read().decode()


def test_every_answer_says_the_strict_policy(served: Served) -> None:
    for path, headers in (
        ("/", served.key()),
        ("/assets/table.js", served.key()),
        ("/", {}),
        ("/nowhere", served.key()),
    ):
        answer = served.asked(path, headers)
        answer.read()
        assert answer.getheader("content-security-policy") == POLICY
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("referrer-policy") == "no-referrer"
        assert answer.getheader("server") is None
        assert answer.getheader("access-control-allow-origin") is None


@pytest.mark.parametrize("host", ["koho.example.jp", "127.0.0.1", "127.0.0.1:1", "[::1]:8765", ""])
def test_another_name_of_this_machine_is_refused(served: Served, host: str) -> None:
    """A page of another site whose name leads here (DNS rebinding)."""
    assert served.asked("/", {**served.key(), "Host": host}).status in (400, 421)


@pytest.mark.parametrize("origin", ["https://koho.example.jp", "null", "http://127.0.0.1:1", None])
def test_a_page_of_another_site_changes_nothing(served: Served, origin: str | None) -> None:
    before = served.written
    body = '{"act": "set", "path": "title", "old": "るもいクイズ", "new": "ほか"}'.encode()
    headers = {**served.key(), "Content-Type": "application/json"}
    del headers["Origin"]
    headers |= {"Origin": origin} if origin else {}
    answer = served.asked(f"/issues/{served.issue.name}/change", headers, "POST", body)
    assert answer.status == 403
    assert served.written == before


def test_what_another_site_embeds_is_refused(served: Served) -> None:
    for site in ("cross-site", "same-site"):
        assert served.asked("/", {**served.key(), "Sec-Fetch-Site": site}).status == 403


def test_other_methods_are_refused(served: Served) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"):
        assert served.asked("/", served.key(), method).status == 405


def test_no_path_leads_out(served: Served) -> None:
    key, name = served.key(), served.issue.name
    (served.issue.parent / "a.png").write_bytes(b"municipality")
    (served.issue / "away.png").symlink_to(served.issue.parent / "a.png")
    (served.issue / ".desk").mkdir()
    (served.issue / ".desk" / "a.png").write_bytes(b"municipality")
    paths = (
        "/assets/../desk_app.py",
        "/assets/..%2fdesk_app.py",
        "/assets/%2e%2e/desk_app.py",
        "/assets/..%5cdesk_app.py",
        "/fonts/../koho.yaml",
        "/fonts/..%2fkoho.yaml",
        "/fonts/fonts.yaml",
        f"/issues/{name}/pages/..%2f..%2fkoho.yaml",
        f"/issues/{name}/pages/issue.yaml",
        f"/issues/{name}/photo/issue.yaml",
        f"/issues/{name}/photo/..%2fa.png",
        f"/issues/{name}/photo/%2fetc%2fa.png",
        f"/issues/{name}/photo/.desk/a.png",
        f"/issues/{name}/photo/away.png",
        "/issues/..%2flayouts%2fquiz%2fsample",
        "/issues/..",
        "/issues/%00",
        "/issues/" + "a" * 5000,
        "//etc/passwd",
    )
    for path in paths:
        answer = served.asked(path, key)
        assert answer.status == 404, path
        text = answer.read().decode()
        assert "municipality" not in text and "Starlette" not in text, path


def test_a_picture_of_the_issue_is_shown_and_runs_nothing(served: Served) -> None:
    (served.issue / "photos").mkdir()
    (served.issue / "photos" / "波.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    answer = served.asked(f"/issues/{served.issue.name}/photo/photos/%E6%B3%A2.svg", served.key())
    assert answer.status == 200
    assert "sandbox" in str(answer.getheader("content-security-policy"))
    assert "script-src" not in str(answer.getheader("content-security-policy"))


def test_an_issue_that_is_a_link_to_another_folder_is_none(served: Served, tmp_path: Path) -> None:
    (tmp_path / "content" / "away").symlink_to(tmp_path / "layouts" / "quiz" / "sample")
    assert served.asked("/issues/away", served.key()).status == 404


def test_a_body_is_bounded_however_it_is_sent(served: Served) -> None:
    key = {**served.key(), "Content-Type": "application/json"}
    path = f"/issues/{served.issue.name}/change"
    assert served.asked(path, {**key, "Content-Length": str(MOST_BYTES + 1)}, "POST", b"").status == 413
    assert served.asked(path, {**key, "Content-Length": "9" * 40}, "POST", b"").status in (400, 413)
    piece = b"x" * 65536
    with socket.create_connection(("127.0.0.1", served.serving.port), timeout=30) as talking:
        lines = [f"POST {path} HTTP/1.1", f"Host: {served.place}", "Transfer-Encoding: chunked"]
        talking.sendall("\r\n".join([*lines, *(f"{name}: {each}" for name, each in key.items()), "", ""]).encode())
        try:
            for _ in range(MOST_BYTES // len(piece) + 2):
                talking.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        except OSError:
            pass  # it hung up
        assert b" 413 " in talking.recv(4096).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"a"',
        b"[" * 90_000,
        b'{"act": "burn", "path": "title"}',
        b'{"act": "set", "path": 3}',
        b'{"act": "set", "path": "title", "old": {"a": 3}, "new": "b"}',
        b'{"act": "set", "path": "title", "revision": true}',
        b'{"act": "set", "path": "../../koho:municipality", "old": null, "new": "b"}',
        b'{"act": "set", "path": "a/../../../koho:municipality", "old": null, "new": "b"}',
        b'{"act": "set", "path": "title.0.\\u0000", "old": null, "new": "b"}',
        b"\xff\xfe",
    ],
)
def test_a_change_that_is_none_is_refused_and_writes_nothing(served: Served, tmp_path: Path, body: bytes) -> None:
    before = served.written, (tmp_path / "koho.yaml").read_bytes()
    key = {**served.key(), "Content-Type": "application/json"}
    answer = served.asked(f"/issues/{served.issue.name}/change", key, "POST", body)
    assert answer.status in (200, 400)
    assert b'"state":"saved"' not in answer.read()
    assert (served.written, (tmp_path / "koho.yaml").read_bytes()) == before


def test_a_form_of_another_page_cannot_be_sent_as_json(served: Served) -> None:
    body = '{"act": "set", "path": "title", "old": "るもいクイズ", "new": "ほか"}'.encode()
    key = {**served.key(), "Content-Type": "text/plain"}
    assert served.asked(f"/issues/{served.issue.name}/change", key, "POST", body).status == 400


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.2", served.serving.port))  # free: not all addresses were taken
