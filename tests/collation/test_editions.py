"""Every edition is compared with the manuscript: what a template forgot, and what the page lost, stops the press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.collation.flyer import make
from tests.conftest import Edit, Told

from koho_pdf.cli.trying import tried
from koho_pdf.workspace.workspace import open_workspace

ALL = ("print", "screen", "web", "large", "text", "data")


@pytest.fixture
def flyer(home: Path, tmp_path: Path) -> Path:
    """A workspace with a kind of issue that only the test knows."""
    return make(tmp_path)


@pytest.fixture
def lost(flyer: Path, told: Told) -> Callable[..., list[tuple[str, str | None, str | None]]]:
    """The code, file and field of every finding about the flyer."""

    def tell(*editions: str) -> list[tuple[str, str | None, str | None]]:
        found = told(flyer, "flyer", editions)
        return [(each.code, each.where.file, each.where.field) for each in found]

    return tell


def test_a_flyer_that_shows_all_has_nothing_to_tell(lost: Callable[..., object]) -> None:
    assert lost(*ALL) == []


def test_a_field_that_a_template_forgets(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    """Other words of the page name the place too, but they do not replace the field."""
    edit(flyer / "layouts/flyer/layout.html", "{{ issue.place|inline }}", "")
    edit(flyer / "layouts/flyer/layout.html", "{{ issue.lead|body }}", "{{ issue.title|inline }}")
    template = "layouts/flyer/layout.html"
    assert lost("print") == [("words-missing", template, "place"), ("words-missing", template, "lead")]


def test_every_edition_is_told_at_once(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    edit(flyer / "layouts/flyer/layout.html", "{{ issue.place|inline }}", "")
    edit(flyer / "layouts/flyer/web.html", "{{ issue.telephone }}", "")
    assert lost("print", "screen", "web") == [
        ("words-missing", "layouts/flyer/layout.html", "place"),
        ("words-missing", "layouts/flyer/layout.html", "place"),
        ("words-missing", "layouts/flyer/web.html", "telephone"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('class="where"', 'class="where" hidden'),
        ('class="where"', 'class="where" style="display: none"'),
        ("<style>", "<style>.where { display: none } "),
        ("<style>", "<style>@media (min-width: 1px) { .x { color: red } } p.where, .y { visibility: hidden }"),
        ('<p class="where">{{ issue.place|inline }}</p>', ""),
        ('<p class="where">{{ issue.place|inline }}</p>', "<!-- {{ issue.place|inline }} -->"),
        ('<p class="where">{{ issue.place|inline }}</p>', "<template><p>{{ issue.place|inline }}</p></template>"),
    ],
)
def test_a_web_page_that_does_not_show_a_field(
    flyer: Path, edit: Edit, lost: Callable[..., object], old: str, new: str
) -> None:
    edit(flyer / "layouts/flyer/web.html", old, new)
    assert lost("web") == [("words-missing", "layouts/flyer/web.html", "place")]


@pytest.mark.parametrize(
    "style",
    [
        "@media print { .where { display: none } }",
        ".where { display: none } @media (min-width: 40rem) { .where { display: block } }",
        ".where { display: none } .where { display: block }",
        "/* .where { display: none } */",
    ],
)
def test_what_is_hidden_in_one_medium_only_is_shown(
    flyer: Path, edit: Edit, lost: Callable[..., object], style: str
) -> None:
    edit(flyer / "layouts/flyer/web.html", "<style>", f"<style>{style}")
    assert lost("web") == []


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_text_that_runs_off_the_page(flyer: Path, edit: Edit, told: Told, edition: str) -> None:
    """Each section has a finding of its own, at its line in the manuscript; the heads before it are there."""
    lines = "".join(f"  - {{head: 見出し{n}, texts: [第{n}の催しの長い説明です。]}}\n" for n in range(3, 19))
    edit(flyer / "content/flyer/issue.yaml", "telephone: 42-1809", f"{lines}telephone: 42-1809")
    found = told(flyer, "flyer", (edition,))
    assert {each.code for each in found} <= {
        "text-near-trim",
        "text-off-page",
    }  # and there is no finding about the words below these
    fields = [each.where.field for each in found]
    assert fields[-2:] == ["sections.17.head", "sections.17.texts.0"]
    assert fields == [f"sections.{n}.{part}" for n in range(18) for part in ("head", "texts.0")][-len(fields) :]
    first = found[0].where
    assert (first.file, first.page) == ("content/flyer/issue.yaml", 2)
    source = (flyer / "content/flyer/issue.yaml").read_text(encoding="utf-8").splitlines()
    number = str(first.field).split(".")[1]
    assert f"見出し{int(number) + 1}," in source[(first.line or 0) - 1]


@pytest.mark.parametrize(
    ("style", "why"),
    [
        (".lead { height: 3mm; overflow: hidden }", "切れて"),
        (".page:first-child::after { content: ''; position: absolute; left: 0; top: 55mm; width: 148mm; height: 40mm;"
         " background: var(--main) }", "下に隠れ"),
    ],
)  # fmt: skip
def test_text_that_the_page_hides(flyer: Path, edit: Edit, told: Told, style: str, why: str) -> None:
    edit(flyer / "layouts/flyer/layout.css", ".stack", f"{style}\n.stack")
    (found,) = (each for each in told(flyer, "flyer", ("print",)) if each.code.startswith("words-"))
    assert (found.code, found.where.field, found.where.page) == ("words-unseen", "lead", 1)
    assert why in found.message


@pytest.mark.parametrize(
    ("style", "why"),
    [
        (".lead { color: device-cmyk(0 0 0 0) }", "見えない文字"),
        (".lead { opacity: .05 }", "見えない文字"),
        (".lead { color: device-cmyk(0 0 0 1 / .04) }", "見えない文字"),
        (".lead { letter-spacing: -.5em }", "ほかの文字と重なって"),
        (".lead { line-height: .3; width: 40mm }", "ほかの文字と重なって"),
        (".lead { line-height: .7; width: 40mm }", "ほかの文字と重なって"),
    ],
)
def test_text_that_nobody_can_read(flyer: Path, edit: Edit, told: Told, style: str, why: str) -> None:
    """White on paper, nearly transparent, tiny as dust, or one black spot."""
    edit(flyer / "layouts/flyer/layout.css", ".stack", f"{style}\n.stack")
    found = [each for each in told(flyer, "flyer", ("print",)) if each.code == "words-unseen"]
    assert {each.where.field for each in found} == {"lead"}
    assert all(why in each.message for each in found)
    css = (flyer / "layouts/flyer/layout.css").read_text(encoding="utf-8").splitlines()
    assert all(each.where.file == "layouts/flyer/layout.css" for each in found)
    assert all(css[(each.where.line or 0) - 1].startswith(".lead") for each in found)


def test_text_that_is_turned_into_dust(flyer: Path, edit: Edit, told: Told) -> None:
    edit(flyer / "layouts/flyer/layout.css", ".stack", ".lead { transform: scale(.05) }\n.stack")
    found = [each for each in told(flyer, "flyer", ("print",)) if each.where.field == "lead"]
    assert {each.code for each in found} == {"type-too-small"}


def test_two_texts_in_one_place_are_both_told(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    edit(flyer / "layouts/flyer/layout.css", "top: 40mm", "top: 60mm")
    found = lost("screen")
    assert isinstance(found, list)
    assert set(found) == {("words-unseen", "layouts/flyer/layout.css", each) for each in ("place", "lead")}


GROUND = "position: absolute; left: 0; top: 55mm; width: 148mm; height: 40mm; background:"
WHITE = "color: device-cmyk(0 0 0 0); font-weight: 700; font-size: 6mm; line-height: 8mm"


@pytest.mark.parametrize(
    "style",
    [
        f".page:first-child::before {{ content: ''; {GROUND} var(--main) }} .lead {{ {WHITE} }}",
        f".lead {{ {WHITE}; background: var(--main); padding-top: 4mm }}",
        f".lead {{ {WHITE}; background: var(--main); padding-top: 4mm; border: .5mm solid }}",  # a ring
        f".page:first-child::before {{ content: ''; {GROUND} linear-gradient(var(--main), var(--ink)) }}"
        f" .lead {{ {WHITE} }}",
        ".lead { letter-spacing: -.08em }",
        ".lead { line-height: .9; width: 40mm }",
        ".lead { opacity: .6 }",
        ".page:first-child::before { content: '50'; position: absolute; left: 15mm; top: 50mm; font-size: 40mm;"
        " line-height: 40mm; color: device-cmyk(0 0 0 .1) }",  # large figures behind a text
    ],
)
def test_what_can_be_read_is_not_told(flyer: Path, edit: Edit, lost: Callable[..., object], style: str) -> None:
    edit(flyer / "layouts/flyer/layout.css", ".stack", f"{style}\n.stack")
    found = lost("print")
    assert isinstance(found, list)
    assert "words-unseen" not in {code for code, _, _ in found}


def test_what_styles_keep_from_the_page_is_told_to_the_designer(
    flyer: Path, edit: Edit, lost: Callable[..., object]
) -> None:
    edit(flyer / "layouts/flyer/layout.css", ".stack", ".lead { display: none }\n.stack")
    assert lost("screen") == [("words-missing", "layouts/flyer/layout.html", "lead")]


def test_words_of_the_layout_itself_are_looked_at(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    hidden = '<span style="display: inline-block; height: 0; overflow: hidden">電話</span>'
    edit(flyer / "layouts/flyer/layout.html", "☎{{", f"{hidden}☎{{{{")
    assert lost("screen") == [("words-unseen", "layouts/flyer/layout.html", None)]


def test_a_text_that_is_seen_once_and_hidden_once(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    again = '<p class="place" style="left: 15mm; top: 50mm; height: 1mm; overflow: hidden">{{ issue.title|inline }}</p>'
    edit(flyer / "layouts/flyer/layout.html", "{% if issue.inside", f"{again}{{% if issue.inside")
    assert lost("print") == [("words-unseen", "layouts/flyer/layout.css", "title")]


def test_a_field_that_no_article_has_is_told_to_who_wrote_the_kind(
    flyer: Path, edit: Edit, lost: Callable[..., object]
) -> None:
    edit(flyer / "layouts/_kinds/flyer/kind.yaml", "lead, inside, photo", "lead, photo")
    assert lost("large") == [("field-in-no-article", "layouts/_kinds/flyer/kind.yaml", "fields.inside")]


def test_what_is_for_print_alone_is_owed_by_print_alone(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    manuscript = flyer / "content/flyer/issue.yaml"
    edit(manuscript, "sections:", "inside: {text: 紙面だけの言葉です。, media: [print]}\nsections:")
    assert lost(*ALL) == []
    edit(flyer / "layouts/flyer/layout.html", "{{ issue.inside|body }}", "")
    assert lost(*ALL) == [("words-missing", "layouts/flyer/layout.html", "inside")]


def test_a_layout_may_leave_a_field_out_if_it_says_why(flyer: Path, edit: Edit, lost: Callable[..., object]) -> None:
    edit(flyer / "layouts/flyer/web.html", "{{ issue.place|inline }}", "")
    with (flyer / "layouts/flyer/layout.yaml").open("a", encoding="utf-8") as file:
        file.write("omits: {web: {place: 地図のページに載せるから}}\n")
    assert lost("print", "web") == []
    edit(flyer / "layouts/flyer/layout.html", "{{ issue.place|inline }}", "")
    assert lost("print", "web") == [("words-missing", "layouts/flyer/layout.html", "place")]


def test_layouts_are_tried_in_every_edition(flyer: Path, edit: Edit) -> None:
    layout, found, code = tried("flyer", open_workspace(flyer))
    loose = ["place", "lead", "sections", "telephone"]
    assert [(each.code, each.where.field) for each in found] == [("field-without-slot", each) for each in loose]
    assert code == 0
    edit(flyer / "layouts/flyer/web.html", "{{ issue.place|inline }}", "")
    layout, found, code = tried("flyer", open_workspace(flyer))
    assert layout is not None
    assert ({each.code for each in found}, code) == ({"field-without-slot", "words-missing"}, 3)


def test_colours_that_cannot_be_read_are_told_by_name(flyer: Path, edit: Edit) -> None:
    style = flyer / "layouts/flyer/layout.css"
    edit(style, ".where {", ".where { color: var(--paper); background: var(--main); ")
    assert tried("flyer", open_workspace(flyer))[2] == 0
    edit(flyer / "layouts/flyer/layout.yaml", "main: 100/60/0/40", "main: 0/0/60/0")
    _, found, code = tried("flyer", open_workspace(flyer))
    (pale,) = (each for each in found if each.code == "contrast-low")
    assert code == 3
    assert (pale.where.file, pale.where.field, pale.where.page) == ("layouts/flyer/layout.yaml", "colours.paper", 1)
    assert "「留萌港」" in pale.message and "「paper」" in pale.message and "「main」" in pale.message
