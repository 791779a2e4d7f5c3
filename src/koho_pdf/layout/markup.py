"""Inline text as HTML: ruby, strong, kenten, notes and links; headings cut at phrases (文節).

The words of a manuscript never become markup by themselves: every character passes through the escape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from markupsafe import Markup, escape

from koho_pdf.content.values.runs import (
    Break,
    InlineText,
    Joint,
    Kenten,
    Link,
    Note,
    Ruby,
    Run,
    Strong,
    Text,
    Tongue,
    plain_of,
)
from koho_pdf.layout.address_links import addresses_in, is_address
from koho_pdf.layout.even_lines import even_lines, without_stub
from koho_pdf.layout.phrases import pieces_of
from koho_pdf.layout.pieces import Atom, Mark, Same, atoms_of, cut, joints, notes, runs_of, segments

_WHOLE = 22  # letters and digits: about eleven characters of a line on a telephone
_IN_LINE = Markup(  # ruby for the structure tree, in a form that browsers do not set as ruby
    '<span data-tag="Ruby"><span data-tag="RB">{}</span><span data-tag="RP">（</span><span data-tag="RT">{}</span>'
    '<span data-tag="RP">）</span></span>'
)
_LONG = 8  # characters: longer phrases may not fit a line on a telephone or a narrow column


def inline(text: InlineText | str) -> Markup:
    """A field's text with its marks as HTML; if the editor forbids a break, the characters beside it are joined."""
    if not isinstance(text, InlineText):
        return escape(text)
    atoms = list(atoms_of(text.runs))
    return _joined(atoms, joints(atoms))


def _joined(atoms: Sequence[Atom], joined: Collection[int]) -> Markup:
    """Atoms as HTML, with the characters beside each of these places in a span that stays on one line. A link is not
    cut, because a screen reader must read it as one. If it is joined to its neighbour, the whole link is in the span,
    and may break inside.
    """
    if not joined:
        return _runs(runs_of(atoms))
    beside = {place + step for place in joined for step in (-1, 1)} - set(joined)
    html, waiting, at, holds = Markup(), Markup(), 0, False
    for link, together in groupby(atoms, _link_around):
        group = list(together)
        inside = {place - at for place in joined}
        pieces = [group] if link.run else cut(group, {place - at for place in beside})
        for piece in pieces:
            end = at + len(_words(piece))
            within = any(at < place < end for place in joined)
            made = _whole_link(piece, inside) if link.run else _runs(runs_of(piece))
            chained = at in joined or end in joined
            waiting += Markup('<span class="loose">{}</span>').format(made) if link.run and chained else made
            holds = holds or chained or (within and not link.run)
            at = end
            if at not in joined:
                html += Markup('<span class="joined">{}</span>' if holds else "{}").format(waiting)
                waiting, holds = Markup(), False
    return html + waiting


def _link_around(atom: Atom) -> Same:
    return Same(next((mark for mark in atom.around if isinstance(mark, Link)), None))


def _whole_link(atoms: Sequence[Atom], joined: Collection[int]) -> Markup:
    """The atoms of one link, with the marks around it."""
    around = atoms[0].around
    depth = next(at for at, mark in enumerate(around) if isinstance(mark, Link))
    inside = [replace(atom, around=atom.around[depth + 1 :]) for atom in atoms]
    html = _joined(inside, {place for place in joined if 0 < place < len(_words(inside))})
    for mark in reversed(around[: depth + 1]):
        html = _marked(mark, html, _words(inside))
    return html


def phrases(text: InlineText | str, characters: int = 0, *, spaces: bool = False, in_browser: bool = False) -> Markup:
    """A heading that may break only between phrases: each phrase is a span that stays on one line. If the line's length
    is known (``characters``), a longer phrase is divided into its parts, and a part that is still longer breaks
    anywhere. With ``spaces`` a phrase ends at each space.
    ``in_browser`` the line is taken to be narrow, and an empty span stands between: for ``inline-block`` or ``wbr`` a
    browser puts a space into names, and listeners hear it.
    """
    longest = _LONG if in_browser else characters

    def places(atoms: Sequence[Atom]) -> set[int]:
        return _places(atoms, longest, spaces) - (_inside_links(atoms) if in_browser else set())

    parts = segments(list(atoms_of(_typed(text))))
    return Markup("<br>").join(_spans(each, places(each), longest, in_browser) for each in parts)


def lines(text: InlineText | str, characters: int, at_least: int = 1) -> list[Markup]:
    """A heading or display line as lines of whole phrases, as even as phrases allow, at most ``characters`` each.

    Lengths count full-width characters (display lines are solid-set, ベタ組み). There are at least ``at_least`` lines,
    if there are as many phrases. A phrase longer than a line is divided into its parts; a part that is still longer
    stays whole, and composition reports it as overset. A line ends at each break of the editor.
    """
    parted = segments(list(atoms_of(_typed(text))))
    found: list[Markup] = []
    for number, each in enumerate(parted):
        wanted = max(1, at_least - len(found) - (len(parted) - number - 1))
        ends, at = set(), 0
        places = _places(each, characters, in_loans=True)
        even = even_lines([_words(piece) for piece in cut(each, places)], characters, wanted)
        if min(map(len, even), default=0) * 3 < characters and (points := _after_points(each) - places):
            finer = [_words(piece) for piece in cut(each, places | points)]
            even = without_stub(finer, characters, even)
        for line in even:
            ends.add(at)
            at += len(line)
        found += [_runs(runs_of(piece)) for piece in cut(each, ends)]
    return found


def _after_points(atoms: Sequence[Atom]) -> set[int]:
    """The places behind a 「・」 between two words of at least two characters, where a list may break (cl-05)."""
    return {found.end() for found in _POINT.finditer(_words(atoms))} - joints(atoms)


_POINT = re.compile(r"(?<=\w\w)・(?=\w\w)")


def clauses(text: InlineText | str, characters: int) -> Markup:
    """Ragged text that prefers to break after 、 and 。: clauses stay whole, longer ones break at phrases.
    ``characters`` is the line's length; a phrase longer than that is divided into its parts.
    """

    def places(atoms: Sequence[Atom]) -> set[int]:
        clauses = re.findall(r"[^、。]*[、。]+[」』）]*|[^、。]+", _words(atoms))
        pieces = (
            piece
            for clause in clauses
            for piece in ([clause] if len(clause) <= characters else pieces_of(clause, characters))
        )
        return _starts(pieces)

    return Markup("<br>").join(
        _spans(each, (places(each) - joints(each)) | notes(each), characters)
        for each in segments(list(atoms_of(_typed(text))))
    )


def upright(line: Markup | str) -> Markup:
    """A vertical display line with each figure of a longer number, and each letter of an abbreviation in capitals, in a
    span of its own: they stand upright, one below the other (JLREQ 2.3.2). Two figures share one cell.
    """
    return Markup(_TALL.sub(lambda found: found[1] or "".join(map("<span>{}</span>".format, found[0])), escape(line)))


_TALL = re.compile("(<[^>]*>|&[^;]*;)|(?<![0-9A-Za-z.,])(?:[0-9]{3,4}|[A-Z]{2,5})(?![0-9A-Za-z.,])")


def _typed(text: InlineText | str) -> tuple[Run, ...]:
    return text.runs if isinstance(text, InlineText) else (Text(text),)


def _words(atoms: Iterable[Atom]) -> str:
    return "".join(atom.words for atom in atoms)


def _starts(pieces: Iterable[str]) -> set[int]:
    """The beginnings of these pieces of a text."""
    return {0, *accumulate(map(len, pieces))}


def _places(atoms: Sequence[Atom], characters: int, spaces: bool = False, *, in_loans: bool = False) -> set[int]:
    """The places where a line may begin: at phrases (of a part longer than a line, ``in_loans`` too), but not in an
    address or where the editor forbids it; always beside a note.
    """
    words = _words(atoms)
    parts = re.findall(r"\S*\s*", words) if spaces else [words]
    begun = _starts(phrase for part in parts for phrase in pieces_of(part, characters, in_loans=in_loans))
    held = {at for found in addresses_in(words) for at in range(found.start() + 1, found.end())}
    return (begun - held - joints(atoms)) | notes(atoms)


def _inside_links(atoms: Sequence[Atom]) -> set[int]:
    """The places where a cut would turn one link into two with half its name."""
    found, at = set(), 0
    before: list[Link] = []
    for atom in atoms:
        links = [mark for mark in atom.around if isinstance(mark, Link)]
        if links:
            first = at + (not any(link is other for link in links for other in before))
            found |= set(range(first, at + len(atom.words)))
        before, at = links, at + len(atom.words)
    return found


def _spans(atoms: Sequence[Atom], places: Collection[int], characters: int, in_browser: bool = False) -> Markup:
    between = Markup('<span class="between"></span>') if in_browser else Markup()
    return between.join(_span(piece, characters, in_browser) for piece in cut(atoms, places))


def _span(piece: Sequence[Atom], characters: int, in_browser: bool) -> Markup:
    words = _words(piece)
    if any(isinstance(atom.run, Note) for atom in piece) or (0 < characters < len(words) and not in_browser):
        return _runs(runs_of(piece))
    if not in_browser:
        return Markup('<span class="phrase">{}</span>').format(_runs(runs_of(piece)))
    return Markup('<span class="phrase">{}</span>').format(_joined(piece, joints(piece) | _brackets(words)))


def _brackets(words: str) -> set[int]:
    """The places where a bracket meets a letter: there a browser ends a line even with ``keep-all``
    (CSS Text 3, 5.2).
    """
    return {
        at
        for at in range(1, len(words))
        if (words[at - 1].isalnum() and unicodedata.category(words[at]) in ("Ps", "Pi"))
        or (unicodedata.category(words[at - 1]) in ("Pe", "Pf") and words[at].isalnum())
    }


def _runs(runs: Iterable[Run]) -> Markup:
    return Markup().join(_run(run) for run in runs)


def _marked(mark: Mark, html: Markup, words: str) -> Markup:
    """The HTML of a mark around its words. A link whose words are an address gets a class: a short one stays on one
    line, a long one breaks at its signs.
    """
    match mark:
        case Strong():
            return Markup("<strong>{}</strong>").format(html)
        case Kenten():
            return Markup('<em class="kenten">{}</em>').format(html)
        case Tongue(_, language):
            return Markup('<span lang="{}">{}</span>').format(language, html)
        case Link(_, url):
            if not words.isascii() and not is_address(words):
                return Markup('<a href="{}">{}</a>').format(url, html)
            return Markup('<a class="{}" href="{}">{}</a>').format(
                "whole" if len(words) <= _WHOLE else "long", url, html
            )
    raise AssertionError(mark)


def _run(run: Run) -> Markup:
    match run:
        case Text(text):
            return escape(text)
        case Ruby(pairs, in_line=True):
            return Markup().join(_IN_LINE.format(base, reading) for base, reading in pairs)
        case Ruby(pairs):
            parts = (Markup("{}<rt>{}</rt>").format(base, reading) for base, reading in pairs)
            return Markup("<ruby>{}</ruby>").format(Markup().join(parts))
        case Note(text):
            return Markup('<span data-tag="Warichu">（<small class="warichu">{}</small>）</span>').format(text)
        case Strong() | Kenten() | Tongue() | Link():
            return _marked(run, _runs(run.runs), plain_of(run.runs))
        case Break():
            return Markup("<br>")
        case Joint():
            return Markup()
    raise AssertionError(run)
