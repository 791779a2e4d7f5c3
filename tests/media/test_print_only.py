"""What is marked for print alone stands on paper and in no byte of anything else; unmarked, nothing changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from tests.media.absent import places_of, places_showing
from tests.media.photograph import SECRETS, camera_jpeg

from koho_pdf.manuscript.public import WITHHELD
from koho_pdf.pipeline import EDITIONS

if TYPE_CHECKING:
    from koho_pdf.pipeline import Proof

LEAFLET = "2013-policy-leaflet"
LEAD, POLICY, INITIATIVE, ALT, CAPTION = (
    "桐箪笥商会の鶴亀",
    "銀杏並木堂の訃報",
    "松竹梅会館",
    "般若心経を読む僧",
    "蝋燭と香炉",
)
FILE = "himitsu-no-kao.jpg"
WORDS = (LEAD, POLICY, INITIATIVE, ALT, CAPTION, FILE)
MARKER = (255, 0, 160)
ON_PAPER = ("print.pdf", "preflight/")


def write(root: Path, marks: bool) -> None:
    """The leaflet with a lead, a policy, an initiative and a photograph for print alone, told of in a comment too."""
    folder = root / "content" / LEAFLET
    (folder / "photos").mkdir()
    (folder / "photos" / FILE).write_bytes(camera_jpeg(picture=Image.new("RGB", (890, 490), MARKER)))
    path = folder / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in [
        (
            "lead: 財政健全化計画、市立病院改革プランの",
            f"# {LEAD}\nlead:\n  media: [print]\n  text: {LEAD}、市立病院の",
        ),
        (
            "          - 新しいごみ処理施設の供用開始を受け、円滑なごみ分別への移行に努めます。\n",
            f"          - {{text: {POLICY}, media: [print]}}\n",
        ),
        (
            "  - name: 安心安全なまちづくり\n",
            "    photo:\n      media: [print]\n"
            f"      file: photos/{FILE}\n      alt: {ALT}\n      caption: {CAPTION}\n"
            "  - name: 安心安全なまちづくり\n",
        ),
        ("      - name: 子育て支援の取組\n", f"      - name: {INITIATIVE}\n        media: [print]\n"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    if not marks:
        text = re.sub(r"(?m)^ *media: \[print\]\n|, media: \[print\]", "", text)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def prove(home: Path, tmp_path_factory: pytest.TempPathFactory, throwaway: Any, proved: Any) -> Callable[[bool], Proof]:
    """``prove(marks)``: everything the leaflet becomes, with the marks or without them."""

    def made(marks: bool) -> Proof:
        root: Path = throwaway(tmp_path_factory.mktemp("print-only") / "desk")
        write(root, marks)
        proof: Proof = proved(root, LEAFLET, EDITIONS)
        assert proof.findings == ()
        return proof

    return made


@pytest.fixture(scope="module")
def made(prove: Callable[[bool], Proof]) -> Proof:
    return prove(True)


@pytest.fixture(scope="module")
def unmarked(prove: Callable[[bool], Proof]) -> Proof:
    return prove(False)


def everywhere_else(made: Proof) -> dict[str, bytes]:
    """All files but those that go to the print shop."""
    return {name: content for name, content in made.files.items() if not name.startswith(ON_PAPER)}


@pytest.mark.parametrize("words", [LEAD, POLICY, INITIATIVE, CAPTION])
def test_on_paper_every_marked_word_stands(made: Proof, words: str) -> None:
    assert places_of(words, {"print.pdf": made.files["print.pdf"]})


def test_on_paper_the_marked_photograph_stands(made: Proof) -> None:
    # What the press can show of the colour, not the colour itself.
    assert places_showing((214, 0, 127), {"print.pdf": made.files["print.pdf"]})


@pytest.mark.parametrize("words", WORDS)
def test_nowhere_else_stands_a_marked_word(made: Proof, words: str) -> None:
    assert places_of(words, everywhere_else(made)) == []


def test_nowhere_else_stands_the_marked_photograph(made: Proof) -> None:
    assert {"screen.pdf", "pages/p2.png", "map.json", "web/index.html"} <= set(everywhere_else(made))
    assert places_showing(MARKER, everywhere_else(made)) == []


def test_no_file_holds_what_the_camera_noted(made: Proof) -> None:
    notes = [*SECRETS, b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0", b"2013:04:01"]
    assert {note: places_of(note, made.files) for note in notes} == {note: [] for note in notes}


def test_what_an_issue_must_have_is_said_to_stand_on_paper_alone(made: Proof) -> None:
    found = places_of(WITHHELD, made.files)
    assert "web/index.html" in found
    assert "screen.pdf: text of page 1" in found
    assert not [place for place in found if place.startswith("print.pdf")]


def test_numbers_close_up_while_every_field_keeps_its_name(made: Proof) -> None:
    fields = json.loads(made.files["map.json"])["fields"]
    names = {
        edition: {each["field"] for each in fields if each["edition"] == edition} for edition in ("print", "screen")
    }
    assert names["print"] - names["screen"] == {
        "pillars.0.photo.file",
        "pillars.0.photo.caption",
        "pillars.1.initiatives.0.policies.1",
        "pillars.2.initiatives.0.name",
        "pillars.2.initiatives.0.policies.0",
    }
    assert names["screen"] <= names["print"]
    page = made.files["web/index.html"].decode()
    assert 'id="initiative-3-2"' in page
    assert 'id="initiative-3-3"' not in page


@pytest.mark.parametrize("words", WORDS)
def test_without_the_marks_every_word_is_found(unmarked: Proof, words: str) -> None:
    found = {place.split(":")[0] for place in places_of(words, everywhere_else(unmarked))}
    assert "web/index.html" in found or f"web/photos/{FILE}" in found
    assert "screen.pdf" in found or words == FILE


def test_without_the_marks_the_photograph_is_found(unmarked: Proof) -> None:
    found = {place.split(":")[0] for place in places_showing(MARKER, everywhere_else(unmarked))}
    assert found == {"screen.pdf", "pages/p2.png", f"web/photos/{FILE}"}
