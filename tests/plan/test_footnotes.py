"""Footnotes (``float: footnote``) of articles in columns: at the foot of the column of their mark, and counted."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from random import Random

import pikepdf
import pytest
from tests.conftest import read_structure
from tests.plan.stories import make, placed, region
from tests.plan.test_fit import article, changed
from tests.plan.test_flow import characters

from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

TEMPLATE = """\
<h2 data-field="{{ article.heading.field }}">{{ article.heading|inline }}</h2>
{% for part in article.parts %}<h3 data-field="{{ part.heading.field }}">{{ part.heading|inline }}</h3>
{% for each in part.body %}<p data-field="{{ each.field }}">{{ each|inline }}{% if loop.last and part.note -%}
<span class="foot" data-field="{{ part.note.field }}">{{ part.note|inline }}</span>{% endif %}</p>{% endfor %}
{% endfor %}
"""
CSS = """\
.foot { float: footnote; font-size: 3.25mm; line-height: 5mm; text-align: justify }
.foot::footnote-call { content: "※" counter(footnote); font-size: 3.25mm; line-height: 0 }
.foot::footnote-marker { content: "※" counter(footnote) " " }
.notes { border-top: .2mm solid var(--ink); padding-top: 1mm; margin-top: 2mm }
"""


def noted(random: Random, parts: int, number: int) -> str:
    """A story in parts, each with a footnote at the end of its last paragraph."""
    lines = ["kind: story", f"heading: {number}の読み物", "parts:"]
    for part in range(1, parts + 1):
        text = "".join(
            random.choice(("港で祭り", "をひらき", "ます。", "春の、", "市の")) for _ in range(random.randint(30, 70))
        )
        lines += [
            f"  - heading: その{part}",
            f"    body: 市{text}す。",
            f"    note: 注記{part}番の長い言葉は{'昔の話、' * random.randint(1, 6)}です",
        ]
    return "\n".join(lines) + "\n"


def made_with(root: Path, articles: dict[str, str], pages: list[str], main: str, css: str = "") -> Path:
    folder = make(root, articles, pages, {"feature": {"main": main}}, CSS + css)
    kinds = root / "layouts" / "monthly" / "kinds"
    kinds.mkdir(exist_ok=True)
    (kinds / "story.html").write_text(TEMPLATE, encoding="utf-8")
    return folder


DEPTH = 238
WHERE = {
    "horizontal": (f"15 30 180 {DEPTH}", 3, "columns"),
    "vertical": ("15 30 182 240", 4, "columns"),
    "whole": (f"15 30 180 {DEPTH}", 2, "whole"),
}


@pytest.fixture(scope="module", params=WHERE)
def printed(request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Build]:
    """Two stories with footnotes, the first of which goes on two pages later where columns divide it."""
    at, columns, flow = WHERE[request.param]
    random, root = Random(4), tmp_path_factory.mktemp("notes")
    divided = flow == "columns"
    main = region(at, columns, overflow="{to: next}") if divided else region(at, columns)
    if request.param == "vertical":
        main = region(at, columns, direction="vertical", overflow="{to: next}")
    main = main if divided else main.replace("flow: columns", "flow: whole")
    stories = {"nishin": noted(random, 9 if divided else 2, 1), "umi": noted(random, 2, 2)}
    css = ".notes { border: 0; border-right: .2mm solid; margin: 0 2mm 0 0; padding: 0 1mm 0 0 }\n"
    css = css if request.param == "vertical" else ""
    folder = made_with(
        root, stories, ["cover", "feature: {main: [nishin]}", "feature: {main: [umi]}", "cover"], main, css
    )
    return request.param, build(folder, open_workspace(root), ("screen",))


_NUMBER = re.compile(r"※(\d+)")


def lines_of(made: Build, kind: str, page: int) -> dict[int, list[tuple[float, str, float]]]:
    """The text of each column of a page, line by line: where the line stands along the column (mm), its words, and the
    size of its largest type."""
    place, columns, _ = WHERE[kind]
    x0, y0, width, height = map(float, place.split())
    found: dict[int, dict[float, list[tuple[str, float]]]] = {}
    for said, x, y, size in characters(made.files["screen.pdf"], page):
        if not y0 < y < y0 + height:
            continue
        across, down = ((y - y0) / height, x0 + width - x) if kind == "vertical" else ((x - x0) / width, y - y0)
        lines = found.setdefault(int(across * columns * 0.999), {})
        near = next((each for each in lines if abs(each - down) < 1.9), down)
        lines.setdefault(near, []).append((said, size))
    return {
        column: [
            (down, "".join(each for each, _ in of[down]), max(size for _, size in of[down])) for down in sorted(of)
        ]
        for column, of in found.items()
    }


def test_nothing_is_told_and_each_note_stands_at_the_foot_of_the_column_of_its_mark(printed: tuple[str, Build]) -> None:
    kind, made = printed
    assert [each.code for each in made.findings] == []
    depth, notes = (182 if kind == "vertical" else DEPTH), 0
    for page in (2, 3):
        for lines in lines_of(made, kind, page).values():
            text = [each for each in lines if each[2] > 4]
            marks = [number for _, said, _ in text for number in _NUMBER.findall(said)]
            below = [each for each in lines if each[2] < 4 and _NUMBER.match(each[1])]
            assert [number for _, said, _ in below for number in _NUMBER.findall(said)[:1]] == marks
            notes += len(marks)
            if marks and kind != "whole":
                assert below[0][0] > max(down for down, *_ in text)
                assert depth - 4 < lines[-1][0] < depth
    assert notes == (4 if kind == "whole" else 11)


def test_a_note_is_read_after_the_paragraph_that_has_its_mark(printed: tuple[str, Build]) -> None:
    with pikepdf.open(io.BytesIO(printed[1].files["screen.pdf"])) as pdf:
        tree = read_structure(pdf)
    notes = 0
    for holder in tree.walk():
        for before, note in pairwise(each for each in holder.children if not isinstance(each, str)):
            if note.kind == "Note":
                notes += 1
                assert note.text.startswith("※" + _NUMBER.findall(before.text)[-1]), (before.text, note.text)
    assert notes == (4 if printed[0] == "whole" else 11)


def test_they_are_counted_in_what_fits(home: Path, tmp_path: Path) -> None:
    """So many kanji more fit at the end of a story with footnotes, and not one more."""
    ids = [f"s{number}" for number in range(8)]

    def told(id_: str, pieces: list[str]) -> str:
        random = Random(id_)
        before = noted(random, random.randint(1, 3), 1)
        return f"{before}  - heading: 終わりに\n    body: |\n      {''.join(pieces)}\n"

    pieces = {id_: article(Random(id_), 12) for id_ in ids}
    pages = [f"feature: {{main: [{id_}]}}" for id_ in ids]
    stories = {id_: told(id_, each) for id_, each in pieces.items()}
    folder = made_with(tmp_path, stories, pages, region("15 30 180 161", 2))
    said = {each.id: each.characters for use in placed(folder)[1].uses for each in use.articles}
    known = {id_: left for id_, left in said.items() if left is not None and left > 0}
    assert len(known) >= 5
    for more in (0, 1):
        made = {id_: told(id_, changed(pieces[id_], left + more) or []) for id_, left in known.items()}
        _, after = placed(folder, made)
        fits = {use.articles[0].id: not use.over for use in after.uses}
        assert [fits[id_] for id_ in known] == [not more] * len(known)


def test_a_mark_begins_no_line(home: Path, tmp_path: Path) -> None:
    """It stays with the character before it, however long the text is, and nothing separates the two."""
    lines = [f"  - heading: その{n}\n    body: {'港' * n}\n    note: 注\n" for n in range(12, 18)]
    stories = {"s": "kind: story\nheading: 港\nparts:\n" + "".join(lines)}
    folder = made_with(tmp_path, stories, ["cover", "feature: {main: [s]}"], region("15 30 180 238", 3))
    made = build(folder, open_workspace(tmp_path), ("screen",))
    found = [said for lines in lines_of(made, "horizontal", 2).values() for _, said, _ in lines if "※" in said]
    assert len([said for said in found if re.match("港+※", said)]) == 6
