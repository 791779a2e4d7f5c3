"""The quick reader reads content streams as pikepdf does; it leaves those that it does not know to pikepdf."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from tests.preflight.constructs import CONSTRUCTS, Construct, built

from koho_pdf.preflight.pdf import limits
from koho_pdf.preflight.pdf.facts import Facts
from koho_pdf.preflight.pdf.plain import PATH, plain
from koho_pdf.preflight.pdf.reading import read_here

ODD = {
    "turned rectangle": "0.7 0.7 -0.7 0.7 50 0 cm 1 0 0 1 k 10 10 20 5 re 3 3 -2 -1 re W n 0 0 50 50 re f",
    "points that nothing follows": "q 1 w 9 9 m 20 20 m 30 30 l 90 90 m S Q 5 5 m h S 7 7 m 8 8 l h 1 1 l S",
    "ends with a move": "10 10 m 20 20 l h 90 90 m S 0 0 m 5 5 l 9 9 m 7 7 l 99 0 m f",
    "curves": "10 10 m 20 30 40 .5 -5. +6 c 1 2 3 4 v 5 6 7 8 y h f* 1 1 m 2 2 l s",
    "goes on from before": "10 10 m 20 20 l 0 0 0 1 K 70 80 l S",
    "too few numbers": "10 m 20 20 l S 1 2 3 4 5 6 7 re f 9 9 9 l S",
    "large numbers": "0 0 m 12345678 1e3 l S 0 0 99999999 7 re f",
    "no numbers": "1.2.3 4 m --5 6 l 5-3 2 l S",
    "strings": "BT /F 9 Tf 5 5 Td (a\\)b(c)\\\nd) Tj [(x) -20 <41 4> 3 (y)] TJ <4> Tj (e) ' 1 2 (f) \" ET",
    "deep strings": "BT /F 9 Tf (a(b(c(d)e)f)g) Tj ET 0 0 1 1 re f",
    "dash and marked content": "[3 2] 1 d /P <</MCID 0 /E (a>>b)>> BDC 0 0 5 5 re f EMC /P <</A <</B 1>>>> BDC EMC",
    "comment": "0 0 5 5 re % a path 1 1 m\nf",
    "inline image": "q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q 0 0 5 5 re f",
    "words": "true null /a 1 sc 0 0 5 5 re f BX zz EX yy",
    "unfinished": "0 0 5 5 re f 1 2 3",
    "cut string": "0 0 5 5 re f (abc",
    "names": "/S#20x gs /S/T gs /a[1]TJ",
    "no room": "0 0 m 5 5 l\r\n9 9 l\tS/N gs",
    "odd spaces": "0\x00 0 m 5 5 l S \x0b 1 1 1 1 re f",
    "empty": " ",
}


def facts_of(pdf: bytes, path: Path) -> Facts | str:
    path.write_bytes(pdf)
    return read_here(path)


def test_facts_do_not_depend_on_who_reads_the_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = {
        "Font": {"/F": pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.A)}
    }
    made = [*CONSTRUCTS.values(), *(Construct(content, [], font) for content in ODD.values())]
    pdfs = [built(each) for each in made]
    quickly = [facts_of(pdf, tmp_path / "a.pdf") for pdf in pdfs]
    monkeypatch.setattr(limits, "plain", lambda _: None)
    assert quickly == [facts_of(pdf, tmp_path / "a.pdf") for pdf in pdfs]


@pytest.mark.parametrize("name", ["turned rectangle", "curves", "strings", "names", "no room", "empty"])
def test_what_is_plain_is_read_quickly(name: str) -> None:
    found = plain(ODD[name].encode("latin-1"))
    assert found is not None
    pdf = pikepdf.new()
    read = pikepdf.parse_content_stream(pdf.make_stream(ODD[name].encode("latin-1")))
    assert sum(given[2] if each == PATH else 1 for each, given in found) == len(read)


@pytest.mark.parametrize(
    "name", ["goes on from before", "large numbers", "no numbers", "deep strings", "comment", "inline image", "words"]
)
def test_what_is_not_plain_is_left_to_pikepdf(name: str) -> None:
    assert plain(ODD[name].encode("latin-1")) is None


def test_an_endless_row_of_openings_is_soon_given_up() -> None:
    for sign in (b"(", b"[", b"<", b"<<", b"((a)", b"[(a)", b"1 ", b"/a ", b"0 0 m "):
        plain(sign * 100_000)
