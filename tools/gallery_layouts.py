"""What each key of layout.yaml looks like: an entry of ``layout`` in gallery.yaml is a small layout, built and drawn.

``layout``: lines of layout.yaml (they stand before the usual ones); ``page``: the template; ``css``: its look;
``issue``, ``articles``: the manuscript; ``each``: a key with several values (of the layout, or of its regions), drawn
side by side; ``pages``: which are shown, else all; ``as``: ``page`` (as it is read), ``sheet`` (with what a designer
measures against) or ``print`` (with its bleed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import yaml
from PIL import Image, ImageDraw, ImageFont

from koho_pdf import pipeline
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.planned import keep_outs_of
from koho_pdf.proofs.design_sheet import design_sheets
from koho_pdf.workspace.workspace import open_workspace

PPI, GAP = 200, 18
USUAL: dict[str, Any] = {
    "kind": "satsu",
    "title": "見本",
    "trim": "60 x 84",
    "bleed": 3,
    "pages": 0,
    "slots": {},
    "colours": {"ink": "0/0/0/100", "paper": "0/0/0/0", "sea": "75/40/19/28", "sun": "0/75/84/6"},
}
KINDS = {
    "satsu": "format: 1\ntitle: 冊子\nfront: true\ncalled: '{title}'\nfields:\n"
    "  title: {type: text, title: 題名, role: title}\n  pages: {type: plan, title: 台割}\n"
    "  articles: {type: articles, title: 記事, of: [kiji, kokuchi], optional: true}\n",
    "ichimai": "format: 1\ntitle: 1枚もの\nfront: true\ncalled: '{title}'\n"
    "cover: {id: top, of: [text, note]}\nfields:\n"
    "  title: {type: text, title: 題名, role: title}\n  text: {type: text, title: 本文, optional: true}\n"
    "  note: {type: text, title: 注, role: note, optional: true}\n",
    **dict.fromkeys(
        ("kiji", "kokuchi"),
        "format: 1\ntitle: 記事\nfields:\n  heading: {type: text, title: 見出し, role: heading}\n"
        "  photo: {type: picture, title: 写真, optional: true}\n  body: {type: paragraphs, title: 本文}\n",
    ),
}
CSS = """
html { font: 3.5mm/5mm var(--pgothic); --line-feed: 5mm; --picture-height: 20mm }
.page { width: 60mm; height: 84mm; overflow: visible }
h1, h2, .folio, b { font-family: var(--pgothic); font-weight: 700 }
.placed h2 { color: var(--sea); line-height: var(--line-feed); text-align: left }
.placed p { line-height: var(--line-feed); text-align: justify }
.placed img { width: 100%; height: var(--picture-height); object-fit: cover }
.panel { left: 8mm; top: 9mm; font-size: 12mm; line-height: 16mm }
.goes-on, .comes-from { color: var(--sea) }
p { text-autospace: no-autospace }
"""
HEAD = '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ issue.title }}</title>'
HEAD += "{% include 'about.html' %}<style>{{ stylesheet }}</style></head><body>"


def of_layouts(folder: Path, entries: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    """A picture of each entry; ``folder`` is a workspace with faces, print shops and shared templates."""
    for name, text in KINDS.items():
        _write(folder / f"layouts/_kinds/{name}/kind.yaml", text)
    for number, entry in enumerate(entries.values(), 1):
        choices = [(key, value) for key, values in entry.get("each", {}).items() for value in values] or [("", "")]
        drawn = []
        for at, (key, value) in enumerate(choices):
            pages = _pages(folder, f"g{number:02}{'abcdefgh'[at]}", entry, {key: value} if key else {})
            drawn.append((_beside(pages), f"{key}: {value}" if key else ""))
        yield _shelf(drawn, folder)


def contract(entry: Mapping[str, Any], choice: Mapping[str, Any]) -> dict[str, Any]:
    """What the entry's layout.yaml says."""
    own = yaml.safe_load(entry["layout"]) or {}
    for name, each in own.get("page_types", {}).items():
        each.setdefault("title", name)
    more = {"pages": {"巻き三つ折り": 6, "Z折り": 6, "二つ折り": 4}.get(choice["fold"], 8)} if "fold" in choice else {}
    if "trim" in entry:
        more["trim"] = entry["trim"]
    for type_ in own.get("page_types", {}).values() if choice.keys() & {"level"} else ():
        for region in type_["regions"].values():
            region |= choice
        choice = {}
    if "page_types" in own and "issue.title" not in entry.get("page", ""):
        more["omits"] = {edition: {"title": "見本帳"} for edition in ("print", "screen", "web")}
    kind = {"kind": "satsu", "pages": 0} if "page_types" in own else {"kind": "ichimai", "pages": 1}
    return USUAL | kind | own | choice | more


def _pages(folder: Path, name: str, entry: Mapping[str, Any], choice: Mapping[str, Any]) -> list[Image.Image]:
    told = contract(entry, choice)
    layout, issue = folder / "layouts" / name, folder / "content" / name
    _write(layout / "layout.yaml", yaml.safe_dump(told, allow_unicode=True, sort_keys=False))
    planned = "page_types" in told
    page = entry.get("page", "")
    for type_, each in told.get("page_types", {}).items():
        regions = "".join(f'{{{{ region("{region}") }}}}' for region in each.get("regions", {}))
        _write(layout / "pages" / f"{type_}.html", page or regions)
    body = "{{ planned }}" if planned else page
    if "fold" in choice:
        panel = '<section class="page"><p class="place panel"{}>{}</p></section>'
        body = panel.format(' data-field="title"', "{{ issue.title|inline }}")
        body += "".join(panel.format(' aria-hidden="true"', number) for number in range(2, told["pages"] + 1))
    _write(layout / "layout.html", f"{HEAD}{body}</body></html>")
    _write(layout / "layout.css", CSS + entry.get("css", ""))
    web = (
        "{% for each in issue.articles %}{{ article(each) }}{% endfor %}"
        if planned
        else "{{ issue.text|inline if issue.text }}"
    )
    _write(layout / "web.html", f"{HEAD}{{{{ issue.title|inline }}}}{web}</body></html>")
    _write(layout / "web.css", "")
    lines = entry.get("issue", "title: '1'" if "fold" in choice else "title: 港の朝")
    _write(issue / "issue.yaml", f"layout: {name}\ndate: 2027年7月1日\n{lines}\n")
    for id_, article in entry.get("articles", {}).items():
        _write(issue / "articles" / f"{id_}.yaml", f"kind: kiji\n{article}\n" if "kind:" not in article else article)
    _write(issue / "minato.svg", (folder / "content/gallery/minato.svg").read_text(encoding="utf-8"))
    how = entry.get("as", "page")
    workspace = open_workspace(folder)
    built = pipeline.build(issue, workspace, ("print",) if how == "print" else ("screen",))
    (pdf,) = (content for file, content in built.files.items() if file.endswith(".pdf"))
    if how == "sheet":
        faces = read_faces(workspace.fonts, workspace.root)
        outs = keep_outs_of(built.issue, built.layout)
        made = [
            Image.open(BytesIO(each)) for each in design_sheets(built.layout, pdf, built.files["map.json"], faces, outs)
        ]
    else:
        with pypdfium2.PdfDocument(pdf) as opened:
            made = [each.render(scale=PPI / 72).to_pil() for each in opened]
        if how == "print":
            _trimmed(made, pdf)
    shown = entry.get("pages", range(1, len(made) + 1))
    pages = [made[number - 1].convert("RGB") for number in shown]
    return pages[::-1] if told.get("binding") == "right" else pages


def _trimmed(pages: Sequence[Image.Image], pdf: bytes) -> None:
    """Draw the trim around what is printed beyond it."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for picture, page in zip(pages, opened.pages, strict=True):
            media, trim = ([float(edge) for edge in box] for box in (page.mediabox, page.trimbox))
            left, foot, right, head = ((edge - media[at % 2]) * PPI / 72 for at, edge in enumerate(trim))
            high = picture.height
            ImageDraw.Draw(picture).rectangle([left, high - head, right, high - foot], outline=(215, 60, 20), width=2)


def _beside(pages: Sequence[Image.Image]) -> Image.Image:
    """Pages beside each other, framed."""
    row = Image.new("RGB", (sum(each.width + 4 for each in pages), max(each.height for each in pages) + 4), "white")
    x = 0
    for each in pages:
        row.paste("#9aa3b0", (x, 0, x + each.width + 4, each.height + 4))
        row.paste(each, (x + 2, 2))
        x += each.width + 2
    return row


def _shelf(drawn: Sequence[tuple[Image.Image, str]], folder: Path) -> bytes:
    """Rows of pictures with a line below each that has one, half as large as drawn."""
    face = next(each for each in read_faces(folder / "fonts", folder) if each.family == "BIZ UDPGothic")
    font = ImageFont.truetype(str(face.path), 30)
    rows: list[list[tuple[Image.Image, str]]] = [[]]
    for each in drawn:
        if rows[-1] and sum(picture.width + GAP for picture, _ in rows[-1]) + each[0].width > 2000:
            rows.append([])
        rows[-1].append(each)
    below = 46 if drawn[0][1] else 0
    wide = max(sum(picture.width + GAP for picture, _ in row) for row in rows)
    high = sum(max(picture.height for picture, _ in row) + below + GAP for row in rows)
    shelf = Image.new("RGB", (wide, high), "white")
    pen, y = ImageDraw.Draw(shelf), 0
    for row in rows:
        x = 0
        for picture, words in row:
            shelf.paste(picture, (x, y))
            pen.text((x + 4, y + picture.height + 6), words, "#20242c", font)
            x += picture.width + GAP
        y += max(picture.height for picture, _ in row) + below + GAP
    small = shelf.resize((shelf.width // 2, shelf.height // 2), Image.Resampling.LANCZOS)
    target = BytesIO()
    small.quantize(96, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
