"""Turns the engine's log lines into findings for the designer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from koho_pdf.composition.mutter_words import drawn_in_svg, line_in_words, why
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.layout.unpaged import Galley

_IGNORED = re.compile(r"Ignored [`'\"]?(?P<css>.+?)[`'\"]? at \d+:\d+, (?P<why>.+?)\.?$", re.S)
_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, ['\"]?(?P<css>.+?)['\"]?", re.S)
_PICTURE = re.compile(r"Failed to load image at '(?P<url>[^']*)'|Failed to render SVG image (?P<svg>\S+)")
_NOWHERE = re.compile(
    r"No anchor #(?P<link>\S+) for internal URI reference"
    r"|target points to undefined anchor \('url', \('internal', '(?P<counted>[^']*)'\)\)"
)
_TWICE = re.compile(r"Anchor defined twice: '(?P<name>[^']*)'")
NOT_SET = "First letter not set: "
"""The log text for a ``::first-letter`` that has a reading or stands in a warichu."""
NOT_SUNK = "First letter not sunk: "
"""The log text for one that should float in vertical text."""
_LETTERS = {
    NOT_SET: (
        "ルビや割注の中にあるので、::first-letter になりません。",
        "その文章では ::first-letter を使わないか、最初の言葉のルビを外してもらってください。",
    ),
    NOT_SUNK: (
        "縦組みなので、行の間に沈められません（::first-letter の float）。行の中に組みました。",
        "縦組みの文章では、::first-letter に float を書かないでください。",
    ),
}
MIXED = "Gradient not in inks: "
"""The log text for a gradient whose colours are not all in inks."""
_OURS = (".notdef", "Using fontTools instead of HarfBuzz-Subset")  # told by ``placing``; harmless for a page


def told(heard: Sequence[str], galley: Galley, root: Path) -> tuple[Finding, ...]:
    """A finding for each log line, each once, except for lines that others tell better."""
    ours = (said for said in heard if not any(words in said for words in _OURS) and not _in_drawing(said, galley))
    return tuple(dict.fromkeys(_finding(said, galley, root) for said in ours))


def _in_drawing(said: str, galley: Galley) -> bool:
    """Whether this is a declaration of an SVG's own ``style=""``: the page has no such property, but the drawing is
    made with it (SVG 2, 6.4)."""
    if not (ignored := _IGNORED.search(said)):
        return False
    name, _, value = ignored["css"].partition(":")
    sought = re.compile(rf"style=[\"'][^\"']*{re.escape(name.strip())}\s*:")
    return drawn_in_svg(name.strip(), value) and any(sought.search(each) for each in _DRAWING.findall(galley.html))


def refused(url: str, galley: Galley) -> Finding:
    """A file that a layout may not read."""
    return error(
        "resource-outside",
        f"レイアウト {galley.folder.name} が、読んではいけない場所を指しています: {url}",
        hint="レイアウトのフォルダー、_shared、号のフォルダーの中のファイルだけを使ってください。",
    )


def wordless(document: Any, galley: Galley, root: Path) -> tuple[Finding, ...]:
    """A finding for each picture of the document without a description (ISO 14289-1, 7.3)."""
    svg = "{http://www.w3.org/2000/svg}svg"
    pictures = [element for tag in ("img", svg) for element in document.iter(tag) if not element.get("aria-hidden")]
    return tuple(
        error(
            "picture-without-words",
            f"図版（{picture.get('src', 'svg').rsplit('/', 1)[-1]}）に、説明の言葉がありません。",
            Where((galley.folder / "layout.html").relative_to(root).as_posix()),
            hint="img には alt を、svg には title を書いてください。飾りなら aria-hidden を true にしてください。",
        )
        for picture in pictures
        if not (picture.get("alt") or picture.findtext(f"{svg[:-3]}title") or "").strip()
    )


def readings_on_two_sides(document: Any, galley: Galley, root: Path) -> tuple[Finding, ...]:
    """A finding for each reading meant for the other side of its base (両側ルビ, ``rtc``)."""
    return tuple(
        dict.fromkeys(
            error(
                "ruby-on-two-sides",
                f"ルビ「{''.join(each.itertext()).strip()[:12]}」は、親文字の反対側（rtc）には組めません。",
                Where((galley.folder / "layout.html").relative_to(root).as_posix()),
                hint="rt で片側に1つだけ振り、もう1つは親文字の後に括弧に入れて書いてください。",
            )
            for each in document.iter("rtc")
        )
    )


def _finding(said: str, galley: Galley, root: Path) -> Finding:
    if ignored := _IGNORED.search(said):
        css = ignored["css"]
        told, hint = why(ignored["why"], css.partition(":")[0].strip())
        where = _line_of(css, galley, root)
        return error("css-not-understood", f"CSS の「{css}」は使えません（{told}）。", where, hint)
    if selector := _SELECTOR.fullmatch(said):
        css = " ".join(re.sub(r"#0A|\s", " ", selector["css"]).split())
        return error(
            "css-not-understood",
            f"CSS の「{css[:40]}」は使えません（どの要素のことか、読めません）。",
            _line_of(css.split(":")[0], galley, root),
            "{ と } が組になっているか、綴りを確かめてください。",
        )
    if said.startswith("Not composed: "):
        words = said.removeprefix("Not composed: ")
        return warning(
            "line-not-composed",
            f"「{words[:12]}」の行は、和文の組み方（約物・アキ・ルビ・圏点）になりません。",
            Where((galley.folder / "layout.html").relative_to(root).as_posix()),
            "回り込み（float）、空白を残す指定（white-space: pre）、文字のない枠を、文章の外へ出してください。",
        )
    if letter := next((each for each in _LETTERS if said.startswith(each)), ""):
        told, hint = _LETTERS[letter]
        words = said.removeprefix(letter)
        where = _line_of("::first-letter", galley, root)
        return warning("first-letter-not-set", f"「{words[:12]}」の最初の字は、{told}", where, hint)
    if said.startswith("More than words in a warichu: "):
        words = said.removeprefix("More than words in a warichu: ")
        return error(
            "warichu-not-plain",
            f"割注「{words[:12]}」に、組めないもの（ルビ・圏点・強調・合成文字など）があります。",
            Where((galley.folder / "layout.html").relative_to(root).as_posix()),
            "割注の中は文字だけにしてください。",
        )
    if said.startswith(MIXED):
        return error(
            "gradient-not-in-inks",
            f"グラデーションの色に、インキでない色が混ざっています（{said.removeprefix(MIXED)}）。",
            Where((galley.folder / "layout.css").relative_to(root).as_posix()),
            "どの色も layout.yaml の colours の色（var(--…)）にしてください。白・黒・灰色・透明は混ぜて構いません。",
        )
    if nowhere := _NOWHERE.search(said):
        return error(
            "link-to-nowhere",
            f"リンクの行き先「#{nowhere['link'] or nowhere['counted']}」がありません。",
            Where((galley.folder / "layout.html").relative_to(root).as_posix()),
            "行き先の要素に id を書くか、リンク（a href、target-counter）を消してください。",
        )
    if twice := _TWICE.search(said):
        return error(
            "anchor-twice",
            f"id「{twice['name']}」が2つあります。",
            Where((galley.folder / "layout.html").relative_to(root).as_posix()),
            "どれか1つを別の名前にしてください。繰り返しの中では、id に番号を付けてください。",
        )
    if picture := _PICTURE.search(said):
        url = picture["url"] or picture["svg"]
        return error(
            "picture-unreadable",
            f"図版を読めません: {url.rsplit('/', 1)[-1]}",
            hint="ファイルの名前と中身を確かめてください。",
        )
    in_words, css, hint = line_in_words(said)
    file = "layout.css" if in_words.startswith("CSS") else "layout.html"
    where = _line_of(css, galley, root) if css else Where((galley.folder / file).relative_to(root).as_posix())
    return error("engine-muttered", in_words, where, hint)


def _line_of(css: str, galley: Galley, root: Path) -> Where:
    """The file and line where the designer wrote a declaration; the galley's stylesheet joins many files. What no file
    of the layout has as it stands (it is made by a template) is told of the layout's template."""
    wanted = re.sub(r"\s+", "", css)
    for pattern in ("*.css", "*.html", "art/*.svg", "kinds/*", "pages/*") if wanted else ():
        for folder in galley.reach[:2]:
            for path in sorted(folder.glob(pattern)):
                for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                    if wanted in re.sub(r"\s+", "", line):
                        return Where(path.relative_to(root).as_posix(), number)
    return Where((galley.folder / "layout.html").relative_to(root).as_posix())


def stopped(fault: Exception, template: Where) -> Finding:
    """The finding when the engine fails at HTML or CSS that it cannot set."""
    return error(
        "engine-stopped",
        f"組版エンジンが、この HTML と CSS を組めずに止まりました（{type(fault).__name__}: {fault}）。",
        template,
        "HTML と CSS のうち、最後に変えたところを戻してみてください。それでも止まるときは、作り手に知らせてください。",
    )
