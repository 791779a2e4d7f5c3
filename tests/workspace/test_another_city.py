"""Another city than that of the repository: what it begins from the samples says nothing of 留萌 anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from tests.composition.own_face import embedded, folder_of_fonts, listed, renamed
from tests.conftest import SHARED, read_marks, read_structure, swap

from koho_pdf.platform.installed import shipped_files
from koho_pdf.workspace.beginning import begin
from koho_pdf.workspace.founding import found
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

REPOSITORY = Path(__file__).parents[2]
OF_THE_FIRST_CITY = re.compile("留萌|るもい|ルモイ|rumoi|0164|81164|黄金岬|沖見|瀬越|幌糠", re.IGNORECASE)
DEPARTMENTS = """\
departments:
  観光課:
    section: 催し係
    telephone: 0123-00-1201
    hours: 平日　午前9時から午後5時まで
    mail: kanko@shiomi.example
    place: 2階
"""
PALETTE = "palette: {navy: 88/40/60/45, navy_tint: 8/2/6/0, blue: 100/0/0/70, flyer/gold: 0/30/60/0}\n"
FACES = "faces: {pgothic: 汐見ゴシック, display: 汐見ゴシック}\n"


@pytest.fixture(scope="module")
def shiomi(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of 汐見市, with its own departments, colours and faces; what is shipped of fonts and print shops is
    linked, not copied."""
    root = tmp_path_factory.mktemp("shiomi") / "汐見"
    few = {name: path.read_bytes() for name, path in shipped_files().items() if name.partition("/")[0] not in SHARED}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("koho_pdf.workspace.founding.shipped", lambda: few)
        found(root, "汐見市", "0123")
    (root / "press").symlink_to(REPOSITORY / "press")
    fonts = folder_of_fonts(root)
    regular, bold = (renamed(f"BIZUDPGothic-{weight}.ttf", "Shiomi Gothic") for weight in ("Regular", "Bold"))
    entries = listed(fonts, "Shiomi.ttf", regular), listed(fonts, "ShiomiBold.ttf", bold, weight="700")
    folder_of_fonts(root, *entries)
    with (root / "koho.yaml").open("a", encoding="utf-8") as file:
        file.write("readings: {汐見: しおみ}\n" + DEPARTMENTS + PALETTE + FACES)
    return root


def begun(root: Path, layout: str) -> Path:
    """A new issue of this layout, with the contact taken from the city's own list."""
    folder = begin(layout, f"2027-{layout}", open_workspace(root))
    path = folder / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    if layout != "policy-leaflet":  # its contact is three fields of its own
        text = re.sub(r"^contact:\n(?:  .*\n)+", "contact: 観光課\n", text, flags=re.MULTILINE)
        assert "contact: 観光課" in text
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(shiomi: Path, proved: Callable[..., Build]) -> Mapping[str, Build]:
    """The flyer with a photograph, the insert, and the leaflet of 汐見市."""
    flyer = begun(shiomi, "flyer")
    (flyer / "photos").mkdir(exist_ok=True)
    Image.linear_gradient("L").resize((2560, 2360)).convert("RGB").save(flyer / "photos" / "shiomi.jpg", dpi=(300, 300))
    picture = "picture:\n  file: photos/shiomi.jpg\n  alt: 汐見の浜の夕暮れ\n  credit: 汐見市観光課\n"
    swap(flyer / "issue.yaml", "catch: ", f"{picture}catch: ")
    swap(flyer / "issue.yaml", "見本市教育委員会", "汐見市教育委員会")
    begun(shiomi, "insert")
    begun(shiomi, "policy-leaflet")
    editions = ("print", "screen", "web", "text", "data")
    return {name: proved(shiomi, f"2027-{name}", editions) for name in ("flyer", "insert", "policy-leaflet")}


@pytest.mark.parametrize("name", ["flyer", "insert", "policy-leaflet"])
def test_another_city_is_nowhere_in_what_it_makes(made: Mapping[str, Build], name: str) -> None:
    """Not on a page, not in an alternative text, not in metadata, not in the name of a file."""
    build = made[name]
    assert build.findings == ()
    said = dict(texts(build.files))
    assert len(said) >= 5
    assert [(file, hit[0]) for file, text in said.items() for hit in OF_THE_FIRST_CITY.finditer(text)] == []
    whole = "".join(said.values())
    assert "汐見市" in said["print.pdf"]
    assert "汐見市" in said["screen.pdf"]
    assert ("観光課" in whole) == (name != "policy-leaflet")


@pytest.mark.parametrize("name", ["flyer", "insert", "policy-leaflet"])
def test_its_own_colours_are_on_the_pages(made: Mapping[str, Build], name: str) -> None:
    with pikepdf.open(BytesIO(made[name].files["print.pdf"])) as pdf:
        fills = {mark.fill[1:] for page in pdf.pages for mark in read_marks(page)}
    assert ("0.88", "0.4", "0.6", "0.45") in fills
    assert ("0.95", "0.85", "0.25", "0.55") not in fills  # the layouts' own navy


@pytest.mark.parametrize("name", ["flyer", "insert", "policy-leaflet"])
def test_only_faces_of_its_choice_are_on_the_pages(made: Mapping[str, Build], name: str) -> None:
    """Its own for headings and titles; for running text it has chosen nothing else."""
    for file in ("print.pdf", "screen.pdf"):
        names = embedded(made[name].files[file])
        assert {"Shiomi-Gothic", "Shiomi-Gothic-Bold"} <= names
        assert {each for each in names if not each.startswith("Shiomi")} <= {"BIZ-UDGothic", "BIZ-UDGothic-Bold"}
    page = made[name].files["web/index.html"].decode()
    families = set(re.findall(r'@font-face { font-family: "([^"]*)"', page))
    assert families == {"汐見ゴシック"}
    assert not re.search("BIZ|Shippori", page)


def test_its_own_picture_is_on_the_front(made: Mapping[str, Build]) -> None:
    with pikepdf.open(BytesIO(made["flyer"].files["screen.pdf"])) as pdf:
        alts = [each.alt for each in read_structure(pdf).every("Figure")]
    assert "汐見の浜の夕暮れ" in alts
    assert not any("灯台。" in (alt or "") for alt in alts)


def texts(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The text of every file: words, alternative texts, links, metadata of PDFs; HTML, JSON, plain text as they are."""
    found = []
    for name, content in files.items():
        if name.endswith(".pdf"):
            with pikepdf.open(BytesIO(content)) as pdf:
                words = [str(pdf.docinfo), bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8")]
                if "/StructTreeRoot" in pdf.Root:
                    tree = read_structure(pdf)
                    words += [tree.text, *(each.alt or "" for each in tree.walk())]
                words += [str(each.A.URI) for page in pdf.pages for each in page.get("/Annots", ()) if "/URI" in each.A]
            found.append((name, f"{name}{pdf_text(content)}{''.join(words)}"))
        elif name.rpartition(".")[2] in {"html", "json", "txt", "xml", "css", "svg", "csv"}:
            found.append((name, name + content.decode("utf-8")))
    return found


def pdf_text(content: bytes) -> str:
    """What a reader of others (PDFium) finds on the pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)
