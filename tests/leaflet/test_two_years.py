"""The leaflet of 2013 beside the sample of 2012, which was written to be compared with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.archive.test_compare import kinds
from tests.conftest import Koho
from tests.repository_kinds import POLICY_LEAFLET

from koho_pdf.archive.bags.record import Article, Record, record_bytes
from koho_pdf.archive.compare.comparison import as_text, comparison
from koho_pdf.archive.compare.pairs import compare, told
from koho_pdf.archive.compare.two_issues import side_of
from koho_pdf.content.check import check
from koho_pdf.content.outline import Part, outline
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.reader import read
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

OLD, NEW = "2012-policy-leaflet", "2013-policy-leaflet"
REPOSITORY = Path(__file__).parents[2]


def leaflet(name: str) -> Any:
    folder = REPOSITORY / "content" / name
    tree = read(folder / "issue.yaml", REPOSITORY)
    return check(tree, POLICY_LEAFLET, folder=folder, layouts=["policy-leaflet"]).issue


def test_an_outline_holds_every_printed_word_of_the_leaflet() -> None:
    def words(part: Part) -> Iterator[str]:
        yield part.words
        for each in part.parts:
            yield from words(each)

    issue = leaflet(NEW)
    held = set(words(outline(issue)))
    printed = {text for article in articles_of(issue) for text in (*article.paragraphs, *article.above)}
    assert {text for text in printed if text.removeprefix("☎") not in held} == set()
    assert len(printed) > 30


def test_two_years_of_the_leaflet() -> None:
    """What the sample of 2012 was written for: one initiative dropped, one new, one from another pillar, and so on."""
    found = [
        (kinds(pair), pair.old.field if pair.old else "", pair.new.field if pair.new else "")
        for pair in told(compare(outline(leaflet(OLD)), outline(leaflet(NEW))))
    ]
    assert [each for each in found if each[0] != "reworded"] == [
        ("dropped", "pillars.0.initiatives.0.table", ""),
        ("moved reworded", "pillars.1.initiatives.2.policies.2", "pillars.1.initiatives.0.policies.1"),
        ("moved", "pillars.1.initiatives.2", "pillars.1.initiatives.1"),
        ("added", "", "pillars.1.initiatives.1.policies.2"),
        ("moved", "pillars.1.initiatives.0.policies.1", "pillars.1.initiatives.2.policies.0"),
        ("dropped", "pillars.2.initiatives.2", ""),
        ("moved", "pillars.3.initiatives.1", "pillars.2.initiatives.2"),
        ("added", "", "pillars.3.initiatives.1"),
    ]
    reworded = {new for kind, _, new in found if kind == "reworded"}
    assert {"title", "catchphrase", "pillars.2", "pillars.0.initiatives.1", "closing.1"} <= reworded
    assert reworded.isdisjoint({"pillars.0", "principles", "contact.telephone", "pillars.0.initiatives.1.policies.0"})


def test_the_sample_year_is_printed_without_findings_and_says_on_paper_that_it_is_none(home: Path) -> None:
    city = open_workspace(REPOSITORY)
    made = build(city.content / OLD, city, ("screen",))
    assert made.findings == ()
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        assert "見本" in str(pdf.docinfo["/Title"])
        assert len(pdf.pages) == 4
    assert leaflet(OLD).title.plain.startswith("（見本）")
    assert "見本で、実在しません" in leaflet(OLD).lead.plain


def test_the_command_tells_it_as_text(koho: Koho) -> None:
    done = koho("-C", str(REPOSITORY), "archive", "compare", OLD, NEW)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"{OLD}（2012年4月1日） → {NEW}（2013年4月1日）"
    assert lines[1] == "追加2・削除2・移動4・言い換え19。"
    assert "柱［言い換え］ [-子どもたちの夢が-]{+子どもたちの夢と可能性が+}育つまちづくり" in lines
    assert "  取組［削除］ 本に親しむ読書の取組" in lines
    assert "  取組［移動］ 子どもたちの健やかな体を育てる取組（元は柱「健康で笑顔あふれるまちづくり」の2番目）" in lines
    assert "  取組［移動］ 都市機能の充実（元は3番目）" in lines
    assert "政策調整課" not in done.stdout


def test_the_command_tells_it_as_json(koho: Koho) -> None:
    found = json.loads(koho("-C", str(REPOSITORY), "archive", "compare", OLD, NEW, "--json").stdout)
    assert found["counts"] == {"added": 2, "dropped": 2, "moved": 4, "reworded": 19}
    assert len(found["changes"]) == 26
    table, dropped = (each for each in found["changes"] if each["change"] == ["dropped"])
    assert (table["old"]["words"], table["new"]) == ("おもな事業と予算額（見本）", None)
    assert (dropped["old"]["words"], dropped["new"]) == ("本に親しむ読書の取組", None)


def test_an_issue_and_itself_have_nothing_to_tell(koho: Koho) -> None:
    done = koho("-C", str(REPOSITORY), "archive", "compare", NEW, NEW)
    assert done.stdout.splitlines()[1:] == ["違いはありません。"]


def test_what_is_for_print_alone_is_compared_nowhere(workspace: Path, koho: Koho) -> None:
    manuscript = workspace / "content" / NEW / "issue.yaml"
    text = manuscript.read_text(encoding="utf-8")
    sentence = "新しいごみ処理施設の供用開始を受け、円滑なごみ分別への移行に努めます。"
    assert f"- {sentence}\n" in text
    marked = f"- {{text: {sentence}, media: [print]}}\n"
    manuscript.write_text(text.replace(f"- {sentence}\n", marked), encoding="utf-8")
    page = workspace / "page.html"
    for more in ((), ("--json",), ("--page", str(page))):
        done = koho("-C", str(workspace), "archive", "compare", OLD, NEW, *more)
        assert (done.returncode, done.stderr) == (0, "")
        assert "供用開始" not in done.stdout
    assert "供用開始" not in page.read_text(encoding="utf-8")
    assert "都市機能の充実" in page.read_text(encoding="utf-8")


def test_what_the_archive_holds_only_as_a_record_is_compared_by_articles(workspace: Path) -> None:
    old = workspace / "archive" / "koho-0900"
    article = Article("産業振興の取組", "経済界との連携を強めます。\n雇用の確保を図ります。", 1)
    record = Record("koho-0900", 900, CalendarDate.parse("2012-04-01").day, "広報", "koho", (article,), 4)
    (old / "data").mkdir(parents=True)
    (old / "data" / "record.json").write_bytes(record_bytes(record))
    sides = [side_of(name, workspace / "archive", workspace) for name in ("koho-0900", NEW)]
    compared = comparison(*sides)
    assert not compared.by_structure
    assert "  段落［削除］ 雇用の確保を図ります。" in as_text(compared).splitlines()
    assert "記事ごとに比べました" in as_text(compared)


def test_the_manuscript_of_a_bag_comes_before_that_of_today(workspace: Path) -> None:
    source = workspace / "archive" / NEW / "data" / "print" / "source"
    source.mkdir(parents=True)
    (workspace / "layouts").rename(source / "layouts")
    (workspace / "content").rename(source / "content")
    for other in (source / "content").iterdir():
        if other.name != NEW:
            shutil.rmtree(other)
    side = side_of(NEW, workspace / "archive", workspace)
    assert (side.kind, side.title) == ("policy-leaflet", "平成25年度 市政執行の重点的な取組")
    assert side.structure is not None


@pytest.mark.parametrize("name", ["2014-policy-leaflet", "../content/2013-policy-leaflet", ""])
def test_an_issue_that_is_not_there_is_told_with_those_that_are(name: str, koho: Koho) -> None:
    done = koho("-C", str(REPOSITORY), "archive", "compare", OLD, name)
    assert done.returncode == 64
    assert "(no-issue)" in done.stderr
    assert NEW in done.stderr


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path, koho: Koho) -> None:
    done = koho("-C", str(REPOSITORY), "archive", "compare", OLD, NEW, "--page", str(tmp_path / "none" / "a.html"))
    assert (done.returncode, done.stdout) == (5, "")
    assert "(not-written)" in done.stderr
    assert list(tmp_path.iterdir()) == []
