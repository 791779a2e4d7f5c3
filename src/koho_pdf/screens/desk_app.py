"""READ FIRST. What the desk answers to which address. Whoever comes here has passed the doorkeeper. Door of Starlette.

``/`` is the shelf (棚), ``/issues/NAME`` the table (机: one article and its pages). Below it: ``form`` (one article's
form), ``values``, ``state`` (pages and findings), ``events`` (server-sent), ``change``, ``undo``, ``redo``,
``pages/…``.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from koho_pdf.screens.covers import Covers
from koho_pdf.screens.open_desks import OpenDesk, OpenDesks, change_of, form_of
from koho_pdf.screens.screen_templates import HERE, drawn
from koho_pdf.screens.shelf import issue_names, sheet_of, shelf_of, state_of, title_of
from koho_pdf.screens.told_pages import told_pages
from koho_pdf.screens.value_parts import PHOTO
from koho_pdf.workspace.workspace import open_workspace

_ASSETS = frozenset(path.name for path in (HERE / "assets").iterdir())
_FACES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "ShipporiMinchoB1-Bold.ttf")
_PICTURE = re.compile(r"p[0-9]{1,4}-[0-9a-f]{16}(?:-[0-9]{2,3})?\.png")
_SHARP = 200  # pixels an inch, for what is looked at closely
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
_PHOTOS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}
_KEPT = {"cache-control": "private, max-age=31536000, immutable"}
_ASKED = {"cache-control": "private, no-cache"}
_OF_OTHERS = {**_ASKED, "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""For files that others made: a drawing that somebody opens by its address runs nothing."""


class DeskApp:
    """The desk of the workspace ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._desks = OpenDesks(self._root, lambda name: name in issue_names(self._root))
        self._covers = Covers(self._root, open_workspace(self._root).cache / "desk-covers", self._desks.are_watched)

    def app(self) -> Any:
        """It as an ASGI application."""
        each = "/issues/{name}"
        return Starlette(
            routes=[
                Route("/", self._shelf),
                Route("/assets/{file}", self._asset),
                Route("/fonts/{file}", self._face),
                Route("/covers/{name}", self._cover),
                Route(each, self._of(self._table)),
                Route(f"{each}/form", self._of(self._form)),
                Route(f"{each}/values", self._of(self._values)),
                Route(f"{each}/state", self._of(self._state)),
                Route(f"{each}/events", self._of(self._events)),
                Route(f"{each}/sharp/{{page:int}}", self._of(self._sharp)),
                Route(f"{each}/pages/{{file}}", self._of(self._picture)),
                Route(f"{each}/photo/{{file:path}}", self._of(self._photo)),
                Route(f"{each}/change", self._of(self._change), methods=["POST"]),
                Route(f"{each}/undo", self._of(self._step), methods=["POST"]),
                Route(f"{each}/redo", self._of(self._step), methods=["POST"]),
            ],
            exception_handlers={404: _nothing, 405: _nothing, 500: _broken},
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, app: Any) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(self._covers.close)
        await run_in_threadpool(self._desks.close)

    def _of(self, answer: Callable[[Request, OpenDesk], Any]) -> Callable[[Request], Any]:
        """An answer about an issue that there is."""

        async def answered(request: Request) -> Response:
            desk = await run_in_threadpool(self._desks.of, request.path_params["name"])
            if desk is None:
                return _page("この号はありません。", 404)
            made: Response = await answer(request, desk)
            return made

        return answered

    # --- pages

    async def _shelf(self, request: Request) -> Response:
        shelf = await run_in_threadpool(shelf_of, self._root)
        return HTMLResponse(drawn("shelf.html", shelf=shelf))

    async def _table(self, request: Request, desk: OpenDesk) -> Response:
        pieces, why = await run_in_threadpool(form_of, desk)
        asked = request.query_params.get("piece", "")
        piece = next((each for each in pieces if each.path == asked), pieces[0] if pieces else None)
        issue = await run_in_threadpool(
            lambda: {
                "name": desk.name,
                "title": title_of(desk.folder, self._root),
                "state": state_of(desk.folder, self._root),
            }
        )
        if piece is None:
            return HTMLResponse(drawn("unreadable.html", issue=issue, why=why))
        return HTMLResponse(drawn("table.html", issue=issue, name=desk.name, piece=piece, list=_listed(pieces)))

    async def _form(self, request: Request, desk: OpenDesk) -> Response:
        pieces, why = await run_in_threadpool(form_of, desk)
        asked = request.query_params.get("piece", "")
        piece = next((each for each in pieces if each.path == asked), None)
        if piece is None:
            return _page(why or "この記事はありません。", 404)
        return HTMLResponse(drawn("form.html", name=desk.name, piece=piece))

    async def _cover(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in await run_in_threadpool(issue_names, self._root):
            return _page("この号はありません。", 404)
        try:
            path = await run_in_threadpool(self._covers.of, self._root / "content" / name)
        except LookupError:
            return Response(status_code=204)
        return FileResponse(path, media_type="image/png", headers=_ASKED) if path else Response(status_code=202)

    # --- what its scripts ask

    async def _values(self, request: Request, desk: OpenDesk) -> Response:
        revision = desk.revision
        pieces, _ = await run_in_threadpool(form_of, desk)
        asked = request.query_params.get("piece", "")
        piece = next((each for each in pieces if each.path == asked), None)
        controls = piece.controls if piece else ()
        told = {"there": piece is not None, "paths": [each.path for each in controls]}
        return JSONResponse({**told, "values": {each.path: each.value for each in controls}, "revision": revision})

    async def _state(self, request: Request, desk: OpenDesk) -> Response:
        return JSONResponse(await run_in_threadpool(self._told, desk))

    def _told(self, desk: OpenDesk) -> dict[str, Any]:
        pictured, answer, said, found, revision = desk.pictured, desk.answer, desk.said, desk.found, desk.revision
        pieces, _ = form_of(desk)
        sheet = sheet_of(desk.folder, self._root)
        told = told_pages(answer, said, found, pieces, desk.folder, self._root, sheet)
        if said and said.get("revision", 0) < revision:
            told |= {"status": "composing", "said": "組んでいます"}
        return {**told, "pictured": pictured, "revision": revision, "pieces": _listed(pieces)}

    async def _events(self, request: Request, desk: OpenDesk) -> Response:
        async def lines() -> AsyncIterator[str]:
            async for each in desk.listen():
                yield f"data: {json.dumps(each)}\n\n" if each else ": \n\n"

        return StreamingResponse(lines(), media_type="text/event-stream")

    async def _change(self, request: Request, desk: OpenDesk) -> Response:
        asked = change_of(await _json_of(request))
        if asked is None:
            return JSONResponse({"state": "refused", "said": "この頼みは読めません。"}, 400)
        return JSONResponse(await run_in_threadpool(desk.change, asked))

    async def _step(self, request: Request, desk: OpenDesk) -> Response:
        await request.body()
        return JSONResponse(await run_in_threadpool(desk.step, request.url.path.rpartition("/")[2]))

    # --- files

    async def _picture(self, request: Request, desk: OpenDesk) -> Response:
        return _file(desk.pictures, request.path_params["file"], _PICTURE.fullmatch, "image/png", _KEPT)

    async def _photo(self, request: Request, desk: OpenDesk) -> Response:
        name = request.path_params["file"]
        inside = (desk.folder / name).resolve().is_relative_to(desk.folder.resolve())
        kind = _PHOTOS.get(Path(name).suffix.lower(), "")
        return _file(desk.folder, name, lambda each: inside and PHOTO.fullmatch(each), kind, _OF_OTHERS)

    async def _sharp(self, request: Request, desk: OpenDesk) -> Response:
        name = await run_in_threadpool(desk.sharp, request.path_params["page"], _SHARP)
        return JSONResponse({"picture": name})

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["file"]
        kind = _TYPES.get(Path(name).suffix, "application/octet-stream")
        return _file(HERE / "assets", name, _ASSETS.__contains__, kind, _ASKED)

    async def _face(self, request: Request) -> Response:
        return _file(self._root / "fonts", request.path_params["file"], _FACES.__contains__, "font/ttf", _ASKED)


def _file(folder: Path, name: str, may: Callable[[str], object], kind: str, headers: dict[str, str]) -> Response:
    """A file of a folder, if its name is one that may be asked for; no name leads out of the folder."""
    if not may(name) or not (folder / name).is_file():
        return _page("このファイルはありません。", 404)
    return FileResponse(folder / name, media_type=kind, headers=headers)


def _listed(pieces: Any) -> list[dict[str, Any]]:
    return [{"path": each.path, "above": each.above, "title": each.title, "inside": each.inside} for each in pieces]


async def _json_of(request: Request) -> object:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return None
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        return None


def _page(words: str, status: int) -> Response:
    return HTMLResponse(drawn("words.html", words=words), status)


def _nothing(request: Request, fault: Exception) -> Response:
    return _page("このページはありません。", 404)


def _broken(request: Request, fault: Exception) -> Response:
    return _page("デスクの中で間違いが起きました。書いたものは残っています。もう一度開いてください。", 500)


def desk_of(root: Path) -> Any:
    """The desk of a workspace. Raises UsageError, LayoutError where it is no workspace."""
    open_workspace(root)
    return DeskApp(root).app()
