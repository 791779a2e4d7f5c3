"""差し替え: after data went to the print shop, only the pages that changed, with proof that all others are the same.

Two releases of an issue are compared: what the shop has, and what it shall print. A page is the same if its content and
all that it calls on are the same bytes; of fonts, which hold the characters of a whole file, the page's picture within
its bleed decides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.errors import ArchiveError, UsageError
from koho_pdf.findings import error
from koho_pdf.finishing.page_sums import only_pages, page_sums
from koho_pdf.platform.folders import write_whole
from koho_pdf.release.releasing import checksums, release_name, zipped
from koho_pdf.rounds.masking import drawn
from koho_pdf.rounds.round_papers import Press
from koho_pdf.workspace.faces_of_city import faces_of
from koho_pdf.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PIL.Image import Image

_PPI = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A page in both files: the sums of its content then and now; whether it is the ``same``: content and all that it
    calls on, of fonts the picture of the page; ``marked``: its marks or slug outside of the bleed are not the same."""

    number: int
    old: str
    new: str
    same: bool
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Replacement:
    """The package: the pages to exchange, the files of both releases with their sums, where it was written."""

    pages: tuple[Kept, ...]
    files: Mapping[str, bytes]
    target: Path

    @property
    def changed(self) -> tuple[int, ...]:
        """The numbers of the pages to exchange."""
        return tuple(each.number for each in self.pages if not each.same)


def replacement(issue: str, workspace: Workspace, old: int, new: int) -> Replacement:
    """The package of the pages that differ between two revisions of a release, written below ``out/replacements``.

    Raises ArchiveError: ``not-released``; ``replacement-pages`` if the number or size of pages differs (all of it must
    be sent), ``replacement-nothing`` if no page differs. UsageError for numbers the wrong way round.
    """
    if not 1 <= old < new:
        told = f"--from {old} と --to {new} が逆です。"
        raise UsageError(error("usage", told, hint="印刷所にある版を --from に、新しい版を --to に書きます。"))
    then, now = (_print_file(issue, workspace, each) for each in (old, new))
    pages = compared(then[1], now[1])
    changed = [each.number for each in pages if not each.same]
    if not changed:
        told = f"「{issue}」の{old}版と{new}版は、どのページも同じです。"
        raise ArchiveError(
            error("replacement-nothing", told, hint="差し替えるものはありません。版の番号を確かめてください。")
        )
    name = f"{Path(now[0]).stem}-{'-'.join(f'p{each}' for each in changed[:8])}{'-etc' if len(changed) > 8 else ''}.pdf"
    exchanged = only_pages(now[1], changed)
    told = json.loads((workspace.out / "releases" / release_name(issue, new) / "release.json").read_bytes())
    faces = faces_of(workspace.fonts, workspace.root, workspace.city)
    paper = _paper(told, then, now, (name, exchanged), pages, workspace, faces)
    files = {name: exchanged, "replacement.pdf": paper}
    files["SHA256SUMS"] = checksums(files)
    folder = f"{release_name(issue, new)}-replacement"
    inside = {f"{folder}/{each}": content for each, content in files.items()}
    target = workspace.out / "replacements" / release_name(issue, new)
    written = {**files, f"{folder}.zip": zipped(inside, date.fromisoformat(told["date"]))}
    write_whole(written, target)
    return Replacement(pages, written, target)


def _print_file(issue: str, workspace: Workspace, revision: int) -> tuple[str, bytes]:
    """The print PDF of a release: its name and its bytes."""
    name = release_name(issue, revision)
    folder = workspace.out / "releases" / name
    try:
        told = json.loads((folder / "release.json").read_bytes())
        file = str(told["press"]["file"])
        return file, (folder / "print" / "package" / file).read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as fault:
        hint = f"先に koho release {issue}{f' --revision {revision}' if revision > 1 else ''} を実行してください。"
        raise ArchiveError(
            error("not-released", f"「{name}」は、まだ校了（リリース）していません。", hint=hint)
        ) from fault


def compared(then: bytes, now: bytes) -> tuple[Kept, ...]:
    """Page by page, whether it is the same. Raises ArchiveError (``replacement-pages``)."""
    before, after = page_sums(then), page_sums(now)
    if [each.boxes for each in before] != [each.boxes for each in after]:
        told = f"ページの数か大きさが変わりました（{len(before)}ページと{len(after)}ページ）。"
        hint = "ページの数や大きさが変わったときは、差し替えではなく、全部を送りなおしてください。"
        raise ArchiveError(error("replacement-pages", told, hint=hint))
    found: list[Kept] = []
    pictures: tuple[Sequence[Image], Sequence[Image]] | None = None
    for number, (one, other) in enumerate(zip(before, after, strict=True), 1):
        same = (one.content, one.resources) == (other.content, other.resources)
        if same and then != now:
            pictures = pictures or (drawn(then, _PPI, bleed=True), drawn(now, _PPI, bleed=True))
            same = pictures[0][number - 1].tobytes() == pictures[1][number - 1].tobytes()
        found.append(Kept(number, one.content, other.content, same, same and one.marks != other.marks))
    return tuple(found)


def _paper(
    told: Mapping[str, object],
    then: tuple[str, bytes],
    now: tuple[str, bytes],
    exchanged: tuple[str, bytes],
    pages: Sequence[Kept],
    workspace: Workspace,
    faces: Sequence[Face],
) -> bytes:
    def with_sum(file: tuple[str, bytes]) -> tuple[str, str]:
        return file[0], hashlib.sha256(file[1]).hexdigest()

    context = {
        "title": told["title"],
        "issued": told["date"],
        "municipality": workspace.city.municipality,
        "then": with_sum(then),
        "now": with_sum(now),
        "exchanged": with_sum(exchanged),
        "changed": [each for each in pages if not each.same],
        "pages": pages,
        "marked": [each for each in pages if each.marked],
        "ppi": _PPI,
    }
    return Press(workspace, faces).pdf("replacement.html", context)
