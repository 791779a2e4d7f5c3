"""The leaflet's screen PDF is PDF/UA-1 (ISO 14289-1) in substance: what it says it is, it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from tests.conftest import read_marks

from koho_pdf.layout.contract import read_layout
from koho_pdf.press.colour import screen_hex
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

REPOSITORY = Path(__file__).parents[2]
MM = 72 / 25.4
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
LANGUAGE_TITLE = "平成25年度 市政執行の重点的な取組"


@pytest.fixture(scope="module")
def screen(leaflet: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(leaflet / "screen.pdf") as pdf:
        yield pdf


@pytest.fixture(scope="module")
def tree(leaflet: Path, structure: Callable[[Path], Element]) -> Element:
    return structure(leaflet / "screen.pdf")


def test_it_says_what_it_is(screen: pikepdf.Pdf) -> None:
    with screen.open_metadata(set_pikepdf_as_editor=False) as metadata:
        assert metadata[UA_PART] == "1"
        assert metadata[TITLE] == LANGUAGE_TITLE
    assert str(screen.docinfo["/Title"]) == LANGUAGE_TITLE
    assert str(screen.Root.Lang) == "ja"
    assert bool(screen.Root.MarkInfo.Marked) is True
    assert bool(screen.Root.ViewerPreferences.DisplayDocTitle) is True


def test_it_says_what_it_is_about(screen: pikepdf.Pdf, manuscript: dict[str, Any]) -> None:
    """A title for lists and searches of files; an open file shows its headings beside it (ISO 32000-1, 7.7.2)."""
    said, names = str(screen.docinfo["/Subject"]), str(screen.docinfo["/Keywords"]).split(", ")
    assert manuscript["lead"][:20] in said
    assert len(said) <= 120
    assert names[0] == "留萌市"
    assert {pillar["name"] for pillar in manuscript["pillars"]} <= set(names)
    with screen.open_metadata(set_pikepdf_as_editor=False) as metadata:
        assert metadata["dc:description"] == said
        assert metadata["pdf:Keywords"] == ", ".join(names)
    assert str(screen.Root.PageMode) == "/UseOutlines"


def test_vertical_text_says_so(screen: pikepdf.Pdf) -> None:
    """WritingMode (ISO 32000-1, 14.8.5.4.2): the slogan on the cover, and the end of the closing words."""
    turned = [
        each
        for each in screen.objects
        if isinstance(each, pikepdf.Dictionary)
        and each.get("/Type") == "/StructElem"
        and each.get("/A", pikepdf.Dictionary()).get("/WritingMode") == "/TbRl"
    ]
    assert {str(each.S) for each in turned} == {"/P"}
    assert len(turned) == 3


def test_a_link_is_seen_to_be_one(leaflet: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    """A line below its words on the screen (WCAG 2.2, 1.4.1), none on paper, where it leads nowhere."""
    (number,) = [mark for mark in marks(leaflet / "screen.pdf")[3] if mark.text == "42-1809"]
    below = [mark for mark in marks(leaflet / "screen.pdf")[3] if mark.mcid == number.mcid and mark is not number]
    assert [mark.operator for mark in below] == ["S"]
    with pikepdf.open(leaflet / "print.pdf") as pdf:
        painted = read_marks(pdf.pages[3])
    at = next(place for place, mark in enumerate(painted) if mark.text == "42-1809")
    assert painted[at - 1].operator != "S"


def test_pages_are_trimmed(screen: pikepdf.Pdf) -> None:
    assert len(screen.pages) == 4
    for page in screen.pages:
        for box in (page.mediabox, page.cropbox, page.trimbox):
            assert [float(edge) / MM for edge in box] == pytest.approx([0, 0, 210, 297], abs=0.01)


def test_headings_nest_without_a_skip(tree: Element, manuscript: dict[str, Any]) -> None:
    headings = tree.every("H", "H1", "H2", "H3", "H4", "H5", "H6")
    levels = [int(heading.kind[1:]) for heading in headings]
    assert levels == [1, 2, *[2, 3, 3, 3] * 4, 2]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    said = [heading.text.replace(" ", "") for heading in headings]
    pillars = manuscript["pillars"]
    assert said[0] == manuscript["fiscal_year"] + manuscript["title"]
    assert said[1] == manuscript["principles"]["heading"]
    assert said[-1] == manuscript["contact"]["section"]  # it is not a part of the last pillar
    assert said[2:-1:4] == [f"{number}{pillar['name']}" for number, pillar in enumerate(pillars, 1)]
    assert said[5::4] == [f"3{pillar['initiatives'][2]['name']}" for pillar in pillars]
    numbered = [[label.text for label in heading.every("Lbl")] for heading in headings[2:-1]]
    assert numbered == [[str(number)] for pillar in range(1, 5) for number in (pillar, 1, 2, 3)]


def test_lists_are_lists(tree: Element, manuscript: dict[str, Any]) -> None:
    lists = tree.every("L")
    assert all(isinstance(item, str) or item.kind == "LI" for each in lists for item in each.children)
    kinds = [[child.kind for child in item.children if not isinstance(child, str)] for item in tree.every("LI")]
    assert all(each[-1] == "LBody" and set(each[:-1]) <= {"Lbl"} for each in kinds)
    policies = [len(initiative["policies"]) for pillar in manuscript["pillars"] for initiative in pillar["initiatives"]]
    lengths = [len(each.children) for each in lists]
    at_a_glance = [3, *[count for index in range(4) for count in (3, *policies[3 * index : 3 * index + 3])]]
    assert lengths == at_a_glance
    labels = [[label.text for label in each.every("Lbl")] for each in lists]
    numbers = ["1", "2", "3"]
    assert labels == [numbers, *[found for _ in range(4) for found in (numbers, [], [], [])]]


def test_items_of_a_list_are_whole_sentences(tree: Element, manuscript: dict[str, Any]) -> None:
    said = {item.text for item in tree.every("LI")}
    for pillar in manuscript["pillars"]:
        for initiative in pillar["initiatives"]:
            assert set(initiative["policies"]) <= said


def test_every_figure_has_words(tree: Element) -> None:
    figures = tree.every("Figure")
    assert [figure.page for figure in figures] == [0, 3]
    assert all(figure.alt and len(figure.alt) > 5 for figure in figures)


def test_every_element_is_of_a_standard_type(tree: Element, screen: pikepdf.Pdf) -> None:
    standard = set("Document Sect Art Div P H1 H2 H3 L LI Lbl LBody Link Figure Caption Ruby RB RT Span".split())  # noqa: SIM905
    assert "/RoleMap" not in screen.Root.StructTreeRoot
    assert {element.kind for element in tree.walk()} <= standard


def test_a_link_is_one_tagged_annotation(tree: Element, screen: pikepdf.Pdf) -> None:
    annotations = [annotation for page in screen.pages for annotation in page.obj.get("/Annots", [])]
    (annotation,) = annotations
    assert str(annotation.A.URI) == "tel:+81164421809"
    assert str(annotation.Contents) == "☎42-1809"  # ISO 14289-1, 7.18.5
    (link,) = tree.every("Link")
    assert link.text == "☎42-1809"
    assert link.objects == (annotation.objgen,)


def parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def test_the_parent_tree_leads_back_from_every_mark(screen: pikepdf.Pdf, marks: Any, leaflet: Path) -> None:
    found = parents(screen)
    keys = []
    for page, painted in zip(screen.pages, marks(leaflet / "screen.pdf"), strict=True):
        keys.append(int(page.obj.StructParents))
        elements = found[keys[-1]]
        for mark in painted:
            if mark.mcid is not None:
                parent = elements[mark.mcid]
                held: list[Any] = list(parent.K) if isinstance(parent.K, pikepdf.Array) else [parent.K]
                assert mark.mcid in held
        for annotation in page.obj.get("/Annots", []):
            keys.append(int(annotation.StructParent))
            assert str(found[keys[-1]].S) == "/Link"
    assert len(set(keys)) == len(keys)
    assert set(keys) <= set(found)


def test_whatever_is_painted_is_tagged_or_an_artifact(leaflet: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    for page in marks(leaflet / "screen.pdf"):
        assert [mark for mark in page if mark.tag is None or (mark.tag != "/Artifact" and mark.mcid is None)] == []


def test_a_name_is_read_once_before_what_is_under_it(tree: Element, manuscript: dict[str, Any]) -> None:
    """In the glance a name stands above its list; a listener has already heard it as the heading of both."""
    for pillar, article in zip(manuscript["pillars"], tree.every("Art"), strict=True):
        assert [each for each in article.walk() if each.text.replace(" ", "") == pillar["name"]] == []
        assert isinstance(article.children[0], type(tree))
        assert article.children[0].kind == "H2"


def in_order(pdf: pikepdf.Pdf) -> list[list[int]]:
    """The marked content of each page in the order of the structure tree, readings apart: they follow their line."""
    number_of = {page.objgen: number for number, page in enumerate(pdf.pages)}
    found: list[list[int]] = [[] for _ in pdf.pages]

    def walk(node: Any) -> None:
        for kid in node.get("/K", []):
            if isinstance(kid, int):
                found[number_of[node.Pg.objgen]].append(kid)
            elif kid.get("/Type") == "/MCR":
                found[number_of[kid.Pg.objgen]].append(int(kid.MCID))
            elif kid.get("/Type") != "/OBJR" and kid.S != "/RT":
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return found


def test_content_has_the_order_of_the_structure(screen: pikepdf.Pdf) -> None:
    """Copied text, and text for readers that ignore tags, has the order of the text that is read aloud."""
    for page in in_order(screen):
        assert page == sorted(page)
        assert len(page) > 2


def test_page_furniture_is_an_artifact(leaflet: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    said = [
        "".join(mark.text for mark in page if mark.tag == "/Artifact").replace(" ", "")
        for page in marks(leaflet / "screen.pdf")
    ]
    names = [
        "地域経済の活性化安心安全なまちづくり",
        "子どもたちの夢と可能性が育つまちづくり健康で笑顔あふれるまちづくり",
    ]
    assert said == ["", f"平成25年度市政執行の重点的な取組{names[0]}2", f"{names[1]}3", ""]


def test_running_heads_and_folios_say_so(screen: pikepdf.Pdf) -> None:
    """ISO 32000-1, 14.8.2.2.2; Matterhorn Protocol 18-001 to 18-003."""
    found = [
        [str(each.operands[1].Subtype) for each in pikepdf.parse_content_stream(page, "BDC") if furniture(each)]
        for page in screen.pages
    ]
    assert found == [[], ["/Header", "/Footer"], ["/Footer"], []]


def furniture(mark: Any) -> bool:
    return str(mark.operands[0]) == "/Artifact" and mark.operands[1].get("/Type") == "/Pagination"


def test_figures_have_the_sides_of_their_page(screen: pikepdf.Pdf) -> None:
    """The cover's art bleeds on every side except at the fold, and the page shows only what lies inside the trim."""
    boxes = [
        each.A.BBox for each in screen.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
    ]
    assert len(boxes) == 2
    for box in boxes:
        assert [float(side) for side in box] == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.1)


def test_art_of_the_spread_is_not_read_aloud(leaflet: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    """Icons and the landscape say nothing that the words do not: only text is tagged on the spread."""
    for page in marks(leaflet / "screen.pdf")[1:3]:
        assert {mark.operator for mark in page if mark.tag != "/Artifact"} == {"TJ"}
        assert len([mark for mark in page if mark.tag == "/Artifact"]) > 50


def test_bookmarks_are_the_headings(screen: pikepdf.Pdf, tree: Element) -> None:
    def titles(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, item.title
            yield from titles(item.children, level + 1)

    with screen.open_outline() as outline:
        found = list(titles(outline.root, 1))
    headings = [(int(heading.kind[1:]), heading.text.replace(" ", "")) for heading in tree.every("H1", "H2", "H3")]
    assert [(level, title.replace(" ", "")) for level, title in found] == headings
    assert [title for level, title in found if level == 2][1] == "1 地域経済の活性化"


def test_tabbing_follows_the_structure(screen: pikepdf.Pdf) -> None:
    for page in screen.pages:
        if "/Annots" in page.obj:
            assert str(page.obj.Tabs) == "/S"


def test_colours_are_the_inks_through_the_output_profile(leaflet: Path) -> None:
    """A pixel of every pillar's band, rendered: what the inks of the layout look like on paper."""
    layout = read_layout(REPOSITORY / "layouts" / "policy-leaflet", REPOSITORY)
    names = ["navy", "rust", "violet", "teal"]
    inks = [layout.colours[name] for name in names]
    wanted = screen_hex(inks, open_workspace(REPOSITORY).city.press.condition.profile)  # type: ignore[arg-type]
    found = []
    with pypdfium2.PdfDocument(leaflet / "screen.pdf") as pdf:
        for page, left in [(1, 14), (1, 107), (2, 16), (2, 109)]:
            picture = pdf[page].render(scale=2).to_pil().convert("RGB")
            red, green, blue = picture.getpixel((round(left * MM * 2), round(66 * MM * 2)))
            found.append(f"#{red:02x}{green:02x}{blue:02x}")
    assert found == wanted
    assert len(set(found)) == 4
