"""Articles in files of their own: read with their issue, every mistake told with the file it stands in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.kinds.monthly import ARTICLES, FEATURE, FRONT, ISSUE, NAME, fill, with_kinds
from tests.kinds.test_hostile import LINES

from koho_pdf.collation.owed import alternatives, owed
from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import Checked, check
from koho_pdf.content.outline import outline
from koho_pdf.content.public import pictures_of, public, public_manuscript, tables_of
from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.findings import Finding, Severity
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of, keys_twice

PLACE = f"content/{NAME}"
SHAKAI = ARTICLES["shakai"]


class Desk:
    """A workspace with the kinds of a newsletter, and one issue."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / PLACE
        with_kinds(root)

    def checked(self, issue: str = ISSUE, articles: Mapping[str, str | bytes] = ARTICLES) -> Checked[Any]:
        fill(self.folder, issue, articles)
        return self.again()

    def again(self) -> Checked[Any]:
        """What is read of the folder as it is."""
        kind = kind_called("monthly", self.root / "layouts", self.root)
        return check(read_issue(self.folder, self.root), kind.model, folder=self.folder, layouts=["monthly"])

    def told(self, issue: str = ISSUE, articles: Mapping[str, str | bytes] = ARTICLES) -> tuple[Finding, ...]:
        fill(self.folder, issue, articles)
        return self.told_again()

    def told_again(self) -> tuple[Finding, ...]:
        try:
            return self.again().findings
        except ManuscriptError as refusal:
            return refusal.findings


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def places(found: Iterable[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    """Code, file below the issue's folder, line, field."""
    return [
        (each.code, (each.where.file or "").removeprefix(f"{PLACE}/"), each.where.line, each.where.field)
        for each in found
    ]


def test_articles_stand_in_the_order_in_which_the_issue_names_them(desk: Desk) -> None:
    checked = desk.checked()
    assert checked.findings == ()
    articles = articles_of(checked.issue)
    assert [(each.key, each.field, each.heading) for each in articles] == [
        ("top", "title", "広報るもい三月号"),
        ("shakai", "shakai:", "国民年金の届け出"),
        ("radio", "radio:", "防災無線の試験"),
        ("nishin", "nishin:", "鰊がきた町"),
        ("ask", "ask", "問い合わせ先"),
    ]
    assert articles[2].paragraphs == ("一斉に鳴らします。", "本物の警報ではありません。", "日時：3月10日(水)午前10時")
    assert [each.department for each in articles] == ["政策調整課", "市民課", "政策調整課", "政策調整課", "政策調整課"]


def test_every_value_knows_its_article(desk: Desk) -> None:
    issue = desk.checked().issue
    shakai, radio, nishin = issue.articles
    assert (shakai.heading.field, shakai.body.parts[0].field, radio.body.parts[1].field) == (
        "shakai:heading",
        "shakai:body.0",
        "radio:body.1",
    )
    assert (nishin.parts[1].field, nishin.parts[1].place, nishin.parts[1].body.parts[1].field) == (
        "nishin:parts.1",
        1,
        "nishin:parts.1.body.1",
    )
    fields = {each.field for each in (*owed(issue, "web"), *alternatives(issue))}
    assert {"shakai:heading", "shakai:ask.telephone", "radio:when", "nishin:photo.caption", "nishin:photo.alt"} <= {
        field.removesuffix(".0") for field in fields
    }
    assert not {field for field in fields if field.endswith((":id", ":kind"))}


def test_a_day_has_the_year_of_the_issue_whatever_file_it_stands_in(desk: Desk) -> None:
    last_year = desk.checked(ISSUE.replace("令和9年", "令和8年").replace("(水)", "(火)"), {
        **ARTICLES, "shakai": SHAKAI.replace("(木)", "(水)"),
    })  # fmt: skip
    assert last_year.findings == ()
    found = desk.told(articles={**ARTICLES, "shakai": SHAKAI.replace("(木)", "(水)")})
    assert places(found) == [("weekday-differs", "articles/shakai.yaml", 4, "shakai:when")]


def test_moved_into_the_issue_it_is_the_same_article(desk: Desk) -> None:
    apart = desk.checked().issue
    inline = "  - id: shakai\n" + "".join(f"    {line}\n" for line in SHAKAI.splitlines())
    (desk.folder / "articles" / "shakai.yaml").unlink()
    together = desk.checked(ISSUE.replace("  - shakai\n", inline), {"nishin": ARTICLES["nishin"]}).issue
    assert [(each.key, each.paragraphs) for each in articles_of(together)] == [
        (each.key, each.paragraphs) for each in articles_of(apart)
    ]
    assert owed(together, "print") == owed(apart, "print")
    assert public_manuscript(together) == public_manuscript(apart)
    turned = desk.checked(
        ISSUE.replace("  - shakai\n", inline)
        .replace("  - nishin\n", "")
        .replace("articles:\n", "articles:\n  - nishin\n"),
        {"nishin": ARTICLES["nishin"]},
    ).issue
    assert {(each.key, each.heading) for each in articles_of(turned)} == {
        (each.key, each.heading) for each in articles_of(apart)
    }


def test_the_public_manuscript_is_one_text_that_reads_the_same(desk: Desk, tmp_path: Path) -> None:
    issue = desk.checked().issue
    text = public_manuscript(issue)
    for each in (desk.folder / "articles").iterdir():
        each.unlink()
    again = desk.checked(text, {}).issue
    assert public_manuscript(again) == text
    assert [each.ways for each in owed(again, "print")] == [each.ways for each in owed(public(issue), "print")]


def test_what_is_for_print_alone_is_gone_from_the_public_issue(desk: Desk) -> None:
    articles = {
        "shakai": SHAKAI + "media: [print]\n",
        "nishin": ARTICLES["nishin"].replace("観光協会}", "観光協会, media: [print]}"),
    }
    issue = desk.checked(articles=articles).issue
    assert [each.id for each in issue.articles] == ["shakai", "radio", "nishin"]
    left = public(issue)
    assert [each.id for each in left.articles] == ["radio", "nishin"]
    assert (pictures_of(issue), pictures_of(left)) == (("photos/umi.png",), ())
    assert "国民年金" not in public_manuscript(issue)
    assert [each.file for each in tables_of(left)] == ["tables/catch.csv"]


def test_mistakes_of_all_files_are_told_at_once_each_with_its_place(desk: Desk) -> None:
    found = desk.told(
        ISSUE.replace("title:", "titel:").replace("heading: 防災", "headng: 防災"),
        {
            "shakai": SHAKAI.replace("heading:", "heading：").replace("telephone: 42-1803", "telephone: 電話"),
            "nishin": ARTICLES["nishin"].replace("umi.png", "yama.png").replace("    body: 海", "    bodi: 海"),
        },
    )
    assert places(found) == [
        ("unknown-field", "issue.yaml", 3, "titel"),
        ("unknown-field", "issue.yaml", 9, "radio:headng"),
        ("wide-colon", "articles/shakai.yaml", 2, "shakai:heading"),
        ("telephone-not-understood", "articles/shakai.yaml", 5, "shakai:ask.telephone"),
        ("unknown-field", "articles/nishin.yaml", 6, "nishin:parts.0.bodi"),
        ("picture-missing", "articles/nishin.yaml", 12, "nishin:photo.file"),
    ]
    assert all(each.hint for each in found)


def test_a_mistake_in_a_file_that_an_article_names_is_told_in_that_file(desk: Desk) -> None:
    fill(desk.folder)
    (desk.folder / "tables" / "catch.csv").write_text("年,トン\n明治\n", encoding="utf-8")
    assert places(desk.told_again()) == [("table-rows-differ", "tables/catch.csv", 2, "nishin:table.file")]


def test_habits_are_told_in_every_file_and_together(desk: Desk) -> None:
    articles = {
        **ARTICLES,
        "shakai": SHAKAI.replace("二十歳", "ﾊﾀﾁ～"),
        "nishin": ARTICLES["nishin"].replace("百年", "百年〜"),
    }
    found = desk.told(ISSUE.replace("一斉に", "<b>一斉に</b>"), articles)
    assert {(each[0], each[1]) for each in places(found)} == {
        ("html-tag", "issue.yaml"),
        ("half-width-kana", "articles/shakai.yaml"),
        ("two-waves", "articles/shakai.yaml"),
    }


NAMES = {
    "no file": ("- nishin", "- nisin", "article-missing", 15, "articles.2", "nishin"),
    "twice": ("- nishin", "- nishin\n  - shakai", "article-twice", 16, "articles.3", "どちらか"),
    "inside and in a file": ("- shakai\n  - id: radio", "- id: shakai", "article-twice", 6, "articles.0", "- shakai"),
    "no id": ("id: radio\n    ", "", "missing-field", 7, "articles.1.id", "id: shakai-fukushi"),
    "an id in kana": ("id: radio", "id: 無線", "id-not-understood", 7, "articles.1.id", "半角"),
    "a name in capitals": ("- nishin", "- Nishin", "id-not-understood", 15, "articles.2", "半角"),
    "a file's name": ("- nishin", "- articles/nishin.yaml", "id-not-understood", 15, "articles.2", "- nishin"),
    "nothing": ("- nishin", "- ''", "empty-text", 15, "articles.2", "行ごと"),
    "a colon too much": ("- nishin", "- nishin:", "missing-field", 15, "articles.2.id", "「- nishin」"),
    "a list": ("- nishin", "- [nishin]", "article-not-understood", 15, "articles.2", "ファイルの名前"),
    "another kind": ("kind: notice", "kind: notise", "article-kind", 8, "radio:kind", "notice"),
    "its title": ("kind: notice", "kind: お知らせ", "article-kind", 8, "radio:kind", "「notice」のこと"),
    "no kind": ("    kind: notice\n", "", "missing-field", 7, "radio:kind", "kind: notice"),
    "a kind of issue": ("kind: notice", "kind: monthly", "article-kind", 8, "radio:kind", "notice（お知らせ）"),
}


@pytest.mark.parametrize(("old", "new", "code", "line", "field", "hint"), NAMES.values(), ids=NAMES)
def test_names_and_kinds_are_checked(
    desk: Desk, old: str, new: str, code: str, line: int, field: str, hint: str
) -> None:
    assert old in ISSUE
    found = [each for each in desk.told(ISSUE.replace(old, new)) if each.severity is Severity.ERROR]
    assert places(found)[0] == (code, "issue.yaml", line, field)
    assert hint in found[0].hint
    assert len(found) == 1, found


def test_a_file_that_nobody_names_is_told_and_stops_nothing(desk: Desk) -> None:
    checked = desk.checked(articles={**ARTICLES, "later": SHAKAI.replace("telephone: 42-1803", "telephone: 電話")})
    assert places(checked.findings) == [
        ("article-nowhere", "articles/later.yaml", 1, "later:"),
        ("telephone-not-understood", "articles/later.yaml", 5, "later:ask.telephone"),
    ]
    assert {each.severity for each in checked.findings} == {Severity.WARNING}
    assert "- later" in checked.findings[0].hint
    assert [each.id for each in checked.issue.articles] == ["shakai", "radio", "nishin"]


FILES = {
    "kana": ("お知らせ.yaml", "article-file-name"),
    "capitals": ("Kokuho.yaml", "article-file-name"),
    "yml": ("kokuho.yml", "article-file-name"),
    "txt": ("kokuho.yaml.txt", "article-file-name"),
    "a device": ("con.yaml", "article-file-name"),
    "a space": ("koku ho.yaml", "article-file-name"),
    "twice yaml": ("kokuho.yaml.yaml", "article-file-name"),
    "line break": ("koku\nho.yaml", "article-file-name"),
}


@pytest.mark.parametrize(("name", "code"), FILES.values(), ids=FILES)
def test_a_file_whose_name_is_none_is_told(desk: Desk, name: str, code: str) -> None:
    (found,) = desk.told(articles={**ARTICLES, name: SHAKAI})
    assert (found.code, found.severity) == (code, Severity.ERROR)
    assert ".yaml" in found.hint
    assert "\n" not in str(found.where.file) + found.message
    if "oku" in name and "o.y" in name:
        assert "kokuho.yaml" in found.hint or "koku-ho.yaml" in found.hint


def test_what_editors_and_systems_leave_behind_is_no_article(desk: Desk) -> None:
    left: dict[str, str | bytes] = {
        ".DS_Store": b"",
        "~$nishin.yaml": b"",
        ".nishin.yaml.swp": b"",
        "memo.docx": b"",
        "nishin.yaml~": b"",
    }
    assert desk.told(articles={**ARTICLES, **left}) == ()


BROKEN: dict[str, tuple[bytes, str, int | None]] = {
    "empty": (b"", "empty-manuscript", 1),
    "Shift_JIS": (SHAKAI.encode("cp932"), "not-utf-8", None),
    "UTF-16": (SHAKAI.encode("utf-16"), "not-utf-8", None),
    "a list": (b"- kind: notice\n", "not-a-manuscript", 1),
    "nothing of YAML": ("これは原稿です。\n".encode(), "line-without-name", 1),
    "a newer format": (f"format: 99\n{SHAKAI}".encode(), "newer-format", 1),
    "another id": (f"id: kokuho\n{SHAKAI}".encode(), "article-id-differs", 1),
    "an alias": (b"kind: notice\nheading: *a\n", "yaml-alias", 2),
}


@pytest.mark.parametrize(("content", "code", "line"), BROKEN.values(), ids=BROKEN)
def test_an_article_that_cannot_be_read_hides_nothing_of_the_others(
    desk: Desk, content: bytes, code: str, line: int | None
) -> None:
    articles: dict[str, str | bytes] = {"shakai": content, "nishin": ARTICLES["nishin"].replace("umi.png", "yama.png")}
    found = places(desk.told(articles=articles))
    assert (code, "articles/shakai.yaml", line) in [each[:3] for each in found]
    assert ("picture-missing", "articles/nishin.yaml", 12, "nishin:photo.file") in found
    assert "article-missing" not in {each[0] for each in found}


def test_an_issue_that_cannot_be_read_hides_nothing_of_its_articles(desk: Desk) -> None:
    articles: dict[str, str | bytes] = {
        "shakai": SHAKAI.encode("cp932"),
        "nishin": ARTICLES["nishin"].replace("lead:", "lead："),
    }
    found = places(desk.told("layout: monthly\n  date: [", articles))
    assert {each[1] for each in found} == {"issue.yaml", "articles/shakai.yaml", "articles/nishin.yaml"}


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistakes(desk: Desk) -> None:
    plain = desk.checked().issue
    text = ("\ufeff" + SHAKAI).replace("\n", "\r\n").encode()
    assert desk.checked(articles={**ARTICLES, "shakai": text}).issue == plain


def _a_file(folder: Path) -> None:
    (folder / "articles").write_text(SHAKAI, encoding="utf-8")


def _capitals(folder: Path) -> None:
    (folder / "moved").rename(folder / "Articles")


def _linked(folder: Path) -> None:
    (folder / "moved").rename(folder.parent / "elsewhere")
    (folder / "articles").symlink_to(folder.parent / "elsewhere")


def _around(folder: Path) -> None:
    (folder / "articles").symlink_to(folder / "articles")


FOLDERS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a file": (_a_file, "articles-folder", "articles"),
    "in capitals": (_capitals, "articles-folder", "Articles"),
    "a link out": (_linked, "article-outside", "articles"),
    "a link to itself": (_around, "articles-folder", "articles"),
}


@pytest.mark.parametrize(("spoil", "code", "file"), FOLDERS.values(), ids=FOLDERS)
def test_a_folder_that_is_none_is_told(desk: Desk, spoil: Callable[[Path], None], code: str, file: str) -> None:
    fill(desk.folder)
    (desk.folder / "articles").rename(desk.folder / "moved")
    spoil(desk.folder)
    found = places(desk.told_again())
    assert (code, file, None, None) in found
    assert {each[0] for each in found} == {code, "article-missing"}


def test_links_lead_nowhere_outside(desk: Desk, tmp_path: Path) -> None:
    fill(desk.folder)
    place = desk.folder / "articles"
    (tmp_path / "secret.yaml").write_text(SHAKAI, encoding="utf-8")
    (place / "shakai.yaml").unlink()
    (place / "shakai.yaml").symlink_to(tmp_path / "secret.yaml")
    (place / "nishin.yaml").rename(place / ".nishin.yaml")
    (place / "nishin.yaml").symlink_to(".nishin.yaml")
    (place / "gone.yaml").symlink_to("nothing")
    os.mkfifo(place / "pipe.yaml")
    (place / "2027").mkdir()
    (place / "2027" / "spring.yaml").write_text(SHAKAI, encoding="utf-8")
    assert {each[:2] for each in places(desk.told_again())} == {
        ("article-outside", "articles/shakai.yaml"),
        ("manuscript-missing", "articles/gone.yaml"),
        ("article-nowhere", "articles/gone.yaml"),
        ("manuscript-missing", "articles/pipe.yaml"),
        ("article-nowhere", "articles/pipe.yaml"),
        ("article-file-name", "articles/2027"),
    }


@pytest.mark.parametrize("line", LINES, ids=[each[:30] for each in LINES])
def test_whatever_stands_for_an_article_is_told(desk: Desk, line: str) -> None:
    first, *more = line.split("\n")
    deeper = "\n".join((first, *(f"  {each}" for each in more)))
    for issue in (
        ISSUE.replace("  - shakai", f"  - {deeper}"),
        ISSUE.replace("id: radio", f"id: {deeper}"),
        ISSUE.replace("kind: notice", f"kind: {deeper}"),
        ISSUE[: ISSUE.index("articles:")] + f"articles: {line}\nask: 市民課\n",
    ):
        found = desk.told(issue)
        assert found or (line in ("x", "true") and "id: " + line in issue)  # an id like others
        assert all(each.hint and each.where.file for each in found)
    for text in (SHAKAI.replace("kind: notice", f"kind: {line}"), f"id: {line}\n{SHAKAI}", line):
        found = desk.told(articles={**ARTICLES, "shakai": text})
        assert f"{PLACE}/articles/shakai.yaml" in {each.where.file for each in found}
        assert "article-missing" not in {each.code for each in found}


def test_articles_stand_in_several_places_of_an_issue(desk: Desk) -> None:
    two = FRONT.replace("  articles:", "  main: {type: articles, title: 特集, of: [feature], most: 1}\n  articles:")
    file = desk.root / "layouts" / "_kinds" / "monthly" / "kind.yaml"
    file.write_text(two.replace("of: [notice, feature]", "of: [notice], least: 0"), encoding="utf-8")
    head = ISSUE[: ISSUE.index("articles:")]
    checked = desk.checked(f"{head}ask: {{department: 市民課}}\narticles: [shakai]\nmain: [nishin]\n")
    assert [each.key for each in articles_of(checked.issue)] == ["top", "nishin", "shakai", "ask"]
    assert (
        desk.checked(
            f"{head}ask: {{department: 市民課}}\nmain: [nishin]\n", {"nishin": ARTICLES["nishin"]}
        ).issue.articles
        == ()
    )
    found = desk.told(f"{head}ask: {{department: 市民課}}\narticles: [nishin]\nmain: [shakai, nishin]\n")
    assert {(each.code, each.where.field) for each in found} >= {
        ("article-twice", "articles.0"),
        ("article-kind", "shakai:kind"),
    }
    more = {"nishin": ARTICLES["nishin"], "again": ARTICLES["nishin"]}
    found = desk.told(f"{head}ask: {{department: 市民課}}\nmain: [nishin, again]\n", more)
    assert (found[0].code, found[0].where.field) == ("wrong-count", "main")


def test_a_kind_without_articles_says_that_a_file_is_read_by_nobody(desk: Desk) -> None:
    file = desk.root / "layouts" / "_kinds" / "monthly" / "kind.yaml"
    lines = FRONT.splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "type: articles" not in line), encoding="utf-8")
    checked = desk.checked(f"{ISSUE[: ISSUE.index('articles:')]}ask: {{department: 市民課}}\n", {"shakai": SHAKAI})
    assert places(checked.findings) == [("article-nowhere", "articles/shakai.yaml", 1, "shakai:")]
    assert "issue.yaml に書いて" in checked.findings[0].hint


def test_an_id_that_another_article_has_is_told(desk: Desk) -> None:
    checked = desk.checked(ISSUE.replace("- shakai", "- top"), {"top": SHAKAI, "nishin": ARTICLES["nishin"]})
    (found,) = keys_twice(checked.issue, checked.tree)
    assert places([found]) == [("id-twice", "articles/top.yaml", 1, "top:")]
    assert keys_twice(desk.checked().issue, checked.tree) == ()


def test_its_outline_says_the_kinds_of_its_articles(desk: Desk) -> None:
    parts = [part for part in outline(desk.checked().issue).parts if part.listed and part.field.startswith("articles")]
    assert [(part.field, part.label, part.words) for part in parts] == [
        ("articles.0", "お知らせ", "国民年金の届け出"),
        ("articles.1", "お知らせ", "防災無線の試験"),
        ("articles.2", "特集", "鰊がきた町"),
    ]


def test_two_hundred_articles_are_read_in_a_moment(desk: Desk) -> None:
    names = [f"a-{number}" for number in range(200)]
    issue = ISSUE[: ISSUE.index("  - shakai")] + "".join(f"  - {name}\n" for name in names) + "ask: 市民課\n"
    began = time.process_time()
    found = desk.told(issue, dict.fromkeys(names, SHAKAI.replace("42-1803", "電話")))
    assert len(found) == 101  # a hundred, and a word that there are more
    assert [each.where.file for each in found[:2]] == [f"{PLACE}/issue.yaml", f"{PLACE}/articles/a-0.yaml"]
    assert time.process_time() - began < 5


LEAD, HEADING = "role: lead}", "fields:\n  heading"
GROUP = "  more: {type: group, name: More, article: more, fields: {x: {type: articles, of: [notice]}}}"
IN_ARTICLE = "  more: {type: articles, of: [notice]}\n  lead:"
KINDS = {
    "no such kind": (FRONT, "notice, feature", "notise, feature", "unknown-kind", 10, "fields.articles.of.0"),
    "a kind of issue": (FRONT, "notice, feature", "notice, monthly", "unknown-kind", 10, "fields.articles.of.1"),
    "in a group": (FRONT, LEAD, f"{LEAD}\n{GROUP}", "kind-broken", 10, "fields.more.fields.x"),
    "in an article": (FEATURE, "  lead:", IN_ARTICLE, "kind-broken", 5, "fields.more"),
    "an article in it": (FEATURE, LEAD, "role: lead, article: lead}", "kind-broken", 5, "fields.lead.article"),
    "a cover": (FEATURE, HEADING, f"cover: {{id: a, of: [lead]}}\n{HEADING}", "kind-broken", 3, "cover"),
}


@pytest.mark.parametrize(("text", "old", "new", "code", "line", "field"), KINDS.values(), ids=KINDS)
def test_a_kind_with_articles_that_are_none_is_told_to_the_designer(
    desk: Desk, text: str, old: str, new: str, code: str, line: int, field: str
) -> None:
    assert old in text
    name = "monthly" if text is FRONT else "feature"
    file = desk.root / "layouts" / "_kinds" / name / "kind.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        kind_called("monthly", desk.root / "layouts", desk.root)
    found = next(each for each in refused.value.findings if each.where.field == field)
    assert (found.code, found.where.line, found.where.field) == (code, line, field)
    assert found.where.file == f"layouts/_kinds/{name}/kind.yaml"
