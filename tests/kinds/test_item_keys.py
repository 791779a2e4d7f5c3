"""The keys of any article on articles that are groups of the issue: items of a list, groups, sections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from tests.conftest import swap
from tests.kinds import quiz

from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import check
from koho_pdf.content.issue import Issue
from koho_pdf.content.outline import outline
from koho_pdf.content.public import public, public_manuscript
from koho_pdf.content.schema import json_schema
from koho_pdf.content.unplaced import on_pages
from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.kinds.kind_file import read_kind
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.pipeline import Build
from koho_pdf.release import releasing

SEA = "  - name: 海の回\n"
KEYS_OF_SECTION = """\
    department: 水産課
    importance: high
    readings: {日本海: にほんかい}
    source: 留萌の海ガイド
"""
HINT = "        hint: 日本海の西を向いています。\n"
KEYS = """\
        department: {department: 観光課, telephone: 42-1840}
        deadline: 7月20日(火)
        importance: low
        readings: {黄金岬: おうごんみさき}
        plain: |
          {海|うみ}に {沈|しず}む 日が 見えます。
        source: 黄金岬の案内板
"""
HERRING = "      - id: herring\n"
RULES = "rules:\n  until: 令和9年7月31日\n"
MANUSCRIPT = (
    quiz.MANUSCRIPT.replace(SEA, SEA + KEYS_OF_SECTION)
    .replace(HINT, HINT + KEYS)
    .replace(HERRING, f"{HERRING}        unplaced: ウェブだけで出す\n")
    .replace(RULES, f"{RULES}  plain: 7月までに {{送|おく}}って ください。\n  source: 広報\n  section: 応募\n")
)
DEPARTMENTS = "\ndepartments:\n  水産課: {section: 振興係, telephone: 42-1841}\n"


def changed(root: Path, manuscript: str = MANUSCRIPT) -> Path:
    folder = quiz.make(root, manuscript)
    with (root / "koho.yaml").open("a", encoding="utf-8") as file:
        file.write(DEPARTMENTS)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, proved: Callable[..., Build]) -> Build:
    root = tmp_path_factory.mktemp("keys")
    changed(root)
    # One layout says where they stand on the web page; what it does not say follows at its end.
    swap(root / "layouts/quiz/web.html", "{% endfor %}{% endfor %}", "{{ off_page(each) }}{% endfor %}{% endfor %}")
    build: Build = proved(root, quiz.NAME, ("print", "screen", "web", "large", "text", "data"))
    assert build.findings == ()
    return build


def words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_pages_show_none_of_them_and_leave_out_what_is_unplaced(made: Build) -> None:
    for pdf in ("print.pdf", "screen.pdf"):
        said = words(made.files[pdf])
        assert "黄金岬で見られるのは" in said
        assert "昔よくとれた魚" not in said, "an article that says why it stands on no page"
        assert not any(each in said for each in ("やさしい日本語", "出典", "観光課", "ウェブだけ", "応募", "7月20日"))


def test_the_web_shows_them_where_the_template_says_and_else_at_its_end(made: Build) -> None:
    page = made.files["web/index.html"].decode()
    cape, herring, town, end = (page.index(each) for each in ("黄金岬で", "昔よくとれた魚", "まちの回", "</body>"))
    assert cape < page.index("出典：黄金岬の案内板") < herring
    assert page.index("やさしい</span>") < herring, "each once"
    assert herring < page.index("出典：留萌の海ガイド") < town, "what a section says follows its last article"
    assert town < page.index("ください") < page.index("出典：広報") < end
    assert page.count("ください") == page.count("出典：黄金岬") == page.count("出典：留萌の海") == 1
    one = made.files["web/articles/round-1-1.html"].decode()
    assert "出典：黄金岬の案内板" in one
    assert "観光課" in one


def test_they_are_heard_and_stand_in_large_print(made: Build) -> None:
    text = made.files[f"text/{quiz.NAME}.txt"].decode()
    body = text[text.index("〔目次終わり〕") :]
    assert "黄金岬（おうごんみさき）で" in body, "a reading of this article"
    assert "日本海（にほんかい）の西" in body, "a reading of its section"
    assert "昔よくとれた魚は何ですか" in body
    assert body.index("出典：黄金岬の案内板") < body.index("昔よくとれた魚") < body.index("出典：留萌の海ガイド")
    assert "〔大見出し〕応募" in body
    large = words(made.files["large.pdf"])
    assert "出典：黄金岬の案内板" in large
    assert "昔よくとれた魚は何ですか" in large


def test_programs_and_the_archive_are_told_them(made: Build) -> None:
    told = {each["key"]: each for each in json.loads(made.files["data/issue.json"])["articles"]}
    cape, herring, tree, rules = (told[key] for key in ("round-1-1", "herring", "round-2-1", "rules"))
    assert (cape["department"], cape["importance"], cape["deadline"]) == ("観光課", "low", "2027-07-20")
    assert cape["source"] == "黄金岬の案内板"
    assert cape["plain"] == ["海に 沈む 日が 見えます。"]
    assert (herring["department"], herring["importance"]) == ("水産課　振興係", "high"), "what its section says"
    assert herring["source"] == "留萌の海ガイド"
    assert not {"importance", "source", "contact"} & tree.keys()
    assert tree["department"] == "広報担当"
    assert rules["above"] == ["応募"]
    assert not any("出典" in each for each in (*cape["paragraphs"], *herring["paragraphs"]))
    record = {each.key: each for each in releasing._record(made, quiz.NAME, {}).articles}
    assert (record["round-1-1"].department, record["round-1-1"].deadline) == ("観光課", "2027-07-20")
    assert set(record["round-1-1"].readings.split()) == {"おうごんみさき", "にほんかい", "うみ", "しず"}
    assert (record["herring"].importance, record["herring"].page) == ("high", record["round-1-1"].page)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("checked")
    changed(root)
    return root


def checked(root: Path, manuscript: str = MANUSCRIPT) -> Issue:
    from koho_pdf.workspace.workspace import open_workspace

    folder = root / "content" / quiz.NAME
    (folder / "issue.yaml").write_text(manuscript, encoding="utf-8")
    model = kind_called("quiz", root / "layouts", root).model
    departments = open_workspace(root).city.departments
    tree = read_issue(folder, root)
    return check(tree, model, folder=folder, layouts=["quiz"], departments=departments).issue


def told(root: Path, manuscript: str) -> tuple[Finding, ...]:
    with pytest.raises(ManuscriptError) as refused:
        checked(root, manuscript)
    return refused.value.findings


def test_written_back_they_read_the_same(root: Path) -> None:
    issue = checked(root)
    again = checked(root, public_manuscript(issue))
    assert [(each.about, each.paragraphs) for each in articles_of(issue)] == [
        (each.about, each.paragraphs) for each in articles_of(again)
    ]
    assert public_manuscript(on_pages(again)) == public_manuscript(on_pages(issue)) != public_manuscript(issue)


def test_what_is_for_print_alone_goes_with_its_keys(root: Path) -> None:
    issue: Any = checked(root, MANUSCRIPT.replace("        deadline: 7", "        media: [print]\n        deadline: 7"))
    by_key = {each.key: each for each in articles_of(public(issue))}
    assert "round-1-1" not in by_key
    assert "黄金岬の案内板" not in public_manuscript(issue)
    assert by_key["herring"].about.source == "留萌の海ガイド"
    one = checked(root, MANUSCRIPT.replace("source: 黄金岬の案内板", "source: {text: 内部の案内, media: [print]}"))
    assert "内部の案内" not in public_manuscript(one)


def test_a_section_that_is_off_the_pages_takes_its_articles_with_it(root: Path) -> None:
    issue: Any = checked(root, MANUSCRIPT.replace("    importance: high\n", "    unplaced: 次の号で\n"))
    left: Any = on_pages(issue)
    assert [each.name.plain for each in left.rounds] == ["まちの回"]


def test_two_issues_are_compared_by_their_words_alone(root: Path) -> None:
    labels = {each.label for part in outline(checked(root)).parts for one in part.parts for each in (one, *one.parts)}
    assert "出典" in labels
    assert not labels & {"担当課", "期限", "大事さ", "読み", "載せない理由"}


def test_every_mistake_in_them_is_told_at_once_with_its_line(root: Path) -> None:
    wrong = (
        "        department: 税務課\n        importance: 高\n        deadline: いつか\n        readings: {礼受: 礼受}\n"
        "        plain: '{年金|'\n        source: ''\n        unplaced: []\n        section: くらし\n        sorce: a\n"
    )
    found = told(root, MANUSCRIPT.replace(KEYS, wrong).replace(RULES, f"{RULES}  unplaced: 次の号で\n"))
    first = MANUSCRIPT[: MANUSCRIPT.index(KEYS)].count("\n") + 1
    at = "rounds.0.questions.0"
    assert [(each.code, each.where.line, each.where.field) for each in found[:-1]] == [
        ("unknown-department", first, f"{at}.department"),
        ("word-not-known", first + 1, f"{at}.importance"),
        ("date-not-understood", first + 2, f"{at}.deadline"),
        ("value-not-understood", first + 3, f"{at}.readings.礼受"),
        ("mark-not-closed", first + 4, f"{at}.plain.0"),
        ("empty-text", first + 5, f"{at}.source"),
        ("not-text", first + 6, f"{at}.unplaced"),
        ("unknown-field", first + 7, f"{at}.section"),  # its section is that of the kind
        ("unknown-field", first + 8, f"{at}.sorce"),
    ]
    assert "「source」" in found[-2].hint
    assert (found[-1].code, found[-1].where.field) == ("unknown-field", "rules.unplaced"), "pages need this group"


def test_a_group_that_is_no_article_has_none(root: Path) -> None:
    kind = quiz.KIND.replace("article: rules", "").replace("of: [lead, prize]", "of: [lead, prize, rules]")
    schema = json_schema(kind_of(root, "plain-rules", kind).model)
    assert "source" not in schema["definitions"]["Rules"]["properties"]
    assert "source" in schema["definitions"]["Question"]["properties"]


def test_a_group_keeps_a_field_of_its_own_with_such_a_name(root: Path) -> None:
    own = quiz.KIND.replace("{type: text, title: ヒント, optional: true, role: note}", "&hint {type: text}").replace(
        "              hint: &hint {type: text}",
        "              source: {type: text, title: 元, role: body, optional: true}",
    )
    model = kind_of(root, "own", own).model
    tree = yaml.safe_load(json.dumps(json_schema(model)))["definitions"]["Question"]["properties"]
    assert tree["source"]["title"] == "元"
    assert tree["plain"]["title"] == "やさしい日本語"


def kind_of(root: Path, name: str, text: str) -> Any:
    folder = root / "layouts" / "_kinds" / name
    folder.mkdir(exist_ok=True)
    (folder / "kind.yaml").write_text(text, encoding="utf-8")
    return read_kind(folder, root)


def test_a_group_is_known_by_its_place_whatever_its_first_key_is(root: Path) -> None:
    """Also where the first text of it stands under a name that has a dot."""
    first = HERRING.replace("id: herring", "readings: {A.B: えーびー, 鰊: にしん}\n        id: herring")
    issue: Any = checked(root, MANUSCRIPT.replace(HERRING, first))
    assert issue.rounds[0].questions[1].field == "rounds.0.questions.1"
    assert {each.key: each.about.readings for each in articles_of(issue)}["herring"]["鰊"] == "にしん"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("              hint: {type", "              hint: {article: hint, type", "fields.rounds.of.fields"),
        ("{type: list, of: text, least: 2", "{type: list, article: x, of: text, least: 2", "fields.rounds.of.fields"),
        ("fields:\n      until: {", "fields:\n      until: {article: until, ", "fields.rules.fields.until.article"),
        ("        questions:\n", "        questions:\n          section: inner\n", "fields.rounds.of.fields.questions"),
    ],
)
def test_an_article_within_an_article_is_told_to_the_designer(root: Path, old: str, new: str, where: str) -> None:
    """It would say nothing: an article is one permalink and stands in no other."""
    assert old in quiz.KIND
    with pytest.raises(LayoutError) as refused:
        kind_of(root, "nested", quiz.KIND.replace(old, new))
    (found,) = refused.value.findings
    assert found.code == "kind-broken"
    assert (found.where.field or "").startswith(where)
