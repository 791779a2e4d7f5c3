"""The shares of a whole that a text names: 62％, 3割, 3分の1, 半数, each with the words that say of what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose

_KANJI = "一二三四五六七八九"
_SHARE = late(
    r"(?<![0-9.第,～~〜-])(?P<cent>[0-9]{1,2}(?:\.[0-9]+)?)\s?(?:%|パーセント)(?!以|未満|台|引|増|減|ずつ|オフ|OFF|off|安|高|[～~〜])"
    rf"|(?<![0-9.数{_KANJI}～~〜])(?P<tenths>[0-9](?:\.[0-9])?|[{_KANJI}])割(?:(?P<more>[0-9]|[{_KANJI}])分)?(?!引|り|増|減|以|台|を超|方|安|[～~〜])"
    r"|(?<![0-9一二三四五六七八九])(?P<of>[2-9]|[1-9][0-9]|[二三四五六七八九十])分の(?P<over>[1-9]|[一二三四五六七八九])(?![0-9])"
    r"|(?P<half>半分|半数)(?!以)"
)
_ROUGH = late("(?:約|およそ|おおよそ|ほぼ|ざっと)$")
_ABOUT = late("近|強|弱|余|ほど|程度|前後|超")
_STOPS = late("[、。，\n・;；/／(（]")


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole in percent: its place, its ``value``, the last place that is told (``step``: 1 or 0.1 for
    percent, 0 for a share that is meant exactly), whether it is ``rough``, and its ``label``, the words before it."""

    begin: int
    end: int
    value: Fraction
    step: Fraction
    rough: bool
    label: str


def shares_in(prose: Prose) -> list[Share]:
    """Every share of a text, in order."""
    found: list[Share] = []
    for each in _SHARE.finditer(prose.half):
        rough = bool(_ROUGH.search(prose.half, max(0, each.start() - 5), each.start()))
        rough = rough or bool(_ABOUT.match(prose.half, each.end()))
        found.append(Share(each.start(), each.end(), *_value(each), rough, _label(prose.half, found, each.start())))
    return found


def _label(half: str, before: list[Share], at: int) -> str:
    """The words before a share: from the last stop, or the share before it."""
    begin = max(before[-1].end if before else 0, at - 40)
    words = half[begin:at].rstrip(" :(（「")
    stops = [each.end() for each in _STOPS.finditer(words)]
    label = words[stops[-1] :] if stops else words
    if len(stops) > 1 and not label.strip("約"):  # 「その他」は、18％
        label = words[stops[-2] :]
    return label


def _value(found: re.Match[str]) -> tuple[Fraction, Fraction]:
    if found["cent"]:
        said = Decimal(found["cent"])
        return Fraction(said), Fraction(Decimal(1).scaleb(min(0, int(said.as_tuple().exponent))))
    if found["tenths"]:
        more = _digit(found["more"]) if found["more"] else Fraction(0)
        return _digit(found["tenths"]) * 10 + more, Fraction(0)
    if found["of"]:
        return _digit(found["over"]) * 100 / _digit(found["of"]), Fraction(0)
    return Fraction(50), Fraction(0)


def _digit(words: str) -> Fraction:
    return Fraction(10 if words == "十" else _KANJI.index(words) + 1) if words in _KANJI + "十" else Fraction(words)
