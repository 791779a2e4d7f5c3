"""差し替え: only the changed pages go out, as they are, and the others are proved to be the same."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.conftest import Edit, Koho
from tests.rounds.newsletter import NAME

from koho_pdf.errors import ArchiveError
from koho_pdf.rounds.replacing import compared, replacement
from koho_pdf.workspace.workspace import open_workspace


def test_one_changed_page_is_sent_and_the_others_are_the_same(city: Path, koho: Koho, edit: Edit) -> None:
    assert koho("release", NAME, "--knowing", "山田", folder=city).returncode == 0
    edit(city / "content" / NAME / "articles" / "tax.yaml", "2階", "9階の大広間")
    assert koho("release", NAME, "--revision", "2", "--knowing", "山田", folder=city).returncode == 0
    done = koho("replace", NAME, folder=city)
    assert (done.returncode, "差し替えるページ: 1（ほかの1ページは同じです）" in done.stdout) == (0, True), done.stderr
    target = city / "out" / "replacements" / f"{NAME}-r2"
    with zipfile.ZipFile(next(target.glob("*.zip"))) as package:
        inside = {Path(name).name: package.read(name) for name in package.namelist()}
    lines = [line.split("  ") for line in inside["SHA256SUMS"].decode().splitlines()]
    sums = {name: total for total, name in lines}
    assert sums == {name: hashlib.sha256(each).hexdigest() for name, each in inside.items() if name != "SHA256SUMS"}
    (pages,) = (each for name, each in inside.items() if name.endswith("-p1.pdf"))
    released = city / "out" / "releases" / f"{NAME}-r2" / "print" / "package"
    whole = next(path for path in released.glob("*.pdf") if path.name not in ("sheet.pdf", "instructions.pdf"))
    with pikepdf.open(io.BytesIO(pages)) as sent, pikepdf.open(whole) as new:
        assert len(sent.pages) == 1
        one, other = sent.pages[0], new.pages[0]
        assert one.Contents.read_bytes() == other.Contents.read_bytes()
        assert [one.obj[name].as_list() for name in ("/TrimBox", "/BleedBox")] == [
            other.obj[name].as_list() for name in ("/TrimBox", "/BleedBox")
        ]
        assert "/OutputIntents" in sent.Root  # it is still what the shop asked for
    with pypdfium2.PdfDocument(inside["replacement.pdf"]) as paper:
        words = "".join(page.get_textpage().get_text_bounded() for page in paper)
    then = hashlib.sha256(next((city / "out/releases" / NAME / "print/package").glob(f"*{NAME}*.pdf")).read_bytes())
    assert then.hexdigest() in "".join(words.split())
    with pytest.raises(ArchiveError) as fault:
        replacement(NAME, open_workspace(city), 2, 3)
    assert [each.code for each in fault.value.findings] == ["not-released"]


def drawn_pages(*colours: float, size: int = 200) -> bytes:
    """A PDF with a square in each of these greys, a page each."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for grey in colours:
            pdf.add_blank_page(page_size=(size, size))
            pdf.pages[-1].Contents = pdf.make_stream(f"{grey} g 20 20 100 100 re f".encode())
        pdf.save(target)
    return target.getvalue()


def test_each_page_is_judged_alone() -> None:
    then = drawn_pages(0.1, 0.5, 0.9)
    assert [each.same for each in compared(then, drawn_pages(0.1, 0.4, 0.9))] == [True, False, True]
    assert all(each.same for each in compared(then, then))


def with_slug(pdf: bytes, words: str) -> bytes:
    """The same with a line outside of the bleed, as ``finish`` draws it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.BleedBox = [10, 10, 190, 190]
            form = opened.make_stream(f"0 g 0 192 {len(words)} 4 re f".encode(), BBox=page.MediaBox)
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Marks=form))
            page.contents_add(b"/Marks Do", prepend=False)
        opened.save(target)
    return target.getvalue()


def test_a_slug_with_another_name_of_the_job_is_told_and_exchanges_no_page() -> None:
    then, now = with_slug(drawn_pages(0.1, 0.5), "3月号"), with_slug(drawn_pages(0.1, 0.4), "3月号の2版")
    assert [(each.same, each.marked) for each in compared(then, now)] == [(True, True), (False, False)]
    assert [each.marked for each in compared(then, then)] == [False, False]


def test_another_number_or_size_of_pages_is_no_exchange() -> None:
    for other in (drawn_pages(0.1), drawn_pages(0.1, 0.5, size=210)):
        with pytest.raises(ArchiveError) as fault:
            compared(drawn_pages(0.1, 0.5), other)
        assert [each.code for each in fault.value.findings] == ["replacement-pages"]
