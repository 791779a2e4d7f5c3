"""A number of a workbook as Excel shows it: 1,234; 12.5%; △3,400; 令和9年3月1日 (ECMA-376-1, 18.8.30 and 18.8.31).

What is not understood here (fractions, powers of ten, conditions) raises ``NotShown``: nothing is printed otherwise
than people see it in Excel.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from koho_pdf.content.values.dates import ERAS, FIRST_DAY

BUILT_IN = "built-in "
"""Stands before the number of a format that workbooks do not write out."""

_YEN = '"¥"#,##0;"¥"-#,##0'
_WAREKI, _SHORT_WAREKI = '[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d"
_DATE, _TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"
_BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    49: "@",
    5: _YEN,
    6: _YEN,
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    14: "yyyy/m/d",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: _TIME,
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 57), _SHORT_WAREKI),
    **dict.fromkeys((28, 29, 51, 54, 58), _WAREKI),
    30: "m/d/yy",
    31: _DATE,
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
    **dict.fromkeys((37, 38), "#,##0;-#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00;-#,##0.00"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
}
"""The built-in formats as Japanese Excel has them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<space>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>AM/PM|A/P|午前/午後)|(?P<general>General|G/標準)|(?P<unknown>E[+-]|/ *(?=[?#0-9])|[bnr])"
    r"|(?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,4})|(?P<digit>[0#?])|(?P<sign>[.,%@])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOURS = re.compile(
    r"(black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]+|[黒青水緑紫赤白黄]|色 ?[0-9]+)", re.I
)
_WEEKDAYS = "月火水木金土日"
_MOST_DIGITS = 15  # of a number that a workbook holds exactly

Token = tuple[str, str]


class NotShown(ValueError):
    """The format, or a number in it, cannot be shown."""


def shown(number: float, code: str, *, from_1904: bool = False) -> str:
    """A number in a format: a code, or ``BUILT_IN`` and a number. Raises ``NotShown``."""
    sections = _sections(_code(code))
    many = min(len(sections), 3)
    tokens = sections[0]
    if many > 1 and number < 0:
        tokens, number = sections[1], -number
    elif many == 3 and number == 0:
        tokens = sections[2]
    if any(kind == "date" for kind, _ in tokens):
        return _day(number, tokens, from_1904)
    return _amount(number, tokens)


def shown_text(text: str, code: str) -> str:
    """A text in a format, which may put words around it (``@"様"``). Raises ``NotShown``."""
    sections = _sections(_code(code))
    tokens = sections[3] if len(sections) == 4 else sections[-1] if ("sign", "@") in sections[-1] else None
    return text if tokens is None else "".join(text if each == ("sign", "@") else each[1] for each in tokens)


def _code(code: str) -> str:
    """A format's code; the long day and the time of the system (F800, F400) are those of a Japanese one."""
    if code.startswith(BUILT_IN):
        number = code.removeprefix(BUILT_IN)
        if not number.isascii() or not number.isdigit() or int(number) not in _BUILT_IN:
            raise NotShown(code)
        return _BUILT_IN[int(number)]
    if code.startswith(("[$-F800]", "[$-x-sysdate]")):
        return _DATE
    return _TIME if code.startswith(("[$-F400]", "[$-x-systime]")) else code


@cache
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """The tokens of each section: for positive numbers, negative ones, zero, texts."""
    sections: list[list[Token]] = [[]]
    gannen = "x-gannen" in code
    for found in _TOKEN.finditer(code):
        kind, text = str(found.lastgroup), found[found.lastgroup or 0]
        if kind == "plain" and text == ";":
            sections.append([])
        elif kind == "bracket" and text.lower() in ("h", "hh", "m", "mm", "s", "ss"):
            sections[-1].append(("date", f"[{text.lower()[0]}]"))
        elif kind == "unknown" or (kind == "bracket" and not _COLOURS.fullmatch(text)):
            raise NotShown(code)
        elif kind == "date":
            text = text.lower()
            sections[-1].append((kind, "gannen" if gannen and text == "e" else text))
        elif kind in ("quoted", "escaped", "currency", "plain"):
            sections[-1].append(("words", text))
        elif kind not in ("space", "bracket"):
            sections[-1].append((kind, text))
    if len(sections) > 4:
        raise NotShown(code)
    return tuple(map(tuple, sections))


def general(number: float) -> str:
    """A number without a format: 1234, 0.5. Raises ``NotShown`` where Excel would show a power of ten."""
    if number == int(number) and abs(number) < 10**_MOST_DIGITS:
        return str(int(number))
    text = f"{number:.11g}"
    if "e" in text:
        raise NotShown(text)
    return text


def _amount(number: float, tokens: tuple[Token, ...]) -> str:
    """A number whose digits stand in the places of a format."""
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not digits:
        return _wordy(number, tokens)
    point = next((at for at, each in enumerate(tokens) if each == ("sign", ".")), len(tokens))
    before, after = [at for at in digits if at < point], [at for at in digits if at > point]
    commas = [at for at, each in enumerate(tokens) if each == ("sign", ",")]
    grouped = any(before and before[0] < at < before[-1] for at in commas)
    last = max(before, default=point)
    thousands = sum(at > last and (at < point or at > digits[-1]) for at in commas)
    percents = tokens.count(("sign", "%"))
    exact = Decimal(f"{abs(number):.{_MOST_DIGITS}g}") * 100**percents / 1000**thousands
    rounded = exact.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    if whole and not before:  # ``.00`` has no place for it
        raise NotShown(whole)
    least = sum(tokens[at][1] == "0" for at in before)
    told = iter(_spread(whole.zfill(least), len(before), grouped=grouped))
    minus = "-" if number < 0 and rounded else ""
    written: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "digit":
            if at < point:
                written.append(next(told))
            else:
                kept = part[after.index(at) :]
                written.append(kept[0] if kept.strip("0") or text == "0" else "")
        elif kind == "sign":
            written.append("" if text == "," else text)
        elif kind == "words":
            written.append(text)
        else:
            raise NotShown(text)
    return minus + "".join(written).strip()


def _spread(whole: str, places: int, *, grouped: bool) -> list[str]:
    """The digits of a whole number for so many places, the first of which takes all that are left over."""
    count = max(len(whole), places)
    signs = list(whole.rjust(count, " "))
    if grouped:
        signs = [
            each + ("," if each.strip() and (count - 1 - at) % 3 == 0 and at < count - 1 else "")
            for at, each in enumerate(signs)
        ]
    signs = [each.strip(" ") for each in signs]
    first = count - places + 1
    return ["".join(signs[:first]), *signs[first:]] if places else []


def _wordy(number: float, tokens: tuple[Token, ...]) -> str:
    """A number in a format without places for digits: ``General``, or words in its place (``"なし"``)."""
    written: list[str] = []
    for kind, text in tokens:
        if kind == "general" or (kind, text) == ("sign", "@"):
            written.append(general(number))
        elif kind == "words":
            written.append(text)
        else:
            raise NotShown(text)
    return "".join(written).strip()


def _day(number: float, tokens: tuple[Token, ...], from_1904: bool) -> str:
    """A day or a time: a number of days since the last day of 1899, to the second."""
    days, seconds = divmod(round(number * 86400), 86400)
    days += 1462 if from_1904 else 0
    if not 0 <= days < 2958466:  # 10000-01-01
        raise NotShown(str(number))
    if days == 60:  # 29 February 1900, which Excel has and the calendar has not
        raise NotShown(str(number))
    day = datetime.date(1899, 12, 30 if days > 60 else 31) + datetime.timedelta(days)
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    halves = any(kind == "half" for kind, _ in tokens)
    parts = [at for at, (kind, _) in enumerate(tokens) if kind == "date"]
    written: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "half":
            late = hour >= 12
            written.append(("午後" if late else "午前") if text == "午前/午後" else text.split("/")[late])
        elif kind in ("words", "sign"):
            written.append(text)
        elif kind != "date":
            raise NotShown(text)
        elif text[0] == "[":
            whole = (days - (1462 if from_1904 else 0)) * 86400 + seconds  # a length of time has no first year
            written.append(str(whole // {"h": 3600, "m": 60, "s": 1}[text[1]]))
        elif text[0] == "h":
            written.append(_two((hour - 1) % 12 + 1 if halves else hour, text))
        elif text[0] == "s":
            written.append(_two(second, text))
        elif text[0] == "m" and _is_minute(tokens, parts, at):
            written.append(_two(minute, text))
        else:
            written.append(_of_calendar(day, text))
    return "".join(written).strip()


def _is_minute(tokens: tuple[Token, ...], parts: list[int], at: int) -> bool:
    """m after an hour or before a second is a minute, else a month."""
    here = parts.index(at)
    before = tokens[parts[here - 1]][1] if here else ""
    after = tokens[parts[here + 1]][1] if here + 1 < len(parts) else ""
    return before.strip("[")[:1] == "h" or after[:1] == "s"


def _of_calendar(day: datetime.date, text: str) -> str:
    if text[0] == "y":
        return f"{day.year % 100:02}" if len(text) < 3 else str(day.year)
    if text in ("m", "mm", "d", "dd"):
        return _two(day.month if text[0] == "m" else day.day, text)
    if text[0] == "a":
        return _WEEKDAYS[day.weekday()] + ("曜日" if len(text) == 4 else "")
    if text[0] in "ge" and day >= FIRST_DAY:
        era = next(each for each in reversed(ERAS) if each.first <= day)
        year = day.year - era.first.year + 1
        if text == "gannen":
            return era.count(day.year)
        return _two(year, text) if text[0] == "e" else (era.letter, era.name[0], era.name)[min(len(text), 3) - 1]
    raise NotShown(text)  # English names of months and days


def _two(number: int, text: str) -> str:
    return f"{number:02}" if len(text) > 1 else str(number)
