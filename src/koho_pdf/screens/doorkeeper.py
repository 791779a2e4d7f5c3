"""Who may come in: every request passes here before the desk sees it.

The start link carries a token, which becomes a cookie that no script reads and no other site sends. A web page that
somebody has open beside the desk could still ask for addresses on this machine: so the names in Host and Origin are
compared (DNS rebinding, CSRF), and nothing is read before.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MOST_BYTES = 1_000_000
"""The most that a request may carry: a field has 2,000 characters; files will have a door of their own."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_EVERYWHERE = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
_START = "起動したときに出たリンク（http://127.0.0.1: で始まる行）を、もう一度ブラウザーで開いてください。"
_TOO_LARGE = "一度に送れる大きさを超えています。"


class Doorkeeper:
    """Lets in whoever has the ``token``, at these ``hosts`` (``127.0.0.1:8765``), and hands them to ``app``."""

    def __init__(self, app: App, token: str, hosts: tuple[str, ...], cookie: str) -> None:
        self._app, self._token, self._hosts, self._cookie = app, token, hosts, cookie

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # a websocket: the desk has none
            return
        names = _headers_of(scope)
        guarded = _with_headers(send)
        refused = self._refused(scope, names)
        if refused:
            await _say(guarded, *refused)
            return
        if scope["path"] == "/start":
            await self._begin(scope, guarded)
            return
        if not self._has_token(names):
            await _say(guarded, 403, _START)
            return
        if scope["method"] == "POST":
            body = await _body_of(receive)
            if body is None:
                await _say(guarded, 413, _TOO_LARGE)
                return
            receive = _again(body, receive)
        await self._app(scope, receive, guarded)

    def _refused(self, scope: Mapping[str, Any], names: Mapping[str, list[str]]) -> tuple[int, str] | None:
        """Status and words for a request that is not from a page of ours; None for one that may be."""
        hosts = names.get("host", [])
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return 421, "このアドレスでは開けません。"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "この頼み方はできません。"
        origins = names.get("origin", [])
        if any(each != f"http://{hosts[0]}" for each in origins) or (scope["method"] == "POST" and not origins):
            return 403, "ほかのページからの頼みは受けません。"
        sites = set(names.get("sec-fetch-site", []))
        if sites - {"same-origin", "none"} and scope["path"] != "/start":
            return 403, "ほかのページからの頼みは受けません。"
        if any(not each.isascii() or not each.isdigit() for each in names.get("content-length", [])):
            return 400, "頼みの大きさが読めません。"
        if any(len(each) > 12 or int(each) > MOST_BYTES for each in names.get("content-length", [])):
            return 413, _TOO_LARGE
        return None

    async def _begin(self, scope: Mapping[str, Any], send: Send) -> None:
        """The start link: its token becomes the cookie, and leaves the address bar."""
        said = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["method"] != "GET" or not self._is_token(said):
            await _say(send, 403, _START)
            return
        cookie = f"{self._cookie}={self._token}; Path=/; HttpOnly; SameSite=Strict"
        more = ((b"location", b"/"), (b"set-cookie", cookie.encode()), (b"cache-control", b"no-store"))
        await send({"type": "http.response.start", "status": 303, "headers": [*more, (b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def _has_token(self, names: Mapping[str, list[str]]) -> bool:
        for line in names.get("cookie", []):
            try:
                found = SimpleCookie(line).get(self._cookie)
            except CookieError:
                continue
            if found is not None and self._is_token(found.value):
                return True
        return False

    def _is_token(self, said: str) -> bool:
        return hmac.compare_digest(said.encode(), self._token.encode())


async def _body_of(receive: Receive) -> bytes | None:
    """The whole body of a request, whatever it said of its size; None if it is too large, or nobody waits any more."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, for the application to read."""
    left = [body]

    async def told() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return told


def _headers_of(scope: Mapping[str, Any]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        names.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return names


def _with_headers(send: Send) -> Send:
    """Answers with what every answer says; where nothing else is said, no browser keeps it."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = {name.lower() for name, _ in message["headers"]}
            message = {**message, "headers": [*message["headers"], *_unsaid(said)]}
        await send(message)

    return told


def _unsaid(said: set[bytes]) -> Iterator[tuple[bytes, bytes]]:
    yield from (each for each in _EVERYWHERE if each[0] not in said)
    if b"cache-control" not in said:
        yield b"cache-control", b"no-store"


async def _say(send: Send, status: int, words: str) -> None:
    """A short answer in words."""
    page = (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>編集デスク</title></head>'
        f"<body><main><h1>開けません</h1><p>{words}</p></main></body></html>"
    ).encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(page)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
