"""What everyone may still have of an issue with withheld parts: its record and its page pictures.

Everything that shows an issue to others (search, site, comparison, export) reads it here. The bag itself is never
touched. Files that hold the whole issue (its PDFs, web page, text, data) cannot be given out without the article, so
they are left out, and people are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.record import Record, address_keys, read_record
from koho_pdf.archive.bags.register import CLOSED, REGISTER, SOFTWARE, Act, Box, closed_path, read_register
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Where, error

_COVERED, _EDGE = (217, 217, 217), (120, 120, 120)
_WIDE = 6  # one pixel of edge for this many pixels of a picture's side


@dataclass(frozen=True, slots=True)
class Shown:
    """What everyone may have: the ``record`` without withheld articles; the others keep their addresses. ``withheld``
    are the acts in force (none for most issues), ``gone`` the addresses (keys) of withheld articles, ``covers`` for
    each page the parts of its picture that are painted over; no parts means that the whole picture is left out.
    """

    record: Record
    withheld: tuple[Act, ...] = ()
    gone: tuple[str, ...] = ()
    covers: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)

    def picture(self, page: int, content: bytes) -> bytes | None:
        """A page's picture as everyone may have it; None if all of it is withheld or it cannot be covered."""
        if page not in self.covers:
            return content
        return covered(content, self.covers[page]) if self.covers[page] else None


def issue_folders(archive: Path) -> tuple[Path, ...]:
    """The folders of all issues of an archive, sorted by name, without hidden and closed ones."""
    found = (path for path in archive.glob("[!.]*") if path.name not in (CLOSED, REGISTER, SOFTWARE))
    return tuple(sorted(path for path in found if path.is_dir()))


def withheld_of(folder: Path) -> tuple[Act, ...]:
    """The withholdings in force for the issue in ``folder``; none for most.

    Raises ArchiveError: ``register-broken``, ``removal-unfinished`` for a bag that is still in the archive although its
    removal is written down.
    """
    register = read_register(folder.parent, folder.name)
    if unfinished(folder, register.removed):
        told = f"「{folder.name}」は取り除くと決めて記録しましたが、まだ保存庫に残っています。公開はしません。"
        hint = f"もう一度 koho archive remove {folder.name} を実行すると、閉じた書庫に移ります。"
        raise ArchiveError(error("removal-unfinished", told, Where(f"{folder.parent.name}/{folder.name}"), hint))
    return tuple(register.withheld.values())


def shown_of(folder: Path) -> Shown:
    """What everyone may have of the issue in ``folder``; raises as ``withheld_of`` does, and ``record-broken``."""
    acts, record = withheld_of(folder), read_record(folder)
    if not acts:
        return Shown(record)
    keys = address_keys([article.key for article in record.articles])
    gone = {place for act in acts for place in act.articles}
    lost = {place for act in acts for place in act.paragraphs}
    kept = tuple(
        replace(
            article,
            key=keys[place],
            text="\n".join(words for count, words in enumerate(article.text.split("\n")) if (place, count) not in lost),
        )
        for place, article in enumerate(record.articles)
        if place not in gone
    )
    addresses = tuple(keys[place] for place in sorted(gone) if place < len(keys))
    return Shown(replace(record, articles=kept), acts, addresses, _together(acts))


def unfinished(folder: Path, removed: Mapping[int, Act]) -> int:
    """The number of a removal that was written down before the bag was moved; 0 if there is none."""
    waiting = [place for place in removed if not closed_path(folder.parent, folder.name, place).is_dir()]
    return max(waiting, default=0) if folder.is_dir() else 0


def _together(acts: Sequence[Act]) -> dict[int, tuple[Box, ...]]:
    """The parts of all acts by page; the whole page if one act takes it."""
    pages: dict[int, tuple[Box, ...]] = {}
    for act in acts:
        for page, boxes in act.pages.items():
            whole = not boxes or (page in pages and not pages[page])
            pages[page] = () if whole else (*pages.get(page, ()), *boxes)
    return pages


def covered(content: bytes, boxes: Sequence[Box]) -> bytes | None:
    """A page's picture (PNG) with parts painted over, so that their pixels are not in the bytes; None if it is not a
    picture.
    """
    from PIL import Image, ImageDraw

    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    pen, (width, height) = ImageDraw.Draw(picture), picture.size
    for left, top, right, bottom in boxes:
        corners = (int(left * width), int(top * height), -int(-right * width // 1), -int(-bottom * height // 1))
        pen.rectangle(corners, fill=_COVERED, outline=_EDGE, width=max(1, max(picture.size) * _WIDE // 5000))
    made = BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def given_out(folder: Path, shown: Shown, record: bytes) -> dict[str, bytes]:
    """The payload of a copy of a bag with withheld parts: ``record``, ``release.json``, page pictures, and a note about
    what is left out.
    """
    payload = folder / PAYLOAD
    files = {"record.json": record}
    if (payload / "release.json").is_file():
        files["release.json"] = (payload / "release.json").read_bytes()
    for page in range(1, shown.record.pages + 1):
        path = payload / "pages" / f"p{page}.png"
        picture = shown.picture(page, path.read_bytes()) if path.is_file() else None
        if picture is not None:
            files[f"pages/p{page}.png"] = picture
    left = sorted({top for top in _tops(payload) if not any(name.split("/")[0] == top for name in files)})
    files["withheld.txt"] = "".join(f"{line}\n" for line in _said(shown, left)).encode()
    return files


def _tops(payload: Path) -> Iterator[str]:
    return (path.name for path in payload.iterdir() if path.name != "print")


def _said(shown: Shown, left: Sequence[str]) -> Iterator[str]:
    yield f"「{shown.record.title}」には、公開を取りやめたところがあります。この写しには入っていません。"
    yield f"公開を取りやめた記事: {len(shown.gone)}件"
    for page, boxes in sorted(shown.covers.items()):
        yield f"{page}ページの絵: {'その部分を塗りつぶしました' if boxes else '入れていません'}"
    yield f"取りやめたところを含むため、入れていないファイル: {'、'.join(left) or 'ありません'}"
    yield "元の袋は、保存庫にそのまま残っています。"
