"""The book that flows: its words are those of the article pages, its files are all named, vertical stays vertical."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.editions.test_agreement import body, squeezed
from tests.kinds import brochure, monthly
from tests.plan.paper import NAME, make, notice

from koho_pdf.pipeline import Build

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def opened(made: Build) -> dict[str, bytes]:
    (book,) = [content for name, content in made.files.items() if name.endswith(".epub")]
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        first = files.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return {each: files.read(each) for each in files.namelist()}


@pytest.fixture(scope="module")
def made(home: Path, proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    root = tmp_path_factory.mktemp("city")
    monthly.make(root)
    return proved(root, monthly.NAME, ("web", "epub"))


def test_its_words_are_those_of_the_article_pages(made: Build) -> None:
    files = opened(made)
    pages = {name: each for name, each in made.files.items() if name.startswith("web/articles/")}
    assert len(pages) > 3
    for name, page in pages.items():
        key = name.rpartition("/")[2].removesuffix(".html")
        root = ElementTree.fromstring(files[f"EPUB/articles/{key}.xhtml"])
        for reading in [*root.iter(f"{XHTML}rt"), *root.iter(f"{XHTML}rp")]:
            reading.text = ""
        words = "".join(root.find(f"{XHTML}body").itertext())  # type: ignore[union-attr]
        assert squeezed(words) in body(page)
        assert squeezed(words)


def test_every_file_is_named_and_every_picture_is_there(made: Build) -> None:
    files = opened(made)
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    named = {each.get("href") for each in package.iter(f"{OPF}item")}
    assert {f"EPUB/{each}" for each in named} | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(files)
    pages = "".join(each.decode() for name, each in files.items() if name.endswith(".xhtml"))
    shown = set(re.findall(r'src="\.\./([^"]+)"', pages))
    assert shown == {"photos/umi.png"}
    assert shown <= named
    order = [each.get("idref") for each in package.iter(f"{OPF}itemref")]
    assert order == [
        f"a-{each}" for each in re.findall(r'href="articles/([^"]+)\.xhtml"', files["EPUB/nav.xhtml"].decode())
    ]
    assert "<script" not in pages
    assert "data-field" not in pages


def test_the_same_issue_is_the_same_bytes(proved: Callable[..., Build], home: Path, tmp_path: Path) -> None:
    brochure.make(tmp_path)
    first, second = (proved(tmp_path, brochure.NAME, ("epub",)).files for _ in range(2))
    assert first == second


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_what_is_vertical_on_paper_stays_vertical(
    proved: Callable[..., Build], home: Path, tmp_path: Path, direction: str
) -> None:
    make(tmp_path, {"n1": notice(1, 40)}, ("cover", "notices: {main: [n1]}"), direction=direction)
    files = opened(proved(tmp_path, NAME, ("epub",)))
    vertical = {name for name, each in files.items() if b'class="vertical"' in each}
    assert vertical == ({"EPUB/articles/n1.xhtml"} if direction == "vertical" else set())
