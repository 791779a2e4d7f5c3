"""For print alone: how parts are marked, findings about impossible marks, and what is left for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.repository_kinds import KINDS, POLICY_LEAFLET

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
    "another medium": ("lead: 財政", "lead: {media: [screen], text: 財政", "}", "media-not-known", "lead"),
    "two media": ("lead: 財政", "lead: {media: [print, screen], text: 財政", "}", "media-not-known", "lead"),
    "no list": ("lead: 財政", "lead: {media: print, text: 財政", "}", "media-not-known", "lead"),
    "a group's": (
        "  - name: 安心安全な",
        "  - media: [web]\n    name: 安心安全な",
        "",
        "media-not-known",
        "pillars.1.media",
    ),
    "a group all need": (
        "  section: 政策",
        "  media: [print]\n  section: 政策",
        "",
        "print-only-not-here",
        "contact.media",
    ),
    "the issue": ("title: 市政", "media: [print]\ntitle: 市政", "", "print-only-not-here", "media"),
    "a telephone": (
        "  telephone: 42",
        "  telephone: {media: [print], text: 42",
        "}",
        "print-only-not-here",
        "contact.telephone",
    ),
    "a date": ("date: 平成", "date: {media: [print], text: 平成", "}", "print-only-not-here", "date"),
    "no text": ("lead: 財政", "lead: {media: [print], words: 財政", "}", "print-only-not-here", "lead"),
    "marks within": ("lead: 財政", "lead: {media: [print], text: '**財政", "'}", "mark-not-closed", "lead"),
}


@pytest.mark.parametrize(("old", "new", "end", "code", "field"), MARKS.values(), ids=MARKS)
def test_a_mark_that_cannot_be_obeyed_is_told_once(
    told: Told, leaflet_text: str, old: str, new: str, end: str, code: str, field: str
) -> None:
    lines = leaflet_text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(old))
    lines[at] = new + lines[at].removeprefix(old).partition(" #")[0] + end
    (found,) = told("\n".join(lines))
    assert (found.code, found.where.field, found.where.line) == (code, field, at + 1)


def leaflet(folder: Path, text: str) -> Any:
    """The manuscript as an issue."""
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return check(read(folder / "issue.yaml", folder), POLICY_LEAFLET, folder=folder, layouts=("policy-leaflet",)).issue


def test_an_issue_without_marks_is_public_as_it_is_but_for_what_the_print_shop_is_told(
    folder: Path, leaflet_text: str
) -> None:
    issue = leaflet(folder, leaflet_text)
    assert issue.printing
    assert public(issue) == issue.model_copy(update={"printing": None})
    left = public(issue)
    assert public(left) is left


def test_what_is_left_keeps_its_field_and_its_permalink(folder: Path, leaflet_text: str) -> None:
    text = leaflet_text.replace("  - name: 安心安全な", "  - media: [print]\n    name: 安心安全な")
    text = text.replace("      - name: 子育て", "      - media: [print]\n        name: 子育て")
    text = text.replace("title: 市政執行の重点的な取組", "title:\n  text: 市政執行の重点的な取組\n  media: [print]")
    whole = leaflet(folder, text)
    left = public(whole)
    assert [pillar.place for pillar in left.pillars] == [0, 2, 3]
    assert left.title == InlineText(WITHHELD, left.title.runs, "title", whole.title.line)
    assert (whole.title.plain, whole.title.field) == ("市政執行の重点的な取組", "title")
    before = {article.key: article.field for article in articles_of(whole)}
    after = {article.key: article.field for article in articles_of(left)}
    gone = {f"pillar-2-{number}" for number in (1, 2, 3)} | {"pillar-3-1"}
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


def test_the_public_manuscript_tells_nothing_of_what_is_left_out(folder: Path, leaflet_text: str) -> None:
    text = leaflet_text.replace("  - name: 安心安全な", "  - media: [print] # お悔やみ\n    name: 安心安全な")
    written = public_manuscript(leaflet(folder, text))
    assert not any(words in written for words in ("お悔やみ", "安心安全な", "下水処理場", "media", "書き方"))
    assert "  - name: 健康で笑顔あふれるまちづくり\n    initiatives:\n      - name: 市民の健康づくりの推進\n" in written


def values(node: object) -> object:
    """An issue's values without the lines they stood on."""
    if isinstance(node, Closed):
        return {name: values(getattr(node, name)) for name in type(node).model_fields}
    if isinstance(node, tuple):
        return [values(each) for each in node]
    return (node.source, node.runs, node.field) if isinstance(node, InlineText) else node


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("content/*/issue.yaml"), *ROOT.glob("layouts/*/sample/issue.yaml")]), ids=str
)
def test_a_manuscript_without_marks_reads_the_same_written_anew(path: Path, folder: Path) -> None:
    names = ("insert", "policy-leaflet", "specimen")
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
def test_any_text_is_quoted_where_it_must_be(words: str, folder: Path, leaflet_text: str) -> None:
    issue = leaflet(folder, leaflet_text)
    changed = issue.model_copy(update={"closing": (InlineText(words, ()),)})
    (folder / "issue.yaml").write_text(public_manuscript(changed), encoding="utf-8")
    tree = read(folder / "issue.yaml", folder)
    assert isinstance(tree.root, dict)
    assert tree.root["closing"] == [words]
    assert [found for found in tree.findings if found.code not in ("decomposed-character", "invisible-character")] == []


def test_pictures_are_named_once_in_reading_order() -> None:
    sample = ROOT / "layouts" / "policy-leaflet" / "sample"
    issue = check(read(sample / "issue.yaml", ROOT), POLICY_LEAFLET, folder=sample, layouts=("policy-leaflet",)).issue
    assert pictures_of(issue) == tuple(f"photos/mihon-{number}.jpg" for number in (1, 2, 3, 4))


def test_a_pillar_whose_initiatives_are_all_marked_is_an_article_itself(tmp_path: Path, leaflet_text: str) -> None:
    before, third, after = leaflet_text.partition("  - name: 子どもたちの夢と可能性が育つまちづくり\n")
    own, fourth, rest = after.partition("  - name: 健康で笑顔")
    marked = own.replace("      - name:", "      - media: [print]\n        name:")
    assert marked.count("media: [print]") == 3
    path = tmp_path / "issue.yaml"
    path.write_text(before + third + marked + fourth + rest, encoding="utf-8")
    issue = public(check(read(path, tmp_path), POLICY_LEAFLET, folder=tmp_path, layouts=["policy-leaflet"]).issue)
    articles = {article.key: article for article in articles_of(issue)}
    pillar = articles["pillar-3"]
    assert (pillar.heading, pillar.number, pillar.field) == ("子どもたちの夢と可能性が育つまちづくり", 3, "pillars.2")
    assert (pillar.sections, pillar.passages) == ((), ())
    assert not [key for key in articles if key.startswith("pillar-3-")]
