"""The filters of templates: words with their marks, broken where the designer asks, and how long they are.

A filter takes the context of its template first: the edition decides on links, readings and colours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from koho_pdf.content.values.runs import InlineText, Text
from koho_pdf.layout.address_links import with_links, without_links
from koho_pdf.layout.codes import code_svg, colours_in
from koho_pdf.layout.digits import in_style
from koho_pdf.layout.estimates import cell_ems, clause_rows, ems, letters, longest, parted, ragged_rows, rows, widest
from koho_pdf.layout.markup import clauses, inline, lines, phrases, upright
from koho_pdf.layout.readings import Readings, without_readings

if TYPE_CHECKING:
    from koho_pdf.content.values.addresses import WebAddress
    from koho_pdf.layout.city import City
    from koho_pdf.layout.contract import Layout


def _linked(context: Context, text: InlineText | str) -> InlineText | str:
    """The text with its addresses as links, if the edition can follow links: not on paper."""
    city: City | None = context.get("city")
    if city is None or context.get("edition", "print") == "print":
        return text
    typed = text if isinstance(text, InlineText) else InlineText(text, (Text(text),))
    return with_links(typed, city.area_code, whole=_in_browser(context))


def _in_browser(context: Context) -> bool:
    return context.get("edition") in ("web", "article")


def _shown(context: Context, markup: Markup) -> Markup:
    """In a browser each reading gets its own ruby, because Chromium gives screen readers only the first of several. A
    browser that cannot set ruby shows it in brackets after the word (HTML, 4.5.12).
    """
    if not _in_browser(context):
        return markup
    bracketed = str(markup).replace("<rt>", "<rp>（</rp><rt>").replace("</rt>", "</rt><rp>）</rp>")
    return Markup(bracketed.replace("）</rp>", "）</rp></ruby><ruby>").replace("<ruby></ruby>", ""))


@pass_context
def _inline(context: Context, text: InlineText | str) -> Markup:
    """A field's text with its marks, and its addresses."""
    return _shown(context, inline(_linked(context, text)))


@pass_context
def _one_line(context: Context, text: InlineText | str) -> Markup:
    """A text as from ``inline``, but without the editor's breaks, for lists with one line for each item."""
    return Markup("").join(inline(_linked(context, text)).split("<br>"))


@pass_context
def _phrases(context: Context, text: InlineText | str, *, linked: bool = True) -> Markup:
    """A heading, or a cell of a table, that breaks between phrases; with ``linked=False`` for use within a link."""
    if not linked:
        bare = without_links(text) if isinstance(text, InlineText) else text
        return _shown(context, phrases(bare, in_browser=_in_browser(context)))
    return _shown(context, phrases(_linked(context, text), in_browser=_in_browser(context)))


@pass_context
def _lines(context: Context, text: InlineText | str, characters: int, at_least: int = 1) -> list[Markup]:
    """A heading or display line as from ``lines``, with its addresses."""
    return lines(_linked(context, text), characters, at_least)


@pass_context
def _clauses(context: Context, text: InlineText | str, characters: int) -> Markup:
    """Ragged text as from ``clauses``, with its addresses."""
    return clauses(_linked(context, text), characters)


@pass_context
def _body_phrases(context: Context, text: InlineText | str, characters: int = 0) -> Markup:
    """A cell of a table as from ``body``, which breaks between phrases, and within those longer than ``characters``."""
    readings: Readings = context["readings"]
    layout: Layout = context["layout"]
    words = _linked(context, in_style(readings.given(text), layout.digits))
    return _shown(context, phrases(words, characters, in_browser=_in_browser(context)))


@pass_context
def _body(context: Context, text: InlineText | str) -> Markup:
    """Body text: ``inline``, with the readings of names and the digits as ``layout.yaml`` asks."""
    readings: Readings = context["readings"]
    layout: Layout = context["layout"]
    return _shown(context, inline(_linked(context, in_style(readings.given(text), layout.digits))))


@pass_context
def _code(context: Context, address: WebAddress) -> Markup:
    """The 二次元コード of an address, in black alone."""
    return code_svg(address.uri(), *colours_in(context.get("edition", "print"), context.get("city")))


@pass_context
def _level(context: Context, text: InlineText | str) -> Markup:
    """Body text with nothing above its line and nothing smaller than it: ``body`` with readings in brackets."""
    readings: Readings = context["readings"]
    layout: Layout = context["layout"]
    return inline(_linked(context, in_style(readings.in_brackets(text), layout.digits)))


@pass_context
def _level_phrases(context: Context, text: InlineText | str, characters: int, *, read: bool = True) -> Markup:
    """The same for a heading, with the editor's readings only, or none if not ``read``; it breaks at spaces and between
    phrases, and within a phrase that is longer than a line of ``characters``.
    """
    readings: Readings = context["readings"]
    if not read:
        bare = without_readings(text)
        return phrases(without_links(bare) if isinstance(bare, InlineText) else bare, characters, spaces=True)
    return phrases(_linked(context, readings.in_brackets(text, names=False)), characters, spaces=True)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "inline": _inline,
    "one_line": _one_line,
    "body": _body,
    "phrases": _phrases,
    "body_phrases": _body_phrases,
    "lines": _lines,
    "upright": lambda _, line: upright(line),
    "clauses": _clauses,
    "code": _code,
    "level": _level,
    "level_phrases": _level_phrases,
    **{
        each.__name__: (lambda _, value, *given, each=each: each(value, *given))
        for each in (ems, cell_ems, rows, ragged_rows, clause_rows, longest, widest, letters, parted)
    },
}
