"""The value of a field from a cell or a labelled line, as a manuscript writes it. If it is read in
another way than it was written (a serial number as a day), old and new are told; a wrong value is told with its place.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from koho_pdf.content.values.telephone import Telephone
from koho_pdf.content.values.workbook import column_name
from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.contact_words import contact_of, words_gone
from koho_pdf.intake.received import SPACES, Cell, Line, joined, marked
from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.yaml_writing import Writable

_DAYS = ("date", "occasions")
_WHOLE_DAYS = range(20_000, 80_000)  # of Excel: 1954 to 2119
_LETTER_DAY = re.compile(r"([MTSHR])\.?([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{1,2})(.*)", re.DOTALL)
_MIDNIGHT = re.compile(r"(.*[0-9日])[ T]0?0:00(?::00)?")
_DAY_AND_TIME = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[ T]+(.*[0-9]:[0-9]{2}.*)")
_SECONDS = re.compile(r"(?<=[0-9]:[0-9]{2}):00")
_ZERO_GONE = re.compile(r"(?<![0-9０-９（()）‐－-])[1-9][0-9]{8,9}(?![0-9０-９‐－-])")
_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_MARKED = ("text", "paragraphs", "person", "occasions", "list")


@dataclass(frozen=True, slots=True)
class Setting:
    """What values are read with: the received file, the issue's day, the city's departments and its area code."""

    file: str
    day: datetime.date | None
    departments: Mapping[str, object]
    area_code: str = ""
    trial: bool = False
    """Whether only the kind is looked for: then nothing is judged."""

    @property
    def context(self) -> dict[str, Any]:
        return {"date": self.day, "departments": self.departments, "warnings": []}


def place_of(cell: Cell | None, sheet: str, setting: Setting) -> tuple[Where, str]:
    """Where a cell stands, for a finding, and in words."""
    if cell is None or not cell.row:
        return Where(file=setting.file), ""
    sheet_in_words = f"シート「{sheet}」の " if sheet else ""
    name = f"{column_name(cell.column)}{cell.row}" if sheet else f"{cell.row}行目の{cell.column}列目"
    return Where(file=setting.file, line=cell.row, column=cell.column), f"{sheet_in_words}{name}: "


def value_of(
    field: Field,
    lines: Sequence[Line],
    setting: Setting,
    found: list[Finding],
    cell: Cell | None = None,
    sheet: str = "",
) -> Writable | None:
    """The value of a field; None for nothing."""
    lines = [each for each in lines if each.plain.strip(SPACES)]
    if not lines:
        return None
    where, place = place_of(cell, sheet, setting)
    plain = joined([each.plain for each in lines])
    words = joined([each.marked for each in lines])
    if field.called in _DAYS:
        if day := _serial(cell, plain):
            found.append(note("received-serial", f"{place}日付の番号「{plain}」を「{day}」と読みました。", where))
            return day
        if midnight := _MIDNIGHT.fullmatch(plain):
            found.append(note("received-serial", f"{place}日付「{plain}」を「{midnight[1]}」と読みました。", where))
            return midnight[1]
        if (whole := in_words(plain)) != plain:
            found.append(note("received-serial", f"{place}日時「{plain}」を「{whole}」と読みました。", where))
            return whole
        if day := _letter_day(plain):
            found.append(note("received-serial", f"{place}日付「{plain}」を「{day}」と読みました。", where))
            return day
    if field.called == "time" and cell is not None and cell.raw is not None and 0 < cell.raw < 1 and _is_number(plain):
        minutes = round(cell.raw * 1440)
        time = f"{minutes // 60}:{minutes % 60:02}"
        found.append(note("received-serial", f"{place}時刻の番号「{plain}」を「{time}」と読みました。", where))
        return time
    if field.called == "telephone":
        return _telephone(plain, setting, found, where, place)
    if field.called == "contact":
        for digits in _ZERO_GONE.findall(plain):
            _telephone(digits, setting, found, where, place)
        contact = contact_of([each.plain for each in lines], setting.departments)
        if gone := words_gone(plain, contact):
            told = f"{place}問合せの「{gone}」は、電話などの項目になりました。"
            found.append(note("received-label", told, where))
        return contact
    if field.called == "paragraphs":
        return "\n\n".join(each.marked for each in lines)
    if field.called == "list":
        return [each.marked for each in lines]
    if field.called == "occasions":
        return _occasions(field, lines, setting)
    if field.called == "choice":
        return plain
    if field.called == "text" and len(lines) > 1:
        words = "　".join(marked(each.bits) for each in lines)
    return words if field.called in _MARKED else plain


def in_words(text: str) -> str:
    """A day and a time as Excel shows them, as words: 2027/4/4 9:00:00 is 2027年4月4日 9:00."""
    found = _DAY_AND_TIME.fullmatch(text)
    if not found:
        return text
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日 {_SECONDS.sub('', found[4])}"


def is_valid(field: Field, value: Writable | None, setting: Setting) -> bool:
    """Whether a field takes a value."""
    return value is not None and (setting.trial or not wrong_with(field, value, setting))


def wrong_with(field: Field, value: Writable, setting: Setting) -> tuple[Finding, ...]:
    """What a field says of a value that it does not take."""
    return () if setting.trial else field.refused(value, setting.context)


def _occasions(field: Field, lines: Sequence[Line], setting: Setting) -> Writable:
    """日時: on one line, or a line each, whichever can be read; else as it was written."""
    texts = [each.marked for each in lines]
    ways: list[Writable] = [joined(texts), "　".join(texts)]
    if len(texts) > 1:
        ways.append(texts)
    return next((each for each in ways if is_valid(field, each, setting)), ways[0])


def _serial(cell: Cell | None, plain: str) -> str:
    """The day of a number in a column of days, which Excel shows as a number."""
    if not _is_number(plain) or not re.fullmatch(r"[0-9]{5}", plain):
        return ""
    days = int(plain)
    if days not in _WHOLE_DAYS or (cell is not None and cell.raw is not None and cell.raw != days):
        return ""
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days)
    return f"{day.year}年{day.month}月{day.day}日"


def _letter_day(plain: str) -> str:
    """R9.3.7(日) as 令和9年3月7日(日)."""
    found = _LETTER_DAY.fullmatch(unicodedata.normalize("NFKC", plain).strip())
    return f"{_ERAS[found[1]]}{int(found[2])}年{int(found[3])}月{int(found[4])}日{found[5]}" if found else ""


def _is_number(plain: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain))


def _telephone(plain: str, setting: Setting, found: list[Finding], where: Where, place: str) -> str:
    """A telephone number; one whose first 0 Excel has taken away is told with what it probably was."""
    text = re.sub(r"^(☎|℡|TEL|Tel|ＴＥＬ|電話)[ 　:：.．]*", "", plain)
    digits = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"[1-9][0-9]{8,9}", digits):
        meant = grouped(f"0{digits}", setting.area_code)
        told = f"{place}電話番号「{plain}」は、はじめの 0 が落ちているようです。「{meant}」ではありませんか。"
        hint = f"担当課に確かめ、記事の「{plain}」を「{meant}」に直してください。"
        found.append(warning("received-telephone", told, where, hint))
        return text
    try:
        Telephone.parse(text)
    except Refusal:
        hint = "番号を担当課に確かめ、記事を直してください。"
        found.append(warning("received-telephone", f"{place}「{plain}」は電話番号として読めません。", where, hint))
    return text


def grouped(digits: str, area_code: str) -> str:
    """The digits of a telephone number with hyphens, as far as we know: of the city's own area code, of mobiles."""
    if area_code and digits.startswith(area_code) and len(digits) == 10:
        rest = digits[len(area_code) :]
        return f"{area_code}-{rest[:-4]}-{rest[-4:]}"
    if re.match("0[5789]0", digits) and len(digits) == 11:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if digits.startswith("0190") and len(digits) == 10:
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if digits.startswith(("0120", "0570")) and len(digits) == 10:
        return f"{digits[:4]}-{digits[4:7]}-{digits[7:]}"
    if digits.startswith(("03", "06")) and len(digits) == 10:
        return f"{digits[:2]}-{digits[2:6]}-{digits[6:]}"
    return digits
