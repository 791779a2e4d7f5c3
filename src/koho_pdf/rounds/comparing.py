"""``koho compare``: two rounds, or a round and the issue as it stands, as text and as one page to look at."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.archive.compare.comparison import marked_words
from koho_pdf.findings import Severity
from koho_pdf.geometry import Rect
from koho_pdf.platform.folders import write_file
from koho_pdf.rounds.answers import answers_of
from koho_pdf.rounds.between_rounds import WORDS, Between, Change, between, marked
from koho_pdf.rounds.masking import drawn, encoded
from koho_pdf.rounds.pulling import pulled
from koho_pdf.rounds.round import pages_of, round_called, rounds_of
from koho_pdf.rounds.round_papers import FOLDER, Press
from koho_pdf.rounds.seen_changes import Seen, seen
from koho_pdf.workspace.workspace import Workspace

NOW = "いま"
_PPI = 100
_FILES = 6  # names of files that a sentence has room for


@dataclass(frozen=True, slots=True)
class Compared:
    """Two rounds compared: what changed, what is seen on the pages, and the page that shows it; how many mistakes the
    manuscript has as it stands (``wrong``): what is wrong is not on its pages."""

    between: Between
    pages: tuple[Seen, ...]
    target: Path
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A change on a picture of a page: its number (0: of the picture alone) and its place in percent."""

    id: str
    number: int
    at: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of one round: empty ``data`` where the round has no such page."""

    data: str
    width: int
    height: int
    marks: tuple[Mark, ...]


def compare_rounds(
    folder: Path, workspace: Workspace, old: str, new: str, progress: Callable[[str], None] = lambda stage: None
) -> Compared:
    """Compare two rounds of the issue in ``folder`` by their names; ``new`` may be ``NOW``. The page is written below
    ``out/proofs``. Raises UsageError (``no-round``), and KohoError where the issue as it stands cannot be composed."""
    wrong = 0
    rounds = rounds_of(folder, workspace.root)
    was = round_called(old, rounds, folder.name)
    if new == NOW:
        made = pulled(folder, workspace, number=0, name=NOW, progress=progress)
        now, after = made.round, made.pages
        wrong = sum(each.severity == Severity.ERROR.value for each in now.told)
    else:
        now = round_called(new, rounds, folder.name)
        after = pages_of(folder, now, workspace.root)
    between_them = between(was, now, answers_of(was, folder))
    progress("紙面を見くらべる")
    before_pictures, after_pictures = drawn(pages_of(folder, was, workspace.root), _PPI), drawn(after, _PPI)
    pages = seen(between_them, before_pictures, after_pictures)
    target = workspace.out / "proofs" / folder.name / f"{was.name}-{now.name}.html"
    press = Press(workspace, ())
    shown = [[encoded(each) for each in side] for side in (before_pictures, after_pictures)]
    sizes = [[each.size for each in side] for side in (before_pictures, after_pictures)]
    write_file(_page(between_them, pages, shown, sizes, press).encode(), target)
    return Compared(between_them, pages, target, wrong)


def verdict(made: Compared) -> str:
    """責了の確認, in a few sentences: first what nobody asked for."""
    said, strange = made.between, [each.page for each in made.pages if each.regions]
    told: list[str] = []
    if made.wrong:
        told.append(
            f"いまの原稿に間違いが{made.wrong}つあり、読めないところは比べていません。"
            f"先に koho check {said.new.issue} で直してください。"
        )
    if len(said.old.sizes) != len(said.new.sizes):
        told.append(f"ページの数が {len(said.old.sizes)} から {len(said.new.sizes)} に変わりました。")
    if said.pictures:
        told.append(f"絵や写真のファイルが変わりました（{'、'.join(said.pictures[:_FILES])}）。")
    if strange:
        told.append(f"{'・'.join(map(str, strange))}ページに、言葉の違いではない絵や色の違いがあります。")
    if said.unasked:
        told.append(f"頼まれていないところが{len(said.unasked)}つ変わりました。")
    if not told:
        if said.changes:
            told.append("頼まれたところだけが変わりました。")
        else:
            told.append("言葉は変わらず、場所だけが動きました。" if said.shifted else "何も変わっていません。")
    if said.undone:
        told.append(f"まだ変わっていない頼みが{len(said.undone)}つあります。")
    return "".join(told)


def as_text(made: Compared) -> str:
    """The comparison for a terminal."""
    said = made.between
    lines = [f"{said.old.called} → {said.new.called}", verdict(made)]
    if said.changes:
        lines.append("[-…-] は消えた言葉、{+…+} は加わった言葉です。")
    for each in said.changes:
        asked = (
            f"　頼んだ人: {'、'.join(each.asked)}"
            if each.asked
            else "　（だれにも頼まれていません）"
            if said.asked
            else ""
        )
        lines.append(f"{each.number} {each.article} {each.label}: {kinds_of(each)}{_pages_of(each)}{asked}")
        lines.append(f"    {marked_words(each.old, each.new)}")
    lines += _shifts(said)
    for page in made.pages:
        lines += [
            f"絵や色の違い: {page.page}ページ（左から{each.x:.0f}mm、上から{each.y:.0f}mm）" for each in page.regions
        ]
    lines += [f"まだ変わっていません: {who}「{what}」{words}" for who, what, words in said.undone]
    return "\n".join(lines) + "\n"


def kinds_of(change: Change) -> str:
    """言葉が変わった・順が移った"""
    return "・".join(WORDS[each] for each in change.kinds)


def _pages_of(change: Change) -> str:
    pages = sorted({each.page for each in (change.new_places or change.old_places)})
    return f"（{'・'.join(map(str, pages))}ページ）" if pages else ""


def _shifts(said: Between) -> Iterator[str]:
    for each in said.shifted:
        if each.old != each.new:
            was, now = ("・".join(map(str, pages)) or "—" for pages in (each.old, each.new))
            yield f"言葉はそのまま、{was}ページから{now}ページに移りました: {each.article}"
        else:
            yield f"言葉はそのまま、場所が動きました（{each.texts}か所）: {each.article}"


def _page(
    said: Between,
    pages: Sequence[Seen],
    shown: Sequence[Sequence[bytes]],
    sizes: Sequence[Sequence[tuple[int, int]]],
    press: Press,
) -> str:
    folder = press.workspace.proof_layouts / FOLDER
    count = max(map(len, shown))
    regions = {each.page: each.regions for each in pages}
    pairs = [
        (
            number,
            _picture(number, 0, said, shown[0], sizes[0], regions),
            _picture(number, 1, said, shown[1], sizes[1], regions),
        )
        for number in range(1, count + 1)
    ]
    marks = [mark for _, *both in pairs for picture in both for mark in picture.marks]
    style = (folder / "compare.css").read_text(encoding="utf-8") + "".join(map(_placed, marks))
    context = {
        "said": said,
        "verdict": verdict(Compared(said, tuple(pages), Path())),
        "pairs": pairs,
        "kinds": {each.number: kinds_of(each) for each in said.changes},
        "where": {each.number: _pages_of(each) for each in said.changes},
        "shifts": list(_shifts(said)),
        "style": style,
        "style_sum": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    }
    return press.html("compare.html", context)


def _picture(
    number: int,
    side: int,
    said: Between,
    shown: Sequence[bytes],
    sizes: Sequence[tuple[int, int]],
    regions: dict[int, tuple[Rect, ...]],
) -> Picture:
    if number > len(shown):
        return Picture("", 0, 0, ())
    trim = (said.new if side else said.old).sizes[number - 1]
    places = [
        (change.number, piece)
        for change in said.changes
        for piece in marked(change.new_places if side else change.old_places, number)
    ]
    places += [(0, each) for each in regions.get(number, ())]
    marks = tuple(
        Mark(f"m{side}-{number}-{at}", change, _percent(piece, trim)) for at, (change, piece) in enumerate(places)
    )
    wide, high = sizes[number - 1]
    return Picture(base64.b64encode(shown[number - 1]).decode(), wide, high, marks)


def _percent(piece: Rect, trim: tuple[float, float]) -> tuple[float, float, float, float]:
    place = piece.grown(0.6)
    return place.x / trim[0] * 100, place.y / trim[1] * 100, place.width / trim[0] * 100, place.height / trim[1] * 100


def _placed(mark: Mark) -> str:
    left, top, wide, high = mark.at
    return f"#{mark.id}{{left:{left:.2f}%;top:{top:.2f}%;width:{wide:.2f}%;height:{high:.2f}%}}\n"
