"""A broken ``kind.yaml`` is told to the designer: every mistake at once, each with its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.quiz import KIND

from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.kinds.kind_file import read_kind
from koho_pdf.kinds.known import kind_names, kinds_of, titles_of


def told(root: Path, text: str) -> list[Finding]:
    folder = root / "layouts" / "_kinds" / "quiz"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kind.yaml").write_text(text, encoding="utf-8")
    with pytest.raises((LayoutError, ManuscriptError)) as refused:
        read_kind(folder, root)
    assert all(found.hint and found.where.line for found in refused.value.findings)
    assert {found.where.file for found in refused.value.findings} == {"layouts/_kinds/quiz/kind.yaml"}
    return list(refused.value.findings)


CHOICES = "fields.rounds.of.fields.questions.of.fields.choices"
MISTAKES = {
    "a type nobody knows": ("type: copies", "type: copeis", "unknown-type", "fields.rules.fields.winners.type"),
    "no type": ("{type: telephone, title: 電話", "{title: 電話", "missing-field", "fields.ask.fields.telephone"),
    "an option of another type": (
        "least: 2, most: 4",
        "limit: 2",
        "unknown-field",
        CHOICES,
    ),
    "a role": ("role: lead", "role: leed", "word-not-known", "fields.lead.role"),
    "a name that Python keeps": ("  prize:", "  class:", "field-name", "fields.class"),
    "a name that pydantic keeps": ("  prize:", "  model_fields:", "field-name", "fields.model_fields"),
    "a name of every issue": ("  prize:", "  date:", "field-name", "fields.date"),
    "a name of every item": ("hint: {", "place: {", "field-name", f"{CHOICES.removesuffix('choices')}place"),
    "a Japanese name": ("  prize:", "  賞品:", "field-name", "fields.賞品"),
    "a group called as another": ("name: Question", "name: Round", "field-name", "fields.rounds.of.name"),
    "a title's field": ('called: "{title}"', 'called: "{titel}"', "unknown-field", "called"),
    "the cover's field": ("of: [lead, prize]", "of: [lead, prise]", "unknown-field", "cover.of.1"),
    "the department's field": ("ask.section", "ask.sektion", "unknown-field", "department"),
    "a field in no article": ("of: [lead, prize]", "of: [lead]", "field-in-no-article", "fields.prize"),
    "most below least": ("least: 2, most: 4", "least: 4, most: 2", "kind-broken", CHOICES),
    "a number": ("least: 1\n", "least: 一\n", "number-not-understood", "fields.rounds.least"),
    "an article's name": ("article: rules", "article: きまり", "id-not-understood", "fields.rules.article"),
    "an article called as the cover": ("article: rules", "article: intro", "kind-broken", "fields.rules"),
    "an article called as another": ("article: rules", "article: ask", "kind-broken", "fields.ask"),
    "a newer format": ("format: 1", "format: 99", "newer-format", "format"),
    "a choice without words": ("of: [easy, hard], ", "", "missing-field", "fields.level.of"),
    "a default that is no choice": ("default: easy", "default: middle", "word-not-known", "fields.level.default"),
    "text where a field belongs": (
        "prize: {type: text, title: 賞品, optional: true}",
        "prize: [text]",
        "not-a-group",
        "fields.prize",
    ),
}


@pytest.mark.parametrize(("old", "new", "code", "field"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str, field: str) -> None:
    assert old in KIND
    text = KIND.replace(old, new, 1)
    found = [each for each in told(tmp_path, text) if each.code == code and (each.where.field or "").startswith(field)]
    assert found
    parts = [part for part in field.split(".") if not part.isdigit()]
    line = text.splitlines()[(found[0].where.line or 0) - 1]
    assert any(part in line for part in parts[-2:])


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = KIND.replace("type: copies", "type: copeis").replace("role: lead", "role: leed")
    assert {each.code for each in told(tmp_path, text)} >= {"unknown-type", "word-not-known"}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{type: copies, title", "{type: copeis, rolle: x, title", {"unknown-type", "unknown-field"}),
        ("{type: copies, title: 当選, role: field", "{type: xxxxxx, role: feild", {"unknown-type", "word-not-known"}),
        ("{type: copies, title: 当選, role: field", "{role: feild", {"missing-field", "word-not-known"}),
        ("of: text, least: 2", "of: txet, least: 二", {"unknown-type", "number-not-understood"}),
        ("name: Question\n            fields:", "nam: Q\n            fields:", {"unknown-field"}),
        ("winners: {type: copies,", "賞: {type: copeis,", {"field-name", "unknown-type"}),
        ("type: group\n    name: Rules", "type: grupp\n    name: Rules", {"unknown-type"}),
    ],
)
def test_a_type_that_is_not_known_hides_nothing_beside_it(tmp_path: Path, old: str, new: str, found: set[str]) -> None:
    assert old in KIND
    text = KIND.replace(old, new, 1)
    assert {each.code for each in told(tmp_path, text)} == found
    beside = text.replace("until: {type: date", "until: {type: dat")
    assert sum(each.code == "unknown-type" for each in told(tmp_path, beside)) == 1 + ("unknown-type" in found)


@pytest.mark.parametrize("text", ["", "fields: 1", "format: 1\ntitle: x\nfields: {}", "[", "title: x", "fields:\n- a"])
def test_a_file_that_is_no_kind(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text)


def test_a_broken_kind_keeps_no_other_from_being_known(tmp_path: Path) -> None:
    told(tmp_path, KIND.replace("role: lead", "role: leed"))
    other = tmp_path / "layouts" / "_kinds" / "other"
    other.mkdir()
    (other / "kind.yaml").write_text(KIND.replace("title: 広報クイズ", "title: 別のクイズ"), encoding="utf-8")
    layouts = tmp_path / "layouts"
    assert kind_names(layouts) == ("other", "quiz")
    assert titles_of(layouts, tmp_path) == {"other": "別のクイズ"}
    with pytest.raises(LayoutError):
        kinds_of(layouts, tmp_path)


def test_a_workspace_without_kinds_has_those_of_format_0(tmp_path: Path) -> None:
    assert kind_names(tmp_path / "layouts") == ("policy-leaflet", "specimen")


def test_what_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    """No finding about missing fields in parts that were not read: a title without quotes, a cover that is no group."""
    text = KIND.replace('called: "{title}"', "called: {title}").replace("{id: intro, of: [lead, prize]}", "intro")
    assert [(each.code, each.where.field) for each in told(tmp_path, text)] == [
        ("not-text", "called"),
        ("not-a-group", "cover"),
    ]


def test_a_slip_of_the_cover_hides_no_other(tmp_path: Path) -> None:
    text = KIND.replace("id: intro, of: [lead, prize]", "id: Intro!, of: [lead, prise]")
    found = told(tmp_path, text.replace("ask.section", "ask.sektion").replace("{title}", "{titel}"))
    assert {(each.code, each.where.field) for each in found} == {
        ("id-not-understood", "cover.id"),
        ("unknown-field", "cover.of.1"),
        ("unknown-field", "department"),
        ("unknown-field", "called"),
        ("field-in-no-article", "fields.prize"),
        ("field-in-no-article", "fields.title"),
    }
    (called,) = [each for each in found if each.where.field == "called"]
    assert called.hint.startswith("「title」のことではありませんか。")
