"""Publishing: only unchanged files; of an old PDF its pages, and everything else in it is told."""

from __future__ import annotations

import datetime
import os
import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.archive.inside import Done, run

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.ledger import FILE
from koho_pdf.archive.bags.record import Article, Record, described, record_bytes
from koho_pdf.archive.site.browser_search import FOLDER, MOST_IN_ONE, Searched, parted, search_files
from koho_pdf.errors import ArchiveError
from koho_pdf.finishing.cleaning import Aside, asides, cleaned
from koho_pdf.platform.folders import write_once

AUTHOR, PLACE, LIST = "総務 太郎", r"C:\Users\taro\Desktop\広報812.indd", b"name,address\n"


def old_pdf(**info: str) -> bytes:
    """A page with a word on it, and a file with much besides its page."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(b"BT /F 12 Tf 20 100 Td (Hello 812) Tj ET")
        page.obj["/PieceInfo"] = pikepdf.Dictionary(InDesign=pikepdf.Dictionary(Private=pikepdf.String(PLACE)))
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.lg.jp/")),
        )  # fmt: skip
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=pikepdf.String("課長"),
            Contents=pikepdf.String("ここは削る"),
        )  # fmt: skip
        page.obj["/Annots"] = pdf.make_indirect(pikepdf.Array([link, note]))
        pdf.attachments["名簿.csv"] = LIST
        pdf.docinfo["/Author"] = info.get("author", AUTHOR)
        pdf.docinfo["/Title"] = info.get("title", PLACE)
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A folder with nothing but an archive: one old PDF of 広報るもい."""
    record = Record(
        "koho-0812", 812, datetime.date(2010, 4, 1), "第812号", "koho", (Article("春の市", "市を開きます。", 1),), 1
    )
    picture = BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    files = {"record.json": record_bytes(record), "original.pdf": old_pdf(), "pages/p1.png": picture.getvalue()}
    info = {**described("koho-0812", "第812号", "2026-01-01"), "Source-Organization": "留萌市", "Rights": "CC BY 4.0"}
    write_once(bagged(files, info), tmp_path / "archive" / "koho-0812")
    assert run("archive", "register", folder=tmp_path).returncode == 0
    return tmp_path


def codes(done: Done) -> list[str]:
    return [line.rsplit("(", 1)[1].rstrip(")") for line in done.stderr.splitlines() if line.startswith("[")]


def test_a_title_in_broken_bytes_hides_nothing() -> None:
    """It claims to be UTF-8, and is not."""
    with pikepdf.open(BytesIO(old_pdf())) as pdf:
        pdf.docinfo["/Title"] = pikepdf.String(b"\xef\xbb\xbf\xff\xfe")
        target = BytesIO()
        pdf.save(target)
    assert {each.kind for each in asides(target.getvalue())} >= {"author", "attachment", "comment", "script"}
    copy = cleaned(target.getvalue())
    assert copy is not None
    assert asides(copy) == ()


def test_a_changed_byte_is_not_published_and_the_last_site_stays(city: Path) -> None:
    assert run("archive", "site", "--out", "site", folder=city).returncode == 0
    before = held(city / "site")
    path = city / "archive" / "koho-0812" / "data" / "original.pdf"
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    done = run("archive", "site", "--out", "site", folder=city)
    assert (done.returncode, codes(done)) == (5, ["bag-file-changed", "site-unsound"])
    assert held(city / "site") == before
    shutil.rmtree(city / "archive" / "koho-0812")
    done = run("archive", "site", "--out", "site", folder=city)
    assert (done.returncode, codes(done)) == (5, ["archive-bag-missing", "site-unsound"])
    assert held(city / "site") == before


def test_what_a_pdf_says_beside_its_pages_is_told_and_left_out_where_asked(city: Path) -> None:
    public = city / "site" / "koho-0812" / "original.pdf"
    kept = city / "archive" / "koho-0812" / "data" / "original.pdf"
    done = run("archive", "site", "--out", "site", folder=city)
    assert (done.returncode, codes(done)) == (0, ["site-private-inside"])
    assert all(each in done.stderr for each in (AUTHOR, PLACE, "名簿.csv", "ここは削る", "JavaScript"))
    assert public.read_bytes() == kept.read_bytes()
    clean = run("archive", "site", "--out", "site", "--clean", folder=city)
    assert (clean.returncode, codes(clean)) == (0, [])
    assert asides(public.read_bytes()) == ()
    with pypdfium2.PdfDocument(public) as pdf:
        assert pdf[0].get_textpage().get_text_range() == "Hello 812"
    with pikepdf.open(public) as opened:
        assert [str(each.A.URI) for each in opened.pages[0].Annots] == ["https://example.lg.jp/"]
        raw = b"".join(each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream))
        assert LIST not in raw
        assert not any("Users" in str(value) for value in opened.docinfo.values())
    first = public.read_bytes()
    again = run("archive", "site", "--out", "site", "--clean", folder=city)
    assert "0ファイルを書き" in again.stdout
    assert public.read_bytes() == first == cleaned(kept.read_bytes())
    run("archive", "site", "--out", "site", folder=city)
    assert public.read_bytes() == kept.read_bytes()


@pytest.mark.parametrize("title", ["広報るもい 平成22年4月号", "https://example.lg.jp/home/koho"])
def test_a_title_is_no_path(title: str) -> None:
    found = asides(old_pdf(title=title, author=""))
    assert "path" not in {each.kind for each in found}
    assert Aside("attachment", "名簿.csv") in found
    with pikepdf.open(BytesIO(cleaned(old_pdf(title=title)) or b"")) as pdf:
        assert str(pdf.docinfo["/Title"]) == title


def test_what_is_no_pdf_has_nothing_beside_its_pages_and_no_clean_copy() -> None:
    for content in (b"", b"%PDF-1.7", os.urandom(0) + b"\x00" * 99):
        assert (asides(content), cleaned(content)) == ((), None)


def test_an_archive_is_read_with_nothing_beside_it(city: Path) -> None:
    for made in (None, "", "- no city\n"):
        if made is not None:
            (city / "koho.yaml").write_text(made, encoding="utf-8")
        listed, found = run("archive", "list", folder=city), run("archive", "search", "市", folder=city)
        assert (listed.returncode, listed.stderr, found.returncode, found.stderr) == (0, "", 0, "")
        assert "第812号" in listed.stdout
        assert "春の【市】" in found.stdout
    (city / "koho.yaml").unlink()
    assert run("archive", "site", "--out", "site", folder=city).returncode == 0
    page = (city / "site" / "koho-0812" / "index.html").read_text(encoding="utf-8")
    for said in ('name="DC.publisher" content="留萌市"', 'name="DC.rights" content="CC BY 4.0"',
                 'name="DC.date" content="2010-04-01"', "留萌市<span>広報アーカイブ"):  # fmt: skip
        assert said in page
    article = (city / "site" / "koho-0812" / "a1.html").read_text(encoding="utf-8")
    assert 'name="DC.title" content="春の市"' in article


def articles(years: dict[int, int]) -> list[Searched]:
    return [
        Searched(f"koho-{year}-{n}/a.html", "見出し", "文", {"year": str(year)}, {}, 1)
        for year in sorted(years, reverse=True)
        for n in range(years[year])
    ]


def test_an_index_has_a_few_years_and_an_added_issue_changes_the_newest_alone() -> None:
    many = articles(dict.fromkeys(range(2000, 2013), MOST_IN_ONE // 3))
    parts = parted(many)
    assert next(iter(parts)) == FOLDER
    assert [each for found in parts.values() for each in found] == many
    assert all(len(found) <= MOST_IN_ONE for found in parts.values())
    assert [*parts] == [FOLDER, *(f"{FOLDER}/from-{year}" for year in (2009, 2006, 2003, 2000))]
    added = parted([*articles({2012: 1}), *many])
    assert {folder for folder in added if added[folder] != parts.get(folder)} == {FOLDER}
    begun = parted([*articles({2013: 1}), *many])
    assert {folder for folder in begun if begun[folder] != parts.get(folder)} == {FOLDER, f"{FOLDER}/from-2012"}
    assert parted([]) == {}
    assert [len(found) for found in parted(articles({2012: 3, 2011: MOST_IN_ONE + 5, 2010: 2})).values()] == [
        3, MOST_IN_ONE + 5, 2,
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["kill -9 $$", "echo 'memory allocation of 99 bytes failed' >&2; exit 134"])
def test_an_index_for_which_memory_does_not_last_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{end}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind.service.get_executable", lambda: program)
    with pytest.raises(ArchiveError) as told:
        search_files(articles({2012: 1}), FOLDER)
    assert [finding.code for finding in told.value.findings] == ["site-search-memory"]


def test_the_register_is_not_published(city: Path) -> None:
    run("archive", "site", "--out", "site", folder=city)
    assert (city / "archive" / FILE).is_file()
    assert not [name for name in held(city / "site") if "register" in name or "bag-info" in name]
