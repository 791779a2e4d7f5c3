"""How the city of a workspace writes (``style:`` of koho.yaml), for the text gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from koho_pdf.content.values.contact import Contact
from koho_pdf.gate.style import Style
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import OneOrMore, matching, one_of, words
from koho_pdf.manuscript.settings import key

_READING = matching(
    "[ぁ-ゖゝゞァ-ヺーヽヾ・ 　]+", "「東海林美雪: しょうじ みゆき」のように、名前とその読み（かな）を書いてください。"
)
_WORD = words()
_SEVERAL = OneOrMore(_WORD)


class StyleFields(Group):
    """``style`` of koho.yaml."""

    manner: Annotated[str, one_of("公用文", "新聞")] = key(
        "書き方", "公用文（公用文作成の考え方）か、新聞（新聞の用字用語）。", "公用文", default="公用文"
    )
    wave: Annotated[str, one_of("～", "〜")] = key(
        "波線", "範囲を表す波線。U+FF5E の ～ か、U+301C の 〜。", "～", default="～"
    )
    words: dict[str, Annotated[str, _WORD]] = key(
        "言葉", "使わない言葉と、この市での書き方。", {"障害者": "障がい者", "町会": "町内会"}, default={}
    )
    persons: dict[str, Annotated[str, _READING]] = key(
        "人の名前",
        "名前（字のとおり）と、その読み。名前の字が違うと、校閲が知らせます。",
        {"髙﨑一郎": "たかさき いちろう"},
        default={},
    )
    known: Annotated[str | tuple[str, ...], _SEVERAL] = key(
        "誰でも読める名前", "読みを付けなくてよい人（市長など）。", ["留萌太郎"], default=()
    )
    allowed: Annotated[str | tuple[str, ...], _SEVERAL] = key(
        "校閲しない言葉", "校閲が何も知らせない言葉（催しや建物の名前など）。", ["子供の国"], default=()
    )


def style_of(said: StyleFields, area_code: str, departments: Mapping[str, Contact]) -> Style:
    """The style, with the telephones, faxes and mail addresses of the departments."""
    telephones = {
        name: frozenset(each.hyphened for each in contact.telephone or ()) for name, contact in departments.items()
    }
    faxes = {name: frozenset((each.fax.hyphened,)) for name, each in departments.items() if each.fax}
    mails = {name: frozenset((str(each.mail),)) for name, each in departments.items() if each.mail}
    known, allowed = (frozenset((each,) if isinstance(each, str) else each) for each in (said.known, said.allowed))
    return Style(said.manner, said.wave, said.words, said.persons, known, telephones, mails, area_code, allowed, faxes)
