"""For print alone: how parts are marked, findings about impossible marks, and what is left for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.kinds import brochure
from tests.kinds.brochure import MANUSCRIPT
from tests.repository_kinds import KINDS

from koho_pdf.content.check import check
from koho_pdf.content.public import WITHHELD, pictures_of, public, public_manuscript
from koho_pdf.content.values.inline import InlineText
from koho_pdf.content.values.model import Closed
from koho_pdf.findings import Finding
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.reader import read

Told = Callable[[str | bytes], tuple[Finding, ...]]
ROOT = Path(__file__).parents[2]

MARKS = {
    "another medium": ("lead: 留萌", "lead: {media: [screen], text: 留萌", "}", "media-not-known", "lead"),
    "two media": ("lead: 留萌", "lead: {media: [print, screen], text: 留萌", "}", "media-not-known", "lead"),
    "no list": ("lead: 留萌", "lead: {media: print, text: 留萌", "}", "media-not-known", "lead"),
    "a group's": (
        "  - name: 安心な",
        "  - media: [web]\n    name: 安心な",
        "",
        "media-not-known",
        "chapters.1.media",
    ),
    "a group all need": (
        "  section: 広報",
        "  media: [print]\n  section: 広報",
        "",
        "print-only-not-here",
        "ask.media",
    ),
    "the issue": ("title: 港の", "media: [print]\ntitle: 港の", "", "print-only-not-here", "media"),
    "a telephone": (
        "  telephone: 42",
        "  telephone: {media: [print], text: 42",
        "}",
        "print-only-not-here",
        "ask.telephone",
    ),
    "a date": ("date: 令和", "date: {media: [print], text: 令和", "}", "print-only-not-here", "date"),
    "no text": ("lead: 留萌", "lead: {media: [print], words: 留萌", "}", "print-only-not-here", "lead"),
    "marks within": ("lead: 留萌", "lead: {media: [print], text: '**留萌", "'}", "mark-not-closed", "lead"),
}


@pytest.mark.parametrize(("old", "new", "end", "code", "field"), MARKS.values(), ids=MARKS)
def test_a_mark_that_cannot_be_obeyed_is_told_once(
    told: Told, old: str, new: str, end: str, code: str, field: str
) -> None:
    lines = MANUSCRIPT.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(old))
    lines[at] = new + lines[at].removeprefix(old).partition(" #")[0] + end
    (found,) = told("\n".join(lines))
    assert (found.code, found.where.field, found.where.line) == (code, field, at + 1)


def read_issue(folder: Path, text: str) -> Any:
    """The manuscript as an issue."""
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return check(read(folder / "issue.yaml", folder), brochure.model(), folder=folder, layouts=["brochure"]).issue


def test_an_issue_without_marks_is_public_as_it_is_but_for_what_the_print_shop_is_told(folder: Path) -> None:
    issue = read_issue(folder, MANUSCRIPT)
    assert issue.printing
    assert public(issue) == issue.model_copy(update={"printing": None})
    left = public(issue)
    assert public(left) is left


def test_what_is_left_keeps_its_field_and_its_permalink(folder: Path) -> None:
    text = MANUSCRIPT.replace("  - name: 安心な", "  - media: [print]\n    name: 安心な")
    text = text.replace("      - name: 本を", "      - media: [print]\n        name: 本を")
    text = text.replace("title: 港の町のしおり", "title:\n  text: 港の町のしおり\n  media: [print]")
    whole = read_issue(folder, text)
    left = public(whole)
    assert [chapter.place for chapter in left.chapters] == [0, 2]
    assert left.title == InlineText(WITHHELD, left.title.runs, "title", whole.title.line)
    assert (whole.title.plain, whole.title.field) == ("港の町のしおり", "title")
    before = {article.key: article.field for article in articles_of(whole)}
    after = {article.key: article.field for article in articles_of(left)}
    gone = {"chapter-2-1", "chapter-2-2", "chapter-3-1"}
    assert after == {key: field for key, field in before.items() if key not in gone}


def groups(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models an annotation holds itself, not as items of a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif getattr(annotation, "__origin__", None) is not tuple:
        for inner in get_args(annotation):
            yield from groups(inner)


def all_models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in (field.annotation, *get_args(field.annotation)):
            for group in groups(inner):
                yield from all_models(group)


@pytest.mark.parametrize("kind", [kind.model for kind in KINDS.values()], ids=KINDS)
def test_no_group_that_every_issue_must_have_takes_a_mark(kind: type[Closed]) -> None:
    models = list(all_models(kind))
    assert len(models) >= 1
    for model in models:
        required = [field for field in model.model_fields.values() if field.is_required()]
        assert not [field for field in required for group in groups(field.annotation) if "media" in group.model_fields]
        assert "media" not in model.model_fields or model is not kind


def test_the_public_manuscript_tells_nothing_of_what_is_left_out(folder: Path) -> None:
    text = MANUSCRIPT.replace("  - name: 安心な", "  - media: [print] # お悔やみ\n    name: 安心な")
    written = public_manuscript(read_issue(folder, text))
    assert not any(words in written for words in ("お悔やみ", "安心な", "排水溝", "media", "発行日"))
    assert "  - name: 学ぶ子ども\n    parts:\n      - name: 本を読む\n" in written


PLACE = ("line", "column")


def values(node: object) -> object:
    """An issue's values without the lines they stood on."""
    if isinstance(node, Closed):
        return {name: values(getattr(node, name)) for name in type(node).model_fields}
    if isinstance(node, tuple):
        return [values(each) for each in node]
    if isinstance(node, InlineText):
        return (node.source, node.runs, node.field)
    if is_dataclass(node):
        return {each.name: values(getattr(node, each.name)) for each in fields(node) if each.name not in PLACE}
    return node


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("content/*/issue.yaml"), *ROOT.glob("layouts/*/sample/issue.yaml")]), ids=str
)
def test_a_manuscript_without_marks_reads_the_same_written_anew(path: Path, folder: Path) -> None:
    names = list(KINDS)
    kind = KINDS[next(each for each in names if each in str(path.relative_to(ROOT)))].model
    issue = check(read(path, ROOT), kind, folder=path.parent, layouts=names).issue
    (folder / "issue.yaml").write_text(public_manuscript(issue), encoding="utf-8")
    again = check(read(folder / "issue.yaml", folder), kind, folder=path.parent, layouts=names).issue
    assert values(again) == values(public(issue))
    assert pictures_of(again) == pictures_of(issue)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\\{}*《》[](゙゚́"), min_size=1
)
JOINED = st.lists(
    TEXTS | st.sampled_from([" #", ": ", "'", '"', "- ", "? ", "&a", "!", "no", "0", "{", "|", "%"]), min_size=1
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=JOINED.map("".join).map(str.strip).filter(bool))
def test_any_text_is_quoted_where_it_must_be(words: str, folder: Path) -> None:
    issue = read_issue(folder, MANUSCRIPT)
    changed = issue.model_copy(update={"closing": (InlineText(words, ()),)})
    (folder / "issue.yaml").write_text(public_manuscript(changed), encoding="utf-8")
    tree = read(folder / "issue.yaml", folder)
    assert isinstance(tree.root, dict)
    assert tree.root["closing"] == [words]
    assert [found for found in tree.findings if found.code not in ("decomposed-character", "invisible-character")] == []


def test_pictures_are_named_once_in_reading_order(folder: Path) -> None:
    (folder / "issue.yaml").write_text(MANUSCRIPT, encoding="utf-8")
    for chapter, file in ((2, "photos/a.jpg"), (0, "photos/b.jpg"), (1, "photos/a.jpg")):
        brochure.with_photo(folder, chapter=chapter, file=file)
    text = (folder / "issue.yaml").read_text(encoding="utf-8")
    assert pictures_of(read_issue(folder, text)) == ("photos/b.jpg", "photos/a.jpg")


def test_a_chapter_whose_parts_are_all_marked_is_an_article_itself(folder: Path) -> None:
    before, second, after = MANUSCRIPT.partition("  - name: 安心な道\n")
    own, third, rest = after.partition("  - name: 学ぶ")
    marked = own.replace("      - name:", "      - media: [print]\n        name:")
    assert marked.count("media: [print]") == 2
    issue = public(read_issue(folder, before + second + marked + third + rest))
    articles = {article.key: article for article in articles_of(issue)}
    chapter = articles["chapter-2"]
    assert (chapter.heading, chapter.number, chapter.field) == ("安心な道", 2, "chapters.1")
    assert (chapter.sections, chapter.passages) == ((), ())
    assert not [key for key in articles if key.startswith("chapter-2-")]
