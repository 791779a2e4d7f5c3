"""README.ja.md's table of lengths (入る長さ): what it says fits the largest slots on the composed pages; one more
goes into another slot, and what fits none is told."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from koho_pdf.layout.phrases import phrases_of

if TYPE_CHECKING:
    from tests.conftest import Told

    from koho_pdf.pipeline import Build

    Proved = Callable[..., Build]

REPOSITORY = Path(__file__).parents[2]
LEAFLET = "2013-policy-leaflet"
README = (REPOSITORY / "README.ja.md").read_text(encoding="utf-8")
_ROWS = README.split("### 入る長さ\n\n", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
SAID = {name.strip(): said.strip() for name, said in (row.strip("| ").split("|") for row in _ROWS)}
UNREAD = dict(SAID)  # numbers that no test below has used

PHRASES = "子育てや高齢者の暮らしをみんなで支え合う地域社会へ今"  # of four characters each, the last aside
BLANK_LINES = 2  # between a pillar's three initiatives


def said(row: str, form: str) -> list[int]:
    """The numbers in the row whose name begins so; it must be written in this form."""
    (name,) = (name for name in SAID if name.startswith(row))
    UNREAD.pop(name, None)
    found = re.match(form, SAID[name])
    assert found, f"{name}: {SAID[name]}"
    return [int(number) for number in found.groups()]


(TITLE,) = said("`title`", r"(\d+)字$")
LEAD = said("`lead`", r"(\d+)字 × (\d+)行$")
CATCHPHRASE = said("`catchphrase`", r"1行目は(\d+)字、2行目は(\d+)字$")
(THEME,) = said("`theme`", r"(\d+)字$")
INTRODUCTION = said("`introduction`", r"(\d+)字 × (\d+)行")
HEADING, *PRINCIPLE = said("`principles`", r"見出しは(\d+)字。3つの理念は、どれも1行目が(\d+)字、2行目が(\d+)字$")
PILLAR, _, _, _, _ = said("`pillars`", r"(\d+)字。(\d+)字 × (\d+)行と(\d+)字 × (\d+)行の、2か所に出ます$")
NAME, ON_ONE_LINE = said("取組の名前", r"(\d+)字。(\d+)字までなら、柱の中身で1行になります$")
LINES = said(
    "柱の中身", r"1つ目から順に (\d+)行・(\d+)行・(\d+)行・(\d+)行。写真を入れると (\d+)行・(\d+)行・(\d+)行・(\d+)行$"
)
(PER_LINE,) = (int(found[1]) for name in SAID if (found := re.match(r"柱の中身（1行(\d+)字", name)))
(CAPTION,) = said("写真の", r"(\d+)字$")
ROWS_OF_TABLE, LINES_OF_TABLE = said("表", r"柱の中身のうち。中身(\d+)行の表で、題と注を入れて(\d+)行分$")
CLOSING, CLOSING_LINES, UPRIGHT, UPRIGHT_LINES = said(
    "`closing`", r"1つ目は(\d+)字 × (\d+)行（.*）。2つ目は縦に(\d+)字 × (\d+)行$"
)
SECTION, PLACE = said("`contact`", r"課の名前は(\d+)字、場所は(\d+)字$")


def test_every_row_is_tried() -> None:
    assert UNREAD == {}
    assert [len(phrase) for phrase in phrases_of(PHRASES[:PILLAR])] == [4] * (PILLAR // 4)


def leaflet(more: int, photographs: bool) -> dict[str, Any]:
    """The leaflet with every text as long as the table allows and ``more``: one character, in a pillar one line. With
    photographs it is the second line of a display text that is longer, and a policy; else the first line, and the
    name of an initiative, which then takes two lines."""
    written = (REPOSITORY / "content" / LEAFLET / "issue.yaml").read_text(encoding="utf-8")
    issue: dict[str, Any] = yaml.load(written, Loader=yaml.BaseLoader)
    chance = Random(25)  # no text is like another, so that a lost one is missed

    def word(count: int) -> str:
        """A word that breaks nowhere by itself in a display line, and anywhere in running text."""
        return "".join(chance.choices("春夏秋冬東西南北花鳥風月雪星空海山川草木", k=count))

    def two_lines(first: int, second: int) -> str:
        return word(first + (0 if photographs else more)) + "{改行}" + word(second + (more if photographs else 0))

    issue |= {
        "title": word(TITLE + more),
        "lead": word(LEAD[0] * LEAD[1] + more),
        "catchphrase": two_lines(*CATCHPHRASE),
        "theme": word(THEME + more),
        "introduction": word(INTRODUCTION[0] * INTRODUCTION[1] + more),
        "principles": {"heading": word(HEADING + more), "items": [two_lines(*PRINCIPLE)] * 3},
        "closing": [
            word(CLOSING * CLOSING_LINES + more),
            "{改行}".join([word(UPRIGHT)] * (UPRIGHT_LINES - 1) + [word(UPRIGHT + more)]),
        ],
    }
    issue["contact"] |= {"section": word(SECTION + more), "place": word(PLACE + more)}
    for number, pillar in enumerate(issue["pillars"]):
        one, two, three = pillar["initiatives"]
        pillar["name"] = PHRASES[: PILLAR + more]
        one |= {"name": PHRASES[: NAME + more], "policies": [word(PER_LINE)]}  # a name on two lines
        two |= {"name": PHRASES[: ON_ONE_LINE + (0 if photographs else more)], "policies": [word(PER_LINE)]}
        free = LINES[number + 4 * photographs] - BLANK_LINES - (2 + 1) - (1 + 1) - 1
        if number == 1:
            two["table"] = {"file": "tables/t.csv", "caption": "題", "note": "注"}
            free -= LINES_OF_TABLE
        three |= {"name": word(8), "policies": [word(PER_LINE * free + (more if photographs else 0))]}
        if photographs:
            pillar["photo"] = {"file": "photos/p.jpg", "alt": "港の漁船", "caption": word(CAPTION + more)}
    return issue


def write(root: Path, issue: dict[str, Any], *, again: bool = False) -> None:
    folder = root / "content" / LEAFLET
    for name in ("photos", "tables"):
        (folder / name).mkdir(exist_ok=again)
    shutil.copy(REPOSITORY / "layouts/policy-leaflet/sample/photos/mihon-1.jpg", folder / "photos" / "p.jpg")
    (folder / "tables" / "t.csv").write_text("事業,金額\n" + "祭り,5円\n" * ROWS_OF_TABLE, encoding="utf-8")
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True, width=10**6), encoding="utf-8")


SLOTS = {
    *("title", "lead", "catchphrase", "theme", "introduction", "principles-heading", "closing", "closing-vertical"),
    *("contact-section-long", "contact-place", "principle-name", "pillar-name", "glance-name", "glance-list"),
    *(f"pillar-{number}" for number in (1, 2, 3, 4)),
}
"""The slots whose limits the table tells; those of pillars with photographs beside them."""


@pytest.mark.parametrize("photographs", [False, True])
def test_what_the_table_says_fits_and_one_more_goes_into_another_slot(
    workspace: Path, proved: Proved, photographs: bool
) -> None:
    of_photographs = {f"pillar-{number}-photo" for number in (1, 2, 3, 4)} | {"photo-caption"}
    slots = (SLOTS - {f"pillar-{number}" for number in (1, 2, 3, 4)} | of_photographs) if photographs else SLOTS
    write(workspace, leaflet(0, photographs))
    assert slots <= used(proved(workspace, LEAFLET))
    write(workspace, leaflet(1, photographs), again=True)
    assert slots & used(proved(workspace, LEAFLET)) == set()


def used(build: Build) -> set[str]:
    assert build.findings == ()
    fields = json.loads(build.files["map.json"])["fields"]
    return {each["slot"]["name"] for each in fields if each["slot"]}


def test_what_fits_no_slot_is_told(workspace: Path, told: Told) -> None:
    issue = leaflet(0, photographs=False)
    for name, characters in (("title", 40), ("lead", 200), ("theme", 80), ("introduction", 300)):
        issue[name] = "春夏秋冬東" * (characters // 5)
    issue["closing"] = ["春夏秋冬東" * 80, "春夏秋冬東" * 40]
    issue["pillars"][0]["initiatives"][0]["policies"] = ["春夏秋冬東" * 150] * 4
    write(workspace, issue)
    found = told(workspace, LEAFLET)
    assert {each.code for each in found} <= {"overset", "text-lost", "text-unpainted", "text-hidden"}
    slots = {re.search("枠「(.*)」", each.message)[1] for each in found if each.code == "overset"}  # type: ignore[index]
    assert slots == {
        *("title-long", "lead-long", "theme-long", "introduction-long", "closing-long", "closing-second-long"),
        *("column-triple-xxs-57", "header"),
    }
