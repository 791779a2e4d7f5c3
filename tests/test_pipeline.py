"""The stages of a build: every edition is made as far as possible, all findings come together, pages can be seen."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.conftest import Edit, Koho
from tests.kinds.quiz import MANUSCRIPT, NAME, make

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.editions import inspecting, papers
from koho_pdf.editions.every import EDITIONS, RELEASED, USUAL
from koho_pdf.editions.inspecting import inspected_once
from koho_pdf.editions.meant_layout import meant_layout
from koho_pdf.editions.settable import settable
from koho_pdf.errors import KohoError, LayoutError, PreflightError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.manuscript.reader import read
from koho_pdf.pipeline import build, look
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import Workspace, open_workspace

LEAD = '<p data-field="lead">'
HAIRLINE = ".title { border-bottom: .02mm solid }"


@pytest.fixture
def quiz(home: Path, tmp_path: Path) -> Workspace:
    """The quiz's workspace."""
    make(tmp_path)
    return open_workspace(tmp_path)


def with_style(workspace: Workspace, style: str) -> None:
    with (workspace.layouts / "quiz" / "layout.css").open("a", encoding="utf-8") as file:
        file.write(style + "\n")


def test_a_release_has_every_edition_but_those_asked_for_by_name() -> None:
    assert USUAL == ("print", "screen", "web")
    assert (*USUAL, "large", "text", "data", "epub") == RELEASED
    assert [each.name for each in EDITIONS if each.source == "whole"] == ["print"]


def test_the_preflight_and_a_slip_of_another_edition_are_told_together(quiz: Workspace, edit: Edit) -> None:
    """A rule too thin to print, and large print whose template does not work."""
    with_style(quiz, HAIRLINE)
    edit(quiz.layouts / "_large" / "layout.html", "<body>", "<body>{{ nobody.knows }}")
    with pytest.raises(LayoutError) as refused:
        build(quiz.content / NAME, quiz, ("print", "large", "text"))
    assert {"template-broken", "thin-line"} <= {each.code for each in refused.value.findings}


def test_what_only_the_preflight_finds_is_the_print_files(quiz: Workspace) -> None:
    with_style(quiz, HAIRLINE)
    with pytest.raises(PreflightError) as refused:
        build(quiz.content / NAME, quiz, ("print",))
    assert "thin-line" in {each.code for each in refused.value.findings}


def test_too_long_a_title_hides_neither_the_preflight_nor_a_forgotten_field(quiz: Workspace, edit: Edit) -> None:
    """One mistake of the editor, two of the designer; there is no finding about mere results of the first."""
    with_style(quiz, ".lead { border-bottom: .02mm solid }")
    edit(quiz.layouts / "quiz" / "layout.html", '<p data-field="rules.until">{{ issue.rules.until }}</p>', "")
    edit(quiz.content / NAME / "issue.yaml", "るもいクイズ", "るもいのことをたくさん聞くクイズ")
    with pytest.raises(LayoutError) as refused:
        build(quiz.content / NAME, quiz, ("print",))
    found = errors_in(refused.value.findings)
    assert {(each.code, each.where.field) for each in found if each.code != "thin-line"} == {
        ("overset", "title"),
        ("words-missing", "rules.until"),
    }
    assert "thin-line" in {each.code for each in found}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("content", "るもいクイズ", "る\U0001f600いクイズ", "glyph-missing"),
        ("layout.css", ".title {", ".title { animation: x 1s;", None),
        ("layout.html", LEAD, f"<img src='nai.png' alt='ない'>{LEAD}", "picture-unreadable"),
        ("layout.html", LEAD, f"<img src='/etc/passwd' alt='ない'>{LEAD}", "resource-outside"),
        ("layout.html", LEAD, f"<p><a href='#nowhere'>案内</a></p>{LEAD}", "link-to-nowhere"),
        ("layout.css", 'font-family: "BIZ UDGothic"', 'font-family: "Nobody Knows"', "font-family-unknown"),
    ],
)
def test_an_error_of_a_page_hides_neither_the_preflight_nor_the_page(
    quiz: Workspace, edit: Edit, file: str, old: str, new: str, code: str | None
) -> None:
    """The rule too thin to print is told beside it, once; nothing that only follows is told; no file is written."""
    with_style(quiz, ".lead { border-bottom: .02mm solid }")
    edit(quiz.content / NAME / "issue.yaml" if file == "content" else quiz.layouts / "quiz" / file, old, new)
    with pytest.raises(KohoError) as refused:
        build(quiz.content / NAME, quiz, ("print",))
    codes = {each.code for each in errors_in(refused.value.findings)}
    assert "thin-line" in codes
    assert code is None or code in codes
    assert codes <= {"thin-line", code, "picture-unreadable", "css-not-understood"}
    assert len(look(quiz.content / NAME, quiz)[0]) == 2


def test_a_character_that_no_face_has_is_seen_as_a_geta(quiz: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Printers set 〓 for a sort that they do not have; the name of a picture stays as it is."""
    drawn: list[str] = []
    monkeypatch.setattr("koho_pdf.editions.looked.finish_screen", lambda pdf: finish_screen(seen(pdf)))

    def seen(pdf: bytes) -> bytes:
        drawn.append(_words(pdf))
        return pdf

    manuscript = quiz.content / NAME / "issue.yaml"
    text = MANUSCRIPT.replace("るもいクイズ", "る\U0001f600いクイズ").replace("夕日", "邊\U000e01ef日")
    manuscript.write_text(text, encoding="utf-8")
    _, found = look(quiz.content / NAME, quiz)
    assert [each.code for each in found] == ["glyph-missing", "glyph-missing"]
    assert "る〓いクイズ" in drawn[0]
    assert "邊日" in drawn[0]
    faces = read_faces(quiz.fonts, quiz.root)
    assert settable('<img alt="\U0001f600" src="\U0001f600.png">\U0001f600', faces) == (
        '<img alt="\U0001f600" src="\U0001f600.png">〓'
    )


def _words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "".join(page.get_textpage().get_text_range() for page in opened)


def test_every_page_is_seen_whatever_is_wrong_with_it(quiz: Workspace, koho: Koho) -> None:
    manuscript = quiz.content / NAME / "issue.yaml"
    manuscript.write_text(MANUSCRIPT.replace("るもいクイズ", "るもいのことをたくさん聞くクイズ"), encoding="utf-8")
    pictures, findings = look(quiz.content / NAME, quiz)
    assert [each.code for each in findings] == ["overset"]
    assert len(pictures) == 2
    for picture in pictures:
        with Image.open(BytesIO(picture)) as page:
            red = page.convert("RGB").tobytes()[::3]
            green = page.convert("RGB").tobytes()[1::3]
        pale = sum(one - other > 30 for one, other in zip(red, green, strict=True))
        assert pale > 500, "the words across it"
    done = koho("look", NAME, folder=quiz.root)
    assert (done.returncode, "(overset)" in done.stderr) == (3, True)
    assert sorted(path.name for path in (quiz.out / "look" / NAME).iterdir()) == ["p1.png", "p2.png"]
    assert not (quiz.out / NAME).exists()


def test_what_stands_as_it_stood_is_inspected_once(quiz: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    inspected = papers.inspected

    def counted(pdf: bytes, press: object, *more: object, **named: object) -> object:
        asked.append(press.name)  # type: ignore[attr-defined]
        return inspected(pdf, press, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(inspecting, "inspected", counted)
    with_style(quiz, HAIRLINE)
    pdf = next(each for each in EDITIONS if each.name == "print")
    assert pdf.stage
    told = []
    for _ in range(2):
        with pytest.raises(PreflightError) as refused:
            build(quiz.content / NAME, quiz, ("print",))
        told.append(refused.value.findings)
    assert asked == ["offset-coated"]
    assert told[0] == told[1]
    other = read_press("newsprint", quiz.press, quiz.root)
    with pytest.raises(PreflightError):
        build(quiz.content / NAME, quiz, ("print",), other)
    assert asked == ["offset-coated", "newsprint"]


def test_a_kept_report_that_was_spoilt_is_made_anew(
    quiz: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build(quiz.content / NAME, quiz, ("print",)).files["print.pdf"]
    press, cache = quiz.city.press, tmp_path / "cache"
    first, report = inspected_once(made, press, (), (), cache)
    assert report
    (kept,) = (cache / "preflight").glob("*.json")
    kept.write_bytes(b'[{"severity": "war')
    assert inspected_once(made, press, (), (), cache)[0] == first
    assert inspected_once(made, press, (), (), cache) == (first, None)
    assert inspected_once(made, press, (), (), None)[1]


def test_two_threads_make_the_same_as_one(quiz: Workspace) -> None:
    alone = build(quiz.content / NAME, quiz, ("screen", "large")).files
    with ThreadPoolExecutor(2) as both:
        made = [both.submit(build, quiz.content / NAME, quiz, ("screen", "large")) for _ in range(2)]
        assert [dict(each.result().files) == dict(alone) for each in made] == [True, True]


def test_a_finding_is_known_again_in_the_next_round(quiz: Workspace) -> None:
    manuscript = quiz.content / NAME / "issue.yaml"
    told: list[Finding] = []
    for text in ("るもいのことをたくさん聞くクイズ", "るもいのことをもっとたくさん聞くクイズ"):
        manuscript.write_text("# 覚え書き\n" * len(told) + MANUSCRIPT.replace("るもいクイズ", text), encoding="utf-8")
        (found,) = look(quiz.content / NAME, quiz)[1]
        told.append(found)
    assert told[0].where.line != told[1].where.line
    assert told[0].key == told[1].key == ("overset", "title", told[0].key[2])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title: ", "titel: ", "unknown-field"),
        ("date: 令和9年7月1日", "date: 令和9年13月1日", "date-does-not-exist"),
        ("date: ", "# date: ", "missing-field"),
        ("lead: ", "lead: '{漢字|' #", None),
        ("until: ", "until: いつか #", None),
        ("layout: quiz", "layout: quiz\nphoto: {file: nai.jpg, alt: ない}", "unknown-field"),
        ("choices:", "choises:", "unknown-field"),
        ("title: ", "title: [", "bracket-not-closed"),
    ],
)
def test_a_manuscript_with_mistakes_is_looked_at_all_the_same(
    quiz: Workspace, edit: Edit, old: str, new: str, code: str | None
) -> None:
    """An example or （間違い） stands where something is wrong; everything is told as a build tells it."""
    folder = quiz.content / NAME
    whole = len(look(folder, quiz)[0])
    edit(folder / "issue.yaml", old, new)
    with pytest.raises(KohoError) as refused:
        build(folder, quiz, ("screen",))
    pictures, told = look(folder, quiz)
    assert len(pictures) == whole
    assert {each.code for each in refused.value.findings} <= {each.code for each in told}
    assert code is None or code in {each.code for each in told}


@pytest.mark.parametrize(("said", "code"), [("", "missing-field"), ("layout: quizz\n", "unknown-layout")])
def test_a_manuscript_without_its_layout_is_looked_at_in_the_one_it_was_written_for(
    quiz: Workspace, edit: Edit, said: str, code: str
) -> None:
    folder = quiz.content / NAME
    edit(folder / "issue.yaml", "layout: quiz\n", said)
    edit(folder / "issue.yaml", "title: ", "titel: ")
    pictures, told = look(folder, quiz)
    assert len(pictures) == 2
    assert [(each.code, each.where.field) for each in told] == [(code, "layout"), ("unknown-field", "titel")]
    assert "quiz" in told[0].hint


def test_of_several_layouts_the_folder_or_other_issues_decide_else_all_are_named(quiz: Workspace, edit: Edit) -> None:
    shutil.copytree(quiz.layouts / "quiz", quiz.layouts / "panel")
    folder = (quiz.content / NAME).rename(quiz.content / "2027-07")
    edit(folder / "issue.yaml", "layout: quiz\n", "")
    with pytest.raises(KohoError) as refused:
        look(folder, quiz)
    assert "panel・quiz" in refused.value.findings[0].hint
    tree = read(folder / "issue.yaml", quiz.root)
    assert meant_layout(tree, quiz.content / "2027-08-panel", quiz) == ("panel", ("panel", "quiz"))
    (quiz.content / "last").mkdir()
    (quiz.content / "last" / "issue.yaml").write_text(MANUSCRIPT, encoding="utf-8")
    assert len(look(folder, quiz)[0]) == 2


def test_what_is_no_manuscript_at_all_is_not_looked_at(quiz: Workspace) -> None:
    (quiz.content / NAME / "issue.yaml").write_text("これは原稿ではありません\n", encoding="utf-8")
    with pytest.raises(KohoError):
        look(quiz.content / NAME, quiz)
