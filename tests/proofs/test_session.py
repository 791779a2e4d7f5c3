"""A session: what has changed is composed, everything else is not; what depends on more than words is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from tests.plan.paper import issue, make, notice

from koho_pdf.errors import KohoError
from koho_pdf.pipeline import look
from koho_pdf.proofs.page_proof import Proof
from koho_pdf.proofs.session import Proofs
from koho_pdf.workspace.workspace import open_workspace

PLAN = ("cover", "notices: {main: [n1, n2]}", "{page: feature, main: [n3]}")
FEATURE = """\
kind: feature
heading: みなと
lead: 港の話です。
parts: [{heading: 春, body: 海が白くなりました。}]
photo: {file: port.jpg, alt: みなと}
"""


@dataclass
class Desk:
    """An issue of three pages, with a photograph on the third, and its session."""

    root: Path
    folder: Path
    proofs: Proofs

    def write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text, encoding="utf-8")

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def article(self, number: int, text: str) -> None:
        (self.folder / "articles" / f"n{number}.yaml").write_text(text, encoding="utf-8")

    def pull(self) -> Proof:
        """A round, which must be what ``koho look`` shows."""
        proof = self.proofs.pull()
        pictures, told = look(self.folder, open_workspace(self.root))
        assert [page.picture for page in proof.pages] == list(pictures)
        assert set(proof.findings) == set(told)
        return proof


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = make(tmp_path, {f"n{number}": notice(number, 20) for number in (1, 2, 3)}, PLAN, columns=2, depth=100)
    Image.new("RGB", (1200, 800), (200, 120, 40)).save(folder / "port.jpg")
    (folder / "articles" / "n3.yaml").write_text(FEATURE, encoding="utf-8")
    yield Desk(tmp_path, folder, Proofs(folder, tmp_path, "組み見本"))


def test_only_pages_that_have_changed_are_composed(desk: Desk) -> None:
    first = desk.pull()
    assert first.composed == (1, 2, 3)
    assert not first.findings
    assert desk.pull() == Proof(first.pages, first.findings, first.uses, ())
    desk.article(1, notice(1, 45))
    second = desk.pull()
    assert second.composed == (2,)
    assert [one.key != other.key for one, other in zip(first.pages, second.pages, strict=True)] == [False, True, False]
    desk.article(1, notice(1, 20))  # undone: the last round is still known
    third = desk.pull()
    assert third.composed == ()
    assert third.pages == first.pages


def test_pages_composed_while_slots_are_fitted_are_told(desk: Desk) -> None:
    slot = "slots: {words: {size: 17, line_feed: 28, chars_per_line: 9, lines: 2, fit: {tracking: 97}}}"
    contract = "layouts/monthly/layout.yaml"
    desk.write(contract, desk.read(contract).replace("slots: {}", slot))
    assert desk.proofs.pull().composed == (1, 2, 3)
    desk.article(1, notice(1, 45))
    assert desk.proofs.pull().composed == (2,)
    assert desk.proofs.pull().composed == ()


def test_an_issue_need_not_have_every_page_type(desk: Desk) -> None:
    """The style may use what only regions of other page types give; an article left out belongs into the plan."""
    contract, style = "layouts/monthly/layout.yaml", "layouts/monthly/layout.css"
    fit = "flow: columns, fit: {picture: [30, 40]}, "
    desk.write(contract, desk.read(contract).replace("flow: columns, ", fit))
    desk.write(style, desk.read(style) + "figure img { height: var(--picture-height); color: var(--nowhere) }")
    (desk.folder / "issue.yaml").write_text(issue(PLAN[:2]), encoding="utf-8")
    first, second = sorted(desk.proofs.pull().findings, key=lambda each: each.code)
    assert (first.code, second.code) == ("article-nowhere", "css-variable-unknown")
    assert "--nowhere" in second.message
    assert first.hint.startswith("載せるなら、issue.yaml の台割（pages）の領域に「n3」を")


def test_a_photograph_with_the_same_name_is_another(desk: Desk) -> None:
    first = desk.pull()
    Image.new("RGB", (1200, 800), (20, 160, 240)).save(desk.folder / "port.jpg")
    second = desk.pull()
    assert second.composed == (3,)
    assert first.pages[2].key != second.pages[2].key
    (desk.folder / "port.jpg").rename(desk.folder / "harbour.jpg")
    with_none = desk.proofs.pull()
    assert "picture-missing" in {each.code for each in with_none.findings}
    (desk.folder / "harbour.jpg").rename(desk.folder / "port.jpg")
    assert desk.pull().pages == second.pages


def test_a_taller_photograph_makes_its_article_deeper(desk: Desk) -> None:
    first = desk.pull()
    Image.new("RGB", (800, 1200), (200, 120, 40)).save(desk.folder / "port.jpg")
    second = desk.pull()
    assert second.uses[1].used > first.uses[1].used


def test_what_a_designer_changes_is_seen(desk: Desk) -> None:
    desk.pull()
    style = desk.read("layouts/monthly/layout.css")
    desk.write("layouts/monthly/layout.css", style + ".folio { font-weight: 700; font-size: 10mm }")
    assert desk.pull().composed == (1, 2, 3)
    page = desk.read("layouts/monthly/pages/cover.html")
    desk.write("layouts/monthly/pages/cover.html", page + "<p>号外</p>")
    assert desk.pull().composed == (1,)
    (desk.root / "layouts/monthly/pages/cover.html").unlink()
    with pytest.raises(KohoError):
        desk.proofs.pull()
    desk.write("layouts/monthly/pages/cover.html", page)
    assert len(desk.pull().pages) == 3


def test_findings_keep_their_lines(desk: Desk) -> None:
    """A page whose words have not changed, but whose findings have moved down."""
    long = notice(1, 20).replace("お知らせの1番", "お知らせの1番㍿𠮷𩸽")
    desk.article(1, long)
    first = desk.pull()
    desk.article(1, f"# 一月\n\n{long}")
    second = desk.pull()
    assert {each.where.line for each in first.findings if each.where.field} != {
        each.where.line for each in second.findings if each.where.field
    }


def test_more_articles_than_a_region_holds(desk: Desk) -> None:
    desk.article(2, notice(2, 1900))
    proof = desk.pull()
    assert "region-overset" in {each.code for each in proof.findings}
    desk.article(2, notice(2, 20))
    assert not desk.proofs.pull().findings


def test_pages_come_and_go(desk: Desk) -> None:
    desk.pull()
    text = desk.read(f"content/{desk.folder.name}/issue.yaml")
    (desk.folder / "issue.yaml").write_text(issue((*PLAN[:2], "notices: {main: []}", PLAN[2])), encoding="utf-8")
    assert [page.number for page in desk.pull().pages] == [1, 2, 3, 4]
    (desk.folder / "issue.yaml").write_text(text, encoding="utf-8")
    assert len(desk.pull().pages) == 3


def test_a_link_leads_to_another_page_and_a_mark_stands_once(desk: Desk) -> None:
    page = desk.read("layouts/monthly/pages/notices.html")
    desk.write("layouts/monthly/pages/notices.html", page + '<p class="folio"><a href="#page-1">表紙へ</a></p>')
    assert {each.code for each in desk.pull().findings} == {"text-near-trim"}
    desk.write("layouts/monthly/pages/notices.html", page + '<p id="mark"></p>' * 2)
    assert "anchor-twice" in {each.code for each in desk.proofs.pull().findings}
    desk.write("layouts/monthly/pages/notices.html", page + '<p><a href="#nowhere">印</a></p>')
    assert "link-to-nowhere" in {each.code for each in desk.proofs.pull().findings}


def test_a_session_does_not_grow(desk: Desk) -> None:
    """Many changes leave no more behind than a few."""
    counts = []
    for number in range(6):
        desk.article(1, notice(1, 20 + number))
        desk.proofs.pull()
        counts.append((len(desk.proofs._parts), len(desk.proofs._blocks), len(desk.proofs._warm.styles._kept)))
    assert counts[2:] == [counts[2]] * 4


def test_turned_faces_stay_until_a_page_needs_another_character(desk: Desk) -> None:
    """Beside a vertical heading, words may change without anything else being laid out or read anew."""
    style = "layouts/monthly/layout.css"
    desk.write(style, desk.read(style) + "h2, h3 { writing-mode: vertical-rl; height: 60mm; width: 10mm }\n")
    desk.pull()
    warm = desk.proofs._warm
    fonts, laid_out = warm._fonts, warm.laid_out._kept
    assert laid_out
    desk.article(1, notice(1, 45))
    desk.pull()
    assert warm._fonts is fonts, "the words of the heading are the same"
    desk.article(1, notice(1, 45).replace("お知らせ", "新しい歌"))
    desk.pull()
    assert warm._fonts is not fonts, "the turned face lacked characters"
    fonts = warm._fonts
    desk.article(1, notice(1, 45))
    desk.article(2, notice(2, 20).replace("お知らせ", "歌しい新"))
    desk.pull()
    assert warm._fonts is fonts, "it now has those of all pages"
