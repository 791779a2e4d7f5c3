"""PDFs as other programs make them, to be taken in as old issues are: the same words by many makers, with many figures.

Each maker is a program that is there when ``make judges`` runs; the last are written by hand, as old programs write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from shutil import which

import pikepdf

from judges.verdict import ROOT, said_by

WORDS = (
    "平成22年11月11日（木）午前11時00分から、電話0164-42-1801、0155-22-3311、011-222-3344、FAX0120-111-222へ。",
    "１１１番地２２－３３、1,100円、22,000人、3333世帯。人口23,455人（男11,227人、女12,228人）。",
    "Illinois llll iiii 1111 ffff ... :: // 00:00:11 効果99.9%、2011年度から2022年度まで。",
    "髙橋さん、山﨑さん、①②③、㈱、㎡、〒077-8601、☎42-1801。",
)
BEYOND = ("𠮷田さん、𠮷野さん、葛\U000e0100飾区。",)
"""Characters beyond the BMP, and one with a variation selector: not every maker can write them."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # as in tools/system-packages

_PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><style>@page {{ size: A4; margin: 15mm }}
html {{ font: 10.5pt/1.7 "BIZ UDGothic"; {way} }} p + p {{ font-family: "BIZ UDMincho" }} h1 {{ font-size: 20pt }}
p + p + p {{ font-family: "BIZ UDPGothic" }} h2 {{ text-shadow: .5pt .5pt 0 #888 }}
b {{ font-weight: inherit; {digits} }}
td, th {{ border: .3pt solid; padding: 1mm }}</style><h1>広報るもい 第1100号</h1>{paragraphs}
<h2>2011年の影つき見出し</h2>
<table><tr><th>日<th>時間<th>場所<tr><td>11日<td>11:00<td>市民会館111号<tr><td>22日<td>9:00<td>図書館</table>"""


def old_pdfs(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each PDF with the name of its maker."""
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{ROOT / "fonts"}</dir>'
        f"<cachedir>{folder}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    for way, html in (
        ("horizontal", _html("", "")),
        ("vertical", _html("writing-mode: vertical-rl", "text-combine-upright: all")),
    ):
        page, made = folder / f"{way}.html", folder / f"{way}.pdf"
        page.write_text(html, encoding="utf-8")
        _chromium(page, made, fonts)
        yield f"Chromium, {way}", made.read_bytes()
        for name, how in _AGAIN.items():
            again = folder / f"{way}-again.pdf"
            said_by(*(part.format(made=made, again=again, ps=folder / "made.ps") for part in how[0]))
            for more in how[1:]:
                said_by(*(part.format(made=made, again=again, ps=folder / "made.ps") for part in more))
            yield f"{name}, {way}", again.read_bytes()
        if way == "horizontal":
            yield from (
                (f"Chromium, drawn turned by {turn} degrees", _turned(made.read_bytes(), turn))
                for turn in (90, 180, 270)
            )
            yield "WeasyPrint, horizontal", _weasyprint(html)
    for name, step in (("line by line", 0), ("letter by letter", 1)):
        yield f"by hand, font not embedded, {name}", _by_hand(step)


_AGAIN: dict[str, tuple[tuple[str, ...], ...]] = {
    "Ghostscript (pdfwrite)": (("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", "{again}", "{made}"),),
    "Ghostscript (through PostScript, Type 3 fonts)": (
        ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=ps2write", "-o", "{ps}", "{made}"),
        ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", "{again}", "{ps}"),
    ),
    "cairo (pdftocairo)": (("pdftocairo", "-pdf", "{made}", "{again}"),),
    "MuPDF (mutool)": (("mutool", "convert", "-F", "pdf", "-o", "{again}", "{made}"),),
}


def _html(way: str, digits: str) -> str:
    words = "".join(f"<p>{escape(each)}</p>" for each in (*WORDS, *BEYOND))
    return _PAGE.format(way=way, digits=digits, paragraphs=words.replace("22年", "<b>22</b>年"))


def _chromium(page: Path, made: Path, fonts: Path) -> None:
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
    quiet = ("--disable-background-networking", "--no-pdf-header-footer")
    browser = os.environ.get("KOHO_CHROMIUM") or next(filter(which, _BROWSERS), "chromium")
    said_by(browser, *flags, *quiet, f"--print-to-pdf={made}", page, environment={"FONTCONFIG_FILE": str(fonts)})


def _weasyprint(html: str) -> bytes:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    faces = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{(ROOT / "fonts" / file).as_uri()}") }}'
        for family, file in (("BIZ UDGothic", "BIZUDGothic-Regular.ttf"), ("BIZ UDMincho", "BIZUDMincho-Regular.ttf"),
                             ("BIZ UDPGothic", "BIZUDPGothic-Regular.ttf"))
    )  # fmt: skip
    made: bytes = HTML(string=html.replace("<style>", f"<style>{faces}")).write_pdf(font_config=FontConfiguration())
    return made


def _turned(content: bytes, degrees: int) -> bytes:
    """The page drawn turned to the left, as some programs put a wide page on a high sheet, without a /Rotate."""
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        _, _, width, height = map(float, page.mediabox)
        matrix = {90: f"0 1 -1 0 {height} 0", 180: f"-1 0 0 -1 {width} {height}", 270: f"0 -1 1 0 0 {width}"}[degrees]
        page.contents_add(f"q {matrix} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = pikepdf.Array([0, 0, *((width, height) if degrees == 180 else (height, width))])
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def _by_hand(step: int) -> bytes:
    """Half-width figures of a font that is not embedded (UniJIS-UCS2-HW-H; ISO 32000-1, 9.7.5)."""
    with pikepdf.new() as pdf:
        name = pikepdf.Name("/Ryumin-Light")
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[0, -120, 1000, 880], ItalicAngle=0,
            Ascent=880, Descent=-120, CapHeight=700, StemV=80,
        )  # fmt: skip
        below = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=name, DW=1000, W=[231, 632, 500],
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Japan1", Supplement=2),
            FontDescriptor=described,
        )  # fmt: skip
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
            Encoding=pikepdf.Name("/UniJIS-UCS2-HW-H"), DescendantFonts=[below],
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(800, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        drawn = []
        for row, words in enumerate(WORDS):
            x = 20.0
            for part in words if step else [words]:
                drawn.append(f"BT /F 10.5 Tf {x} {350 - 30 * row} Td <{part.encode('utf-16-be').hex()}> Tj ET")
                x += 5.25 if part < "\u0100" else 10.5
        page.Contents = pdf.make_stream("\n".join(drawn).encode())
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()
