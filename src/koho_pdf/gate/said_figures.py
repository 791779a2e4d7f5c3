"""The figures that a text names, with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose

UNIT = "円|人|名|件|世帯|戸|棟|部|個|台|枚|冊|本|通|票|頭|匹|羽|隻|区画|か所|カ所|ヶ所|箇所|回|日|時間|トン|キログラム|キロメートル|キロワット|キロ|グラム|リットル|ヘクタール|平方メートル|立方メートル|センチメートル|メートル|センチ|点|校|社|店|問|組|チーム|団体|ha|km|kg|t|㎡|％|%"
_NUMBER = late(
    rf"(?=[△▲-]?[0-9])(?<![0-9,.第])(?P<minus>[△▲-])?(?:(?P<oku>[0-9][0-9,]*)億)?(?:(?P<man>[0-9][0-9,]*)万)?(?P<rest>[0-9][0-9,]*(?:\.[0-9]+)?)?(?P<unit>{UNIT}|ポイント)?"
)


_KANJI = late(
    r"(?<![第0-9一二三四五六七八九十百千])(?P<words>[一二三四五六七八九十百千]{2,8})(?=(?:人|名|件|円|世帯|戸|棟|部|個|台|枚|冊|本|通|票|頭|匹|羽|区画|か所|点|校|社|店|組)(?!十|の|一))"
)
"""二百三十五人, as vertical text has it."""
_DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")}
_NAMED = late(
    r"(?:(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,3})|(?<![0-9,])(?:19|20)[0-9]{2})年度?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|末)?|(?<![0-9,])[0-9]{1,2}月(?:[0-9]{1,2}日|末)|(?<![0-9,])[0-9]{1,3}歳(?:以上|以下|未満|代)?"
)


def without_days(prose: Prose) -> str:
    """The text in half width, as long as it was, with a sign in place of every year, day and age: none is a figure."""
    if "days" not in prose.kept:
        prose.kept["days"] = _NAMED.sub(lambda found: "年" * len(found[0]), _in_digits(prose))
    masked: str = prose.kept["days"]
    return masked


def _in_digits(prose: Prose) -> str:
    """The text in half width, as long as it was, with 235 or 0235 in place of 二百三十五, where it has room."""
    if not _KANJI.search(prose.half):
        return prose.half
    return _KANJI.sub(lambda found: _digits(found["words"]), prose.half)


def _digits(words: str) -> str:
    total, last = 0, 0
    for sign in words:
        if sign in "十百千":
            total += (last or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            last = 0
        else:
            last = _DIGITS[sign]
    said = f"{total + last:0{len(words)}d}"
    return said if len(said) == len(words) else words


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its place, its value, its unit (empty without one); ``rough`` if it is 約 or 余り."""

    begin: int
    end: int
    value: Decimal
    unit: str
    rough: bool


def figures_in(prose: Prose) -> list[Figure]:
    """Every figure of a text, in order: 18,204人, 1億2,000万円."""
    if "figures" not in prose.kept:
        prose.kept["figures"] = tuple(_figures(prose))
    return list(prose.kept["figures"])


def _figures(prose: Prose) -> Iterator[Figure]:
    for match in _NUMBER.finditer(_in_digits(prose)):
        if not (match["rest"] or match["man"] or match["oku"]):
            continue
        value = sum(
            (
                plain_number(match[name]) * scale
                for name, scale in (("oku", 10**8), ("man", 10**4), ("rest", 1))
                if match[name]
            ),
            Decimal(0),
        )
        about = bool(re.search("(?:約|およそ|おおよそ|ほぼ)$", prose.text[: match.start()]))
        about = about or prose.text[match.end() : match.end() + 1] in ("弱", "強", "余", "超")
        signed = -value if match["minus"] in ("△", "▲") else value
        yield Figure(match.start(), match.end(), signed, match["unit"] or "", about)


def in_words(value: Decimal) -> str:
    """A value as a text has it: 18,204; 216億4,000万; 0.5."""
    if value != value.to_integral_value() or abs(value) < 10**8:
        return f"{value:,f}"
    oku, rest = divmod(abs(int(value)), 10**8)
    man, ones = divmod(rest, 10**4)
    return ("-" if value < 0 else "") + f"{oku:,}億" + (f"{man:,}万" if man else "") + (f"{ones:,}" if ones else "")


def plain_number(words: str) -> Decimal:
    """The value of 18,204 or 1万2,000."""
    total = Decimal(0)
    for scale, sign in ((10**8, "億"), (10**4, "万")):
        if sign in words:
            head, words = words.split(sign, 1)
            total += Decimal(head.replace(",", "") or 0) * scale
    return total + (Decimal(words.replace(",", "").rstrip(".")) if words.strip(",.") else 0)
