"""What PDF/UA asks of tags and no judge of others can say: asked of the finished file through pikepdf alone.

ISO 32000-1, 14.8: content in the order of its structure (14.8.2.3), labels of lists (14.8.4.3.3), annotations that
elements hold (14.7.4.3), what kind of artifact is passed over (14.8.2.2.2; Matterhorn Protocol 1.1, 18), and where
figures are (14.8.5.4.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

from judges.lettering import Box, around
from judges.syntax import PIKEPDF
from judges.tagged import Annotation, Element, Tagged, Words, open_tagged
from judges.verdict import Case, Judge, Verdict

_NEAR = 6  # points: a stroke's width, the air of a line of text
_KINDS = ("/Pagination", "/Layout", "/Page", "/Background")
_PAGINATION = ("/Header", "/Footer", "/Watermark")


def wrong_in(tagged: Tagged) -> Iterator[str]:
    """Everything that is not as it should be, each in a few words."""
    yield from _order(tagged)
    yield from _lists(tagged)
    yield from _links(tagged)
    yield from _pieces(tagged)
    yield from _artifacts(tagged)
    yield from _figures(tagged)


def _order(tagged: Tagged) -> Iterator[str]:
    """Who reads the content as it stands hears it in the order of the tree; readings (RT) may stand elsewhere."""
    readings = {id(words) for element in tagged.every("RT", "RP") for words in element.words()}
    read = [
        each for each in tagged.walk() if isinstance(each, Words) and id(each) not in readings and each.text.strip()
    ]
    for number, paintings in enumerate(tagged.pages):
        painted = list(dict.fromkeys(id(each.marked) for each in paintings if each.marked is not None))
        place = {mark: at for at, mark in enumerate(painted)}
        here = [each for each in read if each.page == number and id(each.marked) in place]
        back = [later for each, later in pairwise(here) if place[id(later.marked)] < place[id(each.marked)]]
        if back:
            first = back[0].text[:12]
            yield f"page {number + 1}: 「{first}」 is painted before what is read before it ({len(back)} such)"


def _lists(tagged: Tagged) -> Iterator[str]:
    """A list holds items, an item its label and its body; a printed number is a label."""
    for each in tagged.every("L"):
        kids = [kid for kid in each.kids if isinstance(kid, Element)]
        items = [kid for kid in kids if kid.kind == "LI"]
        if strange := {kid.kind for kid in kids} - {"LI", "L", "Caption"}:
            yield f"list: holds {', '.join(sorted(strange))}"
        if any({kid.kind for kid in item.kids if isinstance(kid, Element)} - {"Lbl", "LBody"} for item in items):
            yield "list: an item holds more than Lbl and LBody"
        labelled = [any(isinstance(kid, Element) and kid.kind == "Lbl" for kid in item.kids) for item in items]
        told = each.attribute("/ListNumbering")
        numbered = str(told or "/None") != "/None"
        labels = [kid.text for item in items for kid in item.kids if isinstance(kid, Element) and kid.kind == "Lbl"]
        # None is for labels that are words or pictures (ISO 32000-1, table 347), not for numbers and bullets.
        counted = all(re.fullmatch(r"[\s().,0-9０-９．、（）•◦○▪■]+", label) for label in labels)
        if any(labelled) and not numbered and (told is None or counted):
            yield f"list: labels without ListNumbering (「{items[0].text[:12]}」)"
        if numbered and not all(labelled):
            yield f"list: ListNumbering, but an item without Lbl (「{items[labelled.index(False)].text[:12]}」)"
        firsts = [item.text.lstrip()[:1] for item in items]
        if len(items) > 1 and not any(labelled) and firsts == [str(at) for at in range(1, len(items) + 1)]:
            yield f"list: numbers are words of items (「{items[0].text[:12]}」)"


def _links(tagged: Tagged) -> Iterator[str]:
    """Each link on a page is held by one Link, each Link holds one or more, none stands in another."""
    holders: dict[Any, int] = {}
    for each in tagged.every("Link"):
        parts = [kid for kid in each.kids if isinstance(kid, Annotation)]
        for part in parts:
            holders[part.annotation.objgen] = holders.get(part.annotation.objgen, 0) + 1
        if not parts:
            yield f"Link without OBJR (「{each.text[:12]}」)"
        if len(each.every("Link")) > 1:
            yield f"Link in a Link (「{each.text[:12]}」)"
    for number, page in enumerate(tagged.pdf.pages, 1):
        annotations: Any = page.obj.get("/Annots", [])
        links = [each for each in annotations if each.get("/Subtype") == "/Link"]
        if lost := [each for each in links if holders.get(each.objgen) != 1]:
            yield f"page {number}: {len(lost)} of {len(links)} links are not held by one Link"
        if bare := [each for each in links if not str(each.get("/Contents", ""))]:
            yield f"page {number}: {len(bare)} of {len(links)} links have no description"
        if astray := [each for each in links if "/StructParent" not in each]:
            yield f"page {number}: {len(astray)} of {len(links)} links do not lead to their element"


def _pieces(tagged: Tagged) -> Iterator[str]:
    """Nothing but a cell is empty, for readers say nothing of it; and one link is not two side by side."""
    for each in tagged.walk():
        if not isinstance(each, Element):
            continue
        if not each.kids and each.kind not in ("TH", "TD"):
            yield f"{each.kind} holds nothing"
        for one, other in pairwise(each.kids):
            ends = [kid for kid in (one, other) if isinstance(kid, Element) and kid.kind == "Link"]
            if len(ends) == 2 and _address(one) == _address(other) != "":
                yield f"one link is cut in pieces (「{ends[0].text[:12]}」「{ends[1].text[:12]}」)"


def _address(link: Element | Words | Annotation) -> str:
    parts = link.walk() if isinstance(link, Element) else ()
    actions: list[Any] = [kid.annotation.get("/A", {}) for kid in parts if isinstance(kid, Annotation)]
    return str(actions[0].get("/URI", "")) if actions else ""


def _artifacts(tagged: Tagged) -> Iterator[str]:
    """Words that are passed over say why: running heads and folios are Pagination, with what they are."""
    for number, paintings in enumerate(tagged.pages, 1):
        silent = dict.fromkeys(each.marked for each in paintings if each.marked and each.marked.is_artifact)
        for mark in silent:
            said: Any = mark.said if mark.said is not None else {}
            kind = str(said.get("/Type", ""))
            if mark.text.strip() and kind not in _KINDS:
                yield f"page {number}: 「{mark.text[:12]}」 is an artifact of no type"
            elif kind == "/Pagination" and str(said.get("/Subtype", "")) not in _PAGINATION:
                yield f"page {number}: 「{mark.text[:12]}」 is Pagination of no kind"
        bare = "".join(each.text for each in paintings if each.marked is None).strip()
        if bare:
            yield f"page {number}: 「{bare[:12]}」 is neither tagged nor an artifact"
    for number, lost in tagged.lost:
        yield f"page {number + 1}: 「{lost.text[:12]}」 is marked, and no element holds it"


def _figures(tagged: Tagged) -> Iterator[str]:
    """A figure's box is on its page, and around what it paints there."""
    for each in tagged.every("Figure"):
        told = each.attribute("/BBox")
        content = [words for words in each.words() if words.marked.box]
        name = f"figure 「{each.given('/Alt')[:12]}」"
        if told is None:
            yield f"{name} has no BBox"
            continue
        if not content:
            yield f"{name} paints nothing"
            continue
        left, foot, right, head = (float(edge) for edge in tagged.pdf.pages[content[0].page].mediabox)
        x, y, wide, high = (float(edge) for edge in told)
        box = (x, y, wide, high)
        if not (
            left <= x + 0.5 and foot <= y + 0.5 and wide <= right + 0.5 and high <= head + 0.5 and x < wide and y < high
        ):
            yield f"{name}: its BBox leaves the page"
            continue
        painted = around([words.marked.box for words in content if words.marked.box]) or box
        seen: Box = (max(painted[0], left), max(painted[1], foot), min(painted[2], right), min(painted[3], head))
        if max(abs(one - other) for one, other in zip(box, seen, strict=True)) > _NEAR:
            yield f"{name}: its BBox is not around what it paints"


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    verdicts = []
    for case in cases:
        tagged = open_tagged(case.path)
        with tagged.pdf:
            found = list(wrong_in(tagged))
        verdicts.append(Verdict(not found, f"{len(found)}: {'; '.join(found[:3])}"))
    return verdicts


def _first_figure_moved(case: Case, folder: Path) -> Case:
    path = folder / "moved.pdf"
    tagged = open_tagged(case.path)
    with tagged.pdf:
        first = tagged.every("Figure")[0]
        box = [float(edge) for edge in first.attribute("/BBox")]
        first.at.A = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=pikepdf.Array([edge - 300 for edge in box]))
        tagged.pdf.save(path)
    return replace(case, path=path)


JUDGE = Judge(
    "pikepdf: tags",
    "is content in the order of the tree (readings aside); are printed numbers of lists Lbl; is every link held by one"
    " Link (OBJR), none in another, described and leading back to it; do words that are passed over say which kind of"
    " artifact they are, and is none neither; is a figure's BBox on its page and around what it paints?"
    " (`judges/structure.py`, through pikepdf)",
    PIKEPDF.version,
    lambda case: case.is_pdf and case.press is None,
    _judge,
    "the first figure's BBox moved by 300 points",
    _first_figure_moved,
)
