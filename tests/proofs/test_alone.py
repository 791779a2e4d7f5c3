"""A page composed alone is the page of the whole: the same glyphs at the same places, the same picture, fields and
findings. On every layout of the repository and on planned pages of every direction."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pypdfium2
import pytest
from tests.monthly.test_monthly import NAME, with_pages
from tests.plan import stories
from tests.plan.paper import make, notice

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.editions.edition import Of
from koho_pdf.editions.page_pictures import page_pictures
from koho_pdf.layout.galley import screen_galley
from koho_pdf.layout.unpaged import Galley
from koho_pdf.pipeline import as_looked_at, look
from koho_pdf.proofs.divided import into_pages
from koho_pdf.proofs.session import Proofs
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[2]
LAYOUTS = sorted(
    path.parent.name
    for path in (ROOT / "layouts").glob("*/layout.yaml")
    if not path.parent.name.startswith("monthly")  # below; vertical pages are as the programme's
)
FEATURE = (
    "kind: feature\nheading: 鰊がきた町\nlead: 百年前の春の話です。\nparts:\n"
    + "".join(f"  - heading: その{n}\n    body: {'海が白くなりました。' * 20}\n" for n in range(1, 4))
)  # fmt: skip


def glyphs(pdf: bytes) -> list[list[tuple[str, int, int]]]:
    """The characters of each page, each with its place in hundredths of a mm."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        words = page.get_textpage()
        found = []
        for number in range(words.count_chars()):
            left, bottom, _, _ = words.get_charbox(number, loose=True)
            found.append((words.get_text_range(number, 1), round(left / 72 * 2540), round(bottom / 72 * 2540)))
        pages.append(found)
    return pages


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_alone_is_as_in_the_whole(home: Path, name: str) -> None:
    """A layout whose pages run on is one part; of the others each page is one."""
    as_whole(ROOT / "layouts" / name / "sample", ROOT, parted=name != "specimen")


def test_a_spread_with_one_article_on_it_is_one_part(home: Path, tmp_path: Path) -> None:
    pages = "  - feature: {main: [herring]}\n  - feature-on\n  - back: {column: [mayor]}"
    city = with_pages(tmp_path / "city", pages)
    folder = city / "content" / NAME
    as_whole(folder, city, parts=3)
    _, told = look(folder, open_workspace(city))
    assert set(Proofs(folder, city).pull().findings) == set(told)  # holes are those of its pages


@pytest.mark.parametrize(
    ("direction", "binding", "columns"),
    [("horizontal", "left", 3), ("vertical", "right", 3), ("horizontal", "right", 2)],
)
def test_planned_pages_alone_are_as_in_the_whole(
    home: Path, tmp_path: Path, direction: str, binding: str, columns: int
) -> None:
    articles = {f"n{number}": notice(number, 10 + 11 * number % 40) for number in range(1, 9)} | {"nishin": FEATURE}
    plan = (
        "cover",
        "notices: {main: [n1, n2, n3, n4, n5]}",
        "{page: feature, main: [nishin]}",
        "notices: {main: [n6]}",
    )
    folder = make(tmp_path, articles, plan, columns=columns, depth=250, direction=direction)
    contract = tmp_path / "layouts" / "monthly" / "layout.yaml"
    contract.write_text(f"{contract.read_text(encoding='utf-8')}binding: {binding}\n", encoding="utf-8")
    as_whole(folder, tmp_path, parted=True)


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_pages_that_share_an_article_are_one_part(home: Path, tmp_path: Path, direction: str) -> None:
    """A story that goes on two pages later; a cover between them, and one behind them, are parts of their own."""
    random = Random(1)
    told = {"nishin": stories.story(random, 4, 1), "umi": stories.story(random, 1, 2)}
    overflow = "{to: next, continued: '{page}ページから続く'}"
    at, columns = ("15 30 182 240", 4) if direction == "vertical" else ("15 30 180 238", 3)
    main = stories.region(at, columns, direction=direction, overflow=overflow, level="true")
    pages = ["cover", "feature: {main: [nishin]}", "cover", "feature: {main: [umi]}"]
    folder = stories.make(tmp_path, told, pages, {"feature": {"main": main}})
    as_whole(folder, tmp_path, parts=3)
    proofs = Proofs(folder, tmp_path)
    assert proofs.pull().composed == (1, 2, 3, 4)
    text = (folder / "articles" / "umi.yaml").read_text(encoding="utf-8")
    (folder / "articles" / "umi.yaml").write_text(text.replace("heading: ", "heading: 続・", 1), encoding="utf-8")
    assert set(proofs.pull().composed) >= {2, 4}


def test_folds_and_holes_are_those_of_the_page(home: Path, tmp_path: Path) -> None:
    """A hole on page 3 only, and one on right pages: told on the pages where words stand in it."""
    folder = small(tmp_path)
    contract = tmp_path / "layouts" / "monthly" / "layout.yaml"
    outs = "keep_outs:\n  穴: {at: 15 30 20 20, pages: [3]}\n  溝: {at: 15 30 9 9, side: left}\n"
    contract.write_text(f"{contract.read_text(encoding='utf-8')}{outs}", encoding="utf-8")
    style(tmp_path, ".folio { left: 17mm !important; top: 33mm; bottom: auto !important }")
    proof = Proofs(folder, tmp_path).pull()
    _, told = look(folder, open_workspace(tmp_path))
    unseen = {each for each in told if each.code == "words-unseen"}  # the folio upon words: the finished PDF tells it
    assert set(proof.findings) == set(told) - unseen
    assert {each.where.page for each in proof.findings if each.code == "text-in-keep-out"} == {2, 3}


def as_whole(folder: Path, root: Path, *, parted: bool = True, parts: int = 0) -> None:
    """Compare the session's pages with those of one composition."""
    seen: list[Document] = []

    class Noting(Proofs):
        def _compose(self, of: Of, galley: Galley) -> Document:
            document = super()._compose(of, galley)
            seen.append(document)
            return document

    workspace = open_workspace(root)
    proofs = Noting(folder, root)
    proof = proofs.pull()
    of, _ = as_looked_at(folder, workspace, proofs._beside, lambda stage: None)
    placed = of.placed(of.whole)
    galley = screen_galley(of.whole, of.tight_layout, workspace.city, folder, workspace.root, placed.placing)
    whole = compose(galley, of.faces, of.tree, of.root, workspace.cache)
    alone = [each for each in seen if not each.blocks] if not of.layout.page_types else seen[1:]
    pdf = whole.write()
    assert len(alone) == (parts or (whole.pages if parted else 1))
    if not parts:
        assert [page for each in alone for page in glyphs(each.preview())] == glyphs(pdf)
    assert [page.picture for page in proof.pages] == list(page_pictures(pdf))
    assert proof.placed == whole.placed
    assert proof.uses == placed.uses
    assert [each.number for each in proof.pages] == list(range(1, whole.pages + 1))


def style(root: Path, css: str) -> None:
    file = root / "layouts" / "monthly" / "layout.css"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{css}\n", encoding="utf-8")


def small(root: Path) -> Path:
    """Three pages of one notice."""
    articles = {f"n{number}": notice(number, 20) for number in range(1, 4)}
    return make(root, articles, [f"notices: {{main: [n{number}]}}" for number in range(1, 4)], columns=2)


HARMLESS = """\
.folio { counter-increment: pages-so-far } .folio::after { content: counter(pages-so-far) }
.page + .page .folio { color: red }
.page:nth-child(3) .folio { color: blue }
.page:last-child .folio, .page:first-child .folio { font-weight: 700 }
/* counter(page) @page :left */ p:has(+ p) { margin-bottom: 0 }
.within-a-page:has(b) { color: red }
"""


@pytest.mark.parametrize(
    ("css", "parted"),
    [
        (HARMLESS, True),
        ("main { counter-reset: n } .folio { counter-increment: n } .folio::after { content: counter(n) }", False),
        (".folio::before { content: open-quote }", False),
        ("main { padding-top: 4mm }", False),
        ("main::before { content: '号外'; position: absolute; left: 20mm; top: 20mm }", False),
        (".page { break-before: auto !important; break-after: auto !important }", False),
    ],
)
def test_css_that_joins_pages_makes_them_one_part(home: Path, tmp_path: Path, css: str, parted: bool) -> None:
    """Whatever the CSS, pictures are those of ``koho look``; pages are parted only where nothing joins them."""
    folder = small(tmp_path)
    style(tmp_path, css)
    proofs = Proofs(folder, tmp_path, "組み見本")
    proof = proofs.pull()
    pictures, told = look(folder, open_workspace(tmp_path))
    assert [page.picture for page in proof.pages] == list(pictures)
    assert set(proof.findings) == set(told)
    (folder / "articles" / "n2.yaml").write_text(notice(2, 25), encoding="utf-8")
    assert proofs.pull().composed == ((2,) if parted else (1, 2, 3))


@pytest.mark.parametrize(
    "css",
    [
        "@page :left { background: #eee }",
        "@page { @bottom-center { content: counter(page) } }",
        "a::after { content: target-counter(attr(href), page) }",
        ".head { position: running(head) }",
        ".folio { position: fixed }",
        ".page:has(+ .cover) p { color: red }",
        ".page:has(b) { color: red }",
        ":is(.page):has(b) { color: red }",
        "main:has(b) { color: red }",
        "@import 'more.css';",
        ":empty { display: none }",
    ],
)
def test_css_that_counts_pages_is_not_tried(css: str) -> None:
    html = "<html><head><style>{}</style></head><body><section class='page'></section><section class='page'></section>"
    assert into_pages(html.replace("{}", css)) is None
    assert into_pages(html.replace("{}", f"/* {css} */")) is not None


def test_a_galley_is_divided_by_its_pages_alone() -> None:
    """Words, comments, attributes and elements within are no pages; an element that does not end is left alone."""
    html = (
        "<head><title>a</title></head><body><main><!-- <section class='page'> --><section class='page a' title='1 > 0'>"
        "<section>x</section></section> <div class='pages'></div><section id=b class='b page'>y</section></main>"
    )
    divided = into_pages(html)
    assert divided is not None
    assert [part.opening for part in divided.parts] == [
        "<section class='page a' title='1 > 0'>",
        "<section id=b class='b page'>",
    ]
    assert divided.only([1]) == (
        "<head></head><body><main><!-- <section class='page'> -->"
        "<section class='page a' title='1 > 0' data-elsewhere=\"page\"></section> <div class='pages'></div>"
        "<section id=b class='b page' data-here=\"page\">y</section></main>"
    )
    assert into_pages(html.replace("y</section>", "y")) is None
