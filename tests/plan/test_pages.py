"""Planned pages, from the manuscript to the finished files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from tests.conftest import Koho
from tests.plan.paper import NAME, issue, make, notice

from koho_pdf.archive.bags.bag import held
from koho_pdf.cli.fit_table import fit_table
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.pipeline import build, look
from koho_pdf.workspace.workspace import open_workspace

LINE = 7.0  # mm: 28 H
IDS = [f"n{number}" for number in range(1, 15)]
NOTICES = {id_: notice(number, 10 + 11 * number % 40) for number, id_ in enumerate(IDS, 1)}
FEATURE = (
    "kind: feature\nheading: 鰊がきた町\nlead: 百年前の春の話です。\nparts:\n"
    + "".join(f"  - heading: その{n}\n    body: {'海が白くなりました。' * 20}\n" for n in range(1, 6))
)  # fmt: skip
ARTICLES = {**NOTICES, "nishin": FEATURE}
PAGES = ("cover", f"notices: {{main: [{', '.join(IDS)}]}}", "{page: feature, main: [nishin]}")


@pytest.fixture(scope="module", params=[("horizontal", 2), ("horizontal", 3), ("horizontal", 4), ("vertical", 4)])
def built(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, bytes]]:
    """The issue with its notices in so many columns, in the editions with pages."""
    direction, columns = request.param
    root = tmp_path_factory.mktemp("paper")
    folder = make(root, ARTICLES, PAGES, columns=columns, depth=250, direction=direction)
    made = build(folder, open_workspace(root), ("print", "screen"))
    assert {each.code for each in made.findings} == {"page-multiple"}
    return root, dict(made.files)


def lines_on(pdf: bytes, page: int) -> list[tuple[str, float, float]]:
    """The characters of a page, each with its place in mm from the left and the top."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page - 1]
    words = sheet.get_textpage()
    found = []
    for number in range(words.count_chars()):
        left, bottom, right, top = words.get_charbox(number, loose=True)
        if (said := words.get_text_range(number, 1)).strip():
            middle = sheet.get_height() - (top + bottom) / 2
            found.append((said, (left + right) / 2 / 72 * 25.4, middle / 72 * 25.4))
    return found


def test_every_line_of_the_notices_stands_on_the_grid(built: tuple[Path, dict[str, bytes]]) -> None:
    vertical = "direction: vertical" in (built[0] / "layouts/monthly/layout.yaml").read_text(encoding="utf-8")
    kanji = [each for each in lines_on(built[1]["screen.pdf"], 2) if "\u4e00" <= each[0] <= "\u9fff"]
    offsets = {round((195 - x if vertical else y - 30) % LINE, 1) for _, x, y in kanji}
    assert len(kanji) > 150
    assert max(offsets) - min(offsets) < 0.3, offsets


def test_no_article_is_divided_and_all_are_there(built: tuple[Path, dict[str, bytes]]) -> None:
    fields = json.loads(built[1]["map.json"])["fields"]
    for edition in ("print", "screen"):
        places = [(each["field"], each["page"]) for each in fields if each["edition"] == edition]
        for id_ in IDS:
            of = [page for field, page in places if field.startswith(f"{id_}:")]
            assert of
            assert set(of) == {2}
        assert {page for field, page in places if field.startswith("nishin:")} == {3}


def test_the_map_tells_how_full_a_region_is_and_what_is_left(built: tuple[Path, dict[str, bytes]]) -> None:
    notices, feature = json.loads(built[1]["map.json"])["regions"]
    assert (notices["page"], notices["type"], notices["region"], notices["lines_over"]) == (2, "notices", "main", 0)
    assert [each["article"] for each in notices["articles"]] == IDS
    assert sum(each["lines"] for each in notices["articles"]) < notices["lines_used"] <= notices["lines"]
    assert all(each["left"] > 20 for each in notices["articles"])
    assert (feature["page"], feature["articles"][0]["article"]) == (3, "nishin")


def test_contents_and_folios_are_words_of_the_plan(built: tuple[Path, dict[str, bytes]]) -> None:
    document = pypdfium2.PdfDocument(built[1]["screen.pdf"])
    texts = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    assert len(texts) == 3
    assert "お知らせの14番2ページ" in texts[0].replace(" ", "").replace("\r\n", "")
    assert "鰊がきた町3ページ" in texts[0].replace(" ", "").replace("\r\n", "")
    folios = [(said, x) for number in (2, 3) for said, x, y in lines_on(built[1]["screen.pdf"], number) if y > 283]
    assert [(said, x < 105) for said, x in folios] == [("2", True), ("3", False)]


def test_text_runs_on_from_column_to_column(built: tuple[Path, dict[str, bytes]]) -> None:
    lefts = {int((x - 15) // 62) for said, x, y in lines_on(built[1]["screen.pdf"], 3) if y < 270}
    assert lefts == {0, 1, 2}


def refused(root: Path, pages: list[str], articles: dict[str, str] = ARTICLES, depth: int = 250) -> list[Finding]:
    folder = make(root, articles, pages, columns=1 if depth < 100 else 3, depth=depth)
    with pytest.raises(KohoError) as fault:
        build(folder, open_workspace(root), ("screen",))
    return list(fault.value.findings)


def folder_of(root: Path) -> Path:
    return root / "content" / NAME


def test_what_does_not_fit_is_told_in_lines_and_still_shown(home: Path, tmp_path: Path) -> None:
    pages = ["notices: {main: [n1, n2]}"]
    two = {"n1": notice(1, 90), "n2": notice(2, 90)}  # 42 characters a line: 1 + 3 lines each, and one between
    found = next(each for each in refused(tmp_path, pages, two, depth=35) if each.code == "region-overset")
    assert (found.where.file, "4行超過" in found.message) == (f"content/{NAME}/articles/n2.yaml", True), found
    table = list[str]()
    with pytest.raises(KohoError):
        build(
            folder_of(tmp_path),
            open_workspace(tmp_path),
            ("screen",),
            fit=lambda fit: table.extend(fit_table(fit.regions, ())),
        )
    assert table == [
        "1ページ 暮らしの情報 main: 5行のうち9行、4行超過",
        "  記事  行数  文字",
        "  n1     4行    —",
        "  n2     4行    —",
    ]
    pictures, told = look(tmp_path / "content" / NAME, open_workspace(tmp_path))
    assert (len(pictures), [each.code for each in told]) == (1, ["region-overset"])


@pytest.mark.parametrize(
    ("pages", "code", "line"),
    [
        (["covr"], "plan-page-unknown", 5),
        (["cover", "notices: {mian: [n1]}"], "plan-region-unknown", 6),
        (["cover", "notices: {main: [nishin]}"], "plan-kind-not-here", 6),
        (["cover", "notices: {main: n1}"], "plan-not-understood", 6),
        (["cover", "[n1]"], "plan-not-understood", 6),
        (["cover", "notices: {main: [n1, n1]}"], "article-twice", 6),
        (["cover", "notices: {main: [n99]}"], "article-missing", 6),
        (["cover", "notices: {main: [{kind: notice, heading: あ}]}"], "missing-field", 6),
    ],
)
def test_a_slip_of_the_plan_is_told_where_it_stands(
    home: Path, tmp_path: Path, pages: list[str], code: str, line: int
) -> None:
    found = [each for each in refused(tmp_path, pages) if each.code == code]
    assert [(each.where.file, each.where.line) for each in found] == [(f"content/{NAME}/issue.yaml", line)]


def test_an_article_written_out_in_the_plan_is_the_same_as_one_in_a_file(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path, {"n1": notice(1, 40), "n2": notice(2, 40)}, ["cover", "notices: {main: [n1, n2]}"])
    workspace = open_workspace(tmp_path)
    first = build(folder, workspace, ("screen", "web"))
    body = notice(2, 40).partition("body: ")[2].strip()
    inside = f"notices: {{main: [n1, {{id: n2, kind: notice, heading: お知らせの2番, body: {body}}}]}}"
    (folder / "articles" / "n2.yaml").unlink()
    (folder / "issue.yaml").write_text(issue(["cover", inside]), encoding="utf-8")
    second = build(folder, workspace, ("screen", "web"))
    assert first.files == second.files


def test_it_is_released_archived_and_made_again(home: Path, tmp_path: Path, koho: Koho) -> None:
    make(tmp_path, ARTICLES, PAGES, columns=3, depth=250)
    for command in (("release", NAME), ("archive", "add", NAME)):
        done = koho(*command, folder=tmp_path)
        assert (done.returncode, "[間違い]" in done.stderr) == (0, False), done.stderr
    before = held(tmp_path / "archive" / NAME)
    text = (tmp_path / "archive" / NAME / "data" / "text" / f"{NAME}.txt").read_text(encoding="utf-8")
    assert text.index("お知らせの1番") < text.index("お知らせの14番") < text.index("鰊がきた町")
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    assert (done.returncode, "同一です" in done.stdout) == (0, True), done.stdout + done.stderr
    assert held(tmp_path / "archive" / NAME) == before


ROLES = """\
format: 1
title: お知らせ
fields:
  heading: {type: text, title: 見出し, role: heading}
  body: {type: paragraphs, title: 本文}
  sold: {type: paragraphs, title: 広告, role: advertisement, optional: true}
  tab: {type: plain, title: 柱, role: furniture, optional: true}
  more: {type: reference, title: 関係する記事, optional: true}
"""


def test_references_contents_advertisements_and_furniture(home: Path, tmp_path: Path) -> None:
    """A page names the number of another page; other editions name its heading; furniture stands only on pages."""
    articles = {
        "n1": notice(1, 40) + "more: n2\nsold: 港の魚屋です。\ntab: くらし\n",
        "n2": notice(2, 40),
        "n3": notice(3, 40),
    }
    folder = make(tmp_path, articles, ["cover", "notices: {main: [n1]}", "notices: {main: [n2, n3]}", "cover"])
    workspace = open_workspace(tmp_path)
    kinds = workspace.layouts / "_kinds"
    (kinds / "notice" / "kind.yaml").write_text(ROLES, encoding="utf-8")
    front = (kinds / "monthly" / "kind.yaml").read_text(encoding="utf-8")
    front = front.replace("  ask:", "  index: {type: contents, title: 目次}\n  ask:")
    (kinds / "monthly" / "kind.yaml").write_text(front, encoding="utf-8")
    (kinds / "notice" / "article.html").write_text(
        '{% from "blocks.html" import blocks with context %}<h2 data-field="{{ article.heading.field }}">'
        '{{ article.heading|inline }}</h2>{% if edition in ("print", "screen") and article.tab %}'
        '<p class="tab">{{ article.tab }}</p>{% endif %}{{ blocks(told.blocks, depth + 1) }}',
        encoding="utf-8",
    )
    with (folder / "issue.yaml").open("a", encoding="utf-8") as file:
        file.write("index: [n3, n1]\n")
    made = build(folder, workspace, ("print", "screen", "web", "large", "text", "data"))
    document = pypdfium2.PdfDocument(made.files["screen.pdf"])
    texts = [document[number].get_textpage().get_text_range().replace("\r\n", "") for number in range(4)]
    assert "→ 3ページ" in texts[1]
    assert "くらし" in texts[1]
    assert texts[0].index("お知らせの3番") < texts[0].index("お知らせの1番")
    assert "お知らせの2番" not in texts[0]
    page = made.files["web/index.html"].decode()
    assert '→ <a href="articles/n2.html">お知らせの2番</a>' in page
    assert 'class="advertisement" aria-label="広告"' in page
    assert '→ <a href="n2.html">お知らせの2番</a>' in made.files["web/articles/n1.html"].decode()
    text = made.files[f"text/{NAME}.txt"].decode("utf-8")
    assert "お知らせの2番の記事、3ページもどうぞ" in text
    assert text.index("〔広告〕") < text.index("港の魚屋です。") < text.index("〔広告終わり〕")
    assert "くらし" not in page + text


def test_a_reference_to_no_article_is_told_with_the_nearest(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path, {"n1": notice(1, 40) + "more: n9\n"}, ["cover", "notices: {main: [n1]}"])
    workspace = open_workspace(tmp_path)
    (workspace.layouts / "_kinds" / "notice" / "kind.yaml").write_text(ROLES, encoding="utf-8")
    with pytest.raises(KohoError) as fault:
        build(folder, workspace, ("screen",))
    (found,) = fault.value.findings
    assert (found.code, found.where.file, found.where.line, "n1" in found.hint) == (
        "reference-unknown", f"content/{NAME}/articles/n1.yaml", 4, True,
    )  # fmt: skip


def test_a_reference_to_an_article_without_a_page_stops_a_build(home: Path, tmp_path: Path) -> None:
    folder = make(
        tmp_path, {"n1": notice(1, 40) + "more: n2\n", "n2": notice(2, 40)}, ["cover", "notices: {main: [n1]}"]
    )
    workspace = open_workspace(tmp_path)
    (workspace.layouts / "_kinds" / "notice" / "kind.yaml").write_text(ROLES, encoding="utf-8")
    with pytest.raises(KohoError) as fault:
        build(folder, workspace, ("screen",))
    found = [each for each in fault.value.findings if each.code == "reference-nowhere"]
    assert [(each.where.line, "n2" in each.hint) for each in found] == [(4, True)]


def test_an_article_on_no_page_is_told_once_unless_it_says_why(home: Path, tmp_path: Path) -> None:
    """With ``unplaced`` it stands on no page and in every other edition; on a page it is a contradiction."""
    pages, listed = ["cover", "notices: {main: [n1]}"], "articles: [n2]\n"
    folder = make(tmp_path, {"n1": notice(1, 40), "n2": notice(2, 40)}, pages)
    (folder / "issue.yaml").write_text(issue(pages) + listed, encoding="utf-8")
    workspace = open_workspace(tmp_path)
    editions = ("screen", "web", "text", "data")
    with pytest.raises(KohoError) as fault:
        build(folder, workspace, editions)
    (found,) = fault.value.findings
    assert (found.code, found.where.file) == ("article-on-no-page", f"content/{NAME}/articles/n2.yaml")
    kept = notice(2, 40) + "unplaced: ウェブだけに載せる\n"
    (folder / "articles" / "n2.yaml").write_text(kept, encoding="utf-8")
    made = build(folder, workspace, editions)
    assert made.findings == ()
    with pypdfium2.PdfDocument(made.files["screen.pdf"]) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert ("お知らせの1番" in words, "お知らせの2番" in words, "ウェブだけ" in words) == (True, False, False)
    for file in ("web/index.html", "web/articles/n2.html", f"text/{NAME}.txt", "data/issue.json"):
        text = re.sub(r"<[^>]*>", "", made.files[file].decode())
        assert ("お知らせの2番" in text, "ウェブだけ" in text) == (True, False), file
    (folder / "issue.yaml").write_text(issue(["cover", "notices: {main: [n1, n2]}"]), encoding="utf-8")
    (twice,) = build(folder, workspace, ("screen",)).findings
    assert (twice.code, twice.where.line) == ("article-on-a-page", kept.count("\n"))
