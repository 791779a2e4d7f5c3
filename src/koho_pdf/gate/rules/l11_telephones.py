"""L11: telephone numbers that cannot be dialled, or are not those of the department."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.ways_to_call import WAYS, numbers_of, way_at, way_in

_LABEL = late(
    r"(?:電話(?:番号)?|☎|📞|TEL|Tel|tel|℡|FAX|Fax|fax|ファクス|ファックス|ＦＡＸ|ＴＥＬ|携帯)\s?[:：は]?\s?(?:\((?:代表|代)\))?(?:\((?!0[0-9]{1,4}\)))?\s?"
)
_BRACKETED = r"\(0[0-9]{1,4}\)\s?[0-9]{1,4}-[0-9]{1,5}(?:-[0-9]{1,4})?"
_MIDDLE = r"[0-9]{1,4}\([0-9]{1,4}\)\s?[0-9]{1,5}"
_SPACED = "0[0-9]{1,4} [0-9]{1,4} [0-9]{3,5}"
_NUMBER = late(
    rf"(?<![0-9#＃〒A-Za-z-])(?:{_BRACKETED}|0{_MIDDLE}|{_SPACED}|0[0-9]{{1,4}}-[0-9]{{1,4}}-[0-9]{{1,5}}(?:-[0-9]{{1,4}})?)(?![0-9A-Za-z-])|(?<![0-9#〒-])0[0-9]{{8,11}}(?![0-9A-Za-z-])"
)
_AFTER_LABEL = late(rf"(?:{_BRACKETED}|{_MIDDLE}|{_SPACED}|[0-9]{{1,12}}(?:-[0-9]{{1,5}}){{0,3}})(?![0-9])")
_LETTERED = late("[0-9OoIl]{1,5}-[0-9OoIl]{1,4}(?:-[0-9OoIl]{1,5})?(?![A-Za-z])")
_LOCAL = late("[ （()]{0,2}(?P<number>[0-9]{2,3}-[0-9]{4})(?![0-9-])")
_OTHERS = late(
    "(?:と|、|か|や|または|・|。|(?<=[課係室局館])[がはをに])[^、。\\n（(]*?(?:所|課|署|センター|館|病院|局|協会|会社|組合|協議会|大学|機構|本部|支部|振興局|会議所)(?=[（( 　：:]|の電話|電話|へ|\\n)|[ 　][^、。\\n（(　]{1,14}(?:事務局|協会|会社|組合)(?=[ 　（(：:]|電話)"
)
"""Another office between a department and a number."""
_GOES_ON = late(
    r"(?:\s*お?(?:電話(?:番号)?|番号|連絡先|問い?合わ?せ先?|申し?込み先|ファクス(?:番号)?|ファックス|FAX|TEL|Tel|直通|ダイヤル)(?:番号)?(?:は|が|:|：|\s)*[(（]?(?:[0-9()ー-]+[)）]?[、・,]?)?)+"
)
"""How a sentence begins that goes on with the numbers of an office told before it."""
_OFFICE = late(
    "(?:所|課|署|センター|館|病院|局|協会|会社|組合|協議会|大学|機構|本部|支部|会議所|商工会|委員会|クラブ|事務局|ダイヤル|ホットライン)(?:[でがはにへのを（(]|と)"
)
_BACK = 120
"""How far before a number its office may stand, when a sentence or two are between."""
_DASHES = late("(?<=[0-9])[ーｰ―‑—](?=[0-9])")
_ACCOUNT = late("(?:口座|振替|記号|登録|許可|整理|通帳|郵便|番号|コード|ISBN)[^。\n]{0,8}$")
_DATE = late(r"(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_SHORT = late(r"1[0-9]{2}|\#[0-9]{4}")
_MOBILE = ("050", "060", "070", "080", "090", "020")
_TOLL = {"0120": 10, "0800": 11, "0570": 10, "0180": 10, "0170": 10, "0990": 10}


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    yield from _letters(prose)
    seen: set[int] = set()
    half = _DASHES.sub("-", prose.half)
    for label in _LABEL.finditer(half):
        found = _AFTER_LABEL.match(half, label.end())
        if found and found[0].strip("()"):
            seen.add(found.start())
            yield from _number(prose, found, reading, labelled=True)
    for name in reading.style.telephones:
        for at in re.finditer(re.escape(name), half) if name in half else ():
            local = _LOCAL.match(half, at.end())
            if local and local.start("number") not in seen:
                seen.add(local.start("number"))
                number = _AFTER_LABEL.match(half, local.start("number"))
                yield from _number(prose, number, reading, labelled=True) if number else ()
    for found in _NUMBER.finditer(half):
        if _DATE.match(found[0]) or (
            _ACCOUNT.search(half[: found.start()])
            and not re.search(
                "(?:電話|ファクス|ファックス|FAX|^|[。、\n]\\s*)番号(?![^。\n]*号)[^。\n]{0,8}$", half[: found.start()]
            )
        ):
            continue
        if not any(abs(found.start() - begin) < 3 for begin in seen):
            yield from _number(prose, found, reading, labelled=False)


def _letters(prose: Prose) -> Iterator[Alarm]:
    """電話O190-22-l801: letters in the place of 0 and 1."""
    for label in _LABEL.finditer(prose.half):
        found = _LETTERED.match(prose.half, label.end())
        if found and re.search("[OoIl]", found[0]):
            words = prose.text[found.start() : found.end()]
            right = found[0].translate(str.maketrans("OoIl", "0011"))
            yield Alarm(
                found.start(), found.end(), f"電話番号「{words}」に、数字でなく英字があります。", right, certain=True
            )


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """A department and its number in two cells of a row."""
    known = reading.style.telephones
    for grid in reading.grids:
        kinds = [way_in(cell.prose.half) for cell in grid.rows[0]]
        for row in grid.rows:
            names = [name for cell in row for name in known if cell.words.strip().startswith(name)]
            name = max(names, key=len, default="")
            for kind, cell in zip(kinds, row, strict=False) if name and known[name] else ():
                own = numbers_of(reading.style, name, kind)
                digits = re.sub("[^0-9]", "", cell.prose.half)
                found = re.fullmatch(r"[0-9()\s-]{6,16}", cell.prose.half.strip())
                if (
                    found
                    and not _wrong(found[0].strip(), digits, labelled=False)
                    and not any(_same(digits, each, reading.style.area_code) for each in own)
                ):
                    told = f"「{cell.words}」は{name}の{WAYS[kind]}番号ではありません。"
                    hint = f"koho.yaml では、{name}は {'・'.join(sorted(own))} です。"
                    yield cell.prose, Alarm(0, len(cell.words), told, hint=hint)


def _number(prose: Prose, found: re.Match[str], reading: Reading, *, labelled: bool) -> Iterator[Alarm]:
    if prose.is_address(found.start()):
        return
    number = found[0].strip() if "(" in found[0] else found[0].strip(" )")
    digits = re.sub("[^0-9]", "", number)
    words = prose.text[found.start() : found.start() + len(number)]
    end = found.start() + len(number)
    if reason := _wrong(number, digits, labelled=labelled):
        right = _meant(digits, reading)
        yield Alarm(
            found.start(),
            end,
            f"電話番号「{words}」は{reason}",
            right,
            hint="元の資料か koho.yaml で確かめてください。",
        )
        return
    if not reading.style.telephones or len(digits) < 5:
        return
    before = prose.text[: found.start()]
    line = before[max(before.rfind("\n\n"), before.rfind("。"), 0) :]
    named = [(line.rfind(name), len(name), name) for name in reading.style.telephones if name in line]
    after = re.match("[)）]?(?:の|で|へ|、)?[（(]?", prose.text[end:])
    follows = prose.text[end + (after.end() if after else 0) :]
    named = named or [
        (0, len(name), name)
        for name in reading.style.telephones
        if follows.startswith(name)
        or re.match(rf"[ 　]+{re.escape(name)}(?:[一-龥]{{1,6}}係)?(?:まで|へ|に|$|[\n。)）])", follows)
    ]
    if not named and _GOES_ON.fullmatch(line.lstrip("。")):
        line = before[max(before.rfind("\n\n"), len(before) - _BACK, 0) :]
        named = [(line.rfind(name), len(name), name) for name in reading.style.telephones if name in line]
        near = [number for _, _, name in named for number in numbers_of(reading.style, name, "")]
        if any(_same(digits, each, reading.style.area_code) for each in near) or (
            named and _OFFICE.search(line, max(named)[0] + len(max(named)[2]))
        ):
            return  # of one of several offices, or of another than the city's
    area = reading.style.area_code
    if area and number.count("-") == 2 and digits.startswith(area) and not number.startswith(f"{area}-"):
        told = f"電話番号「{words}」の区切りが違います。市外局番は{area}です。"
        yield Alarm(found.start(), end, told, hint="区切りを直してください。")
        return
    if named:
        name = max(named)[2]
        kind = way_at(prose, found.start(), end)
        own = numbers_of(reading.style, name, kind)
        if name in line and _OTHERS.search(line, line.rfind(name) + len(name)):
            return
        if own and not any(_same(digits, each, reading.style.area_code) for each in own):
            whose = next(
                (
                    each
                    for each in reading.style.telephones
                    if each != name and any(_same(digits, one, area) for one in numbers_of(reading.style, each, ""))
                ),
                "",
            )
            other = any(_same(digits, each, area) for each in numbers_of(reading.style, name, ""))
            whose = (
                f"{whose}の番号です"
                if whose
                else ("ファクスです" if kind == "telephone" else "電話です")
                if other
                else ""
            )
            told = f"「{words}」は{name}の{WAYS[kind]}番号ではありません" + (f"（{whose}）。" if whose else "。")
            hint = f"koho.yaml では、{name}は {'・'.join(sorted(own))} です。"
            yield Alarm(found.start(), end, told, hint=hint)


def _same(digits: str, own: str, area: str) -> bool:
    own = re.sub("[^0-9]", "", own)
    return digits == own or digits == area + own or area + digits == own


def _meant(digits: str, reading: Reading) -> str:
    """The one number of the city of which a digit is missing here."""
    near = {
        own
        for name in reading.style.telephones
        for own in numbers_of(reading.style, name, "")
        if (whole := re.sub("[^0-9]", "", own))
        and len(whole) == len(digits) + 1
        and any(whole[:at] + whole[at + 1 :] == digits for at in range(len(whole)))
    }
    return near.pop() if len(near) == 1 else ""


def _wrong(number: str, digits: str, *, labelled: bool) -> str:
    """What is wrong with the shape of a number; empty if it can be dialled."""
    parts = [part for part in re.split("[^0-9]+", number) if part]
    if digits.startswith("0"):
        most = _TOLL.get(digits[:4]) or (11 if digits.startswith(_MOBILE) else 10)
        if len(digits) != most:
            return f"{len(digits)}桁です。市外局番から{most}桁のはずです。"
        if (len(parts) == 3 and len(parts[2]) not in (4, 3)) or (
            len(parts) == 3 and len(parts[2]) == 3 and digits[:4] not in _TOLL
        ):
            return "終わりが4桁ではありません。"
        return "区切りが多すぎます。" if len(parts) > 3 else ""
    if not labelled or _SHORT.fullmatch(digits) or len(parts) == 1:
        return "0 から始まっていません。" if labelled and len(digits) in (9, 10) else ""
    if len(parts) == 2:
        return "" if len(parts[1]) == 4 and 1 <= len(parts[0]) <= 4 else "終わりが4桁ではありません。"
    return "0 から始まっていません。"


RULE = Rule(
    "L11",
    "l11-telephones",
    Severity.ERROR,
    "電話番号",
    "1桁の間違いで、知らない家に電話がかかり続けます。",
    wrong=(
        ("電話 0190-22-180", ""),
        ("防災課（電話0190-22-1802）へ", ""),
        ("☎42-18091", ""),
        ("問合せ　税務課　0190-22-18011", ""),
        ("フリーダイヤル0120-12-345", ""),
        ("携帯090-1234-567", ""),
        ("TEL 190-22-1801", ""),
        ("電話O190-22-1801", "電話0190-22-1801"),
        ("電話0190-22-1802の防災課へ", ""),
        ("(0190)22-18へ", ""),
        ("電話0190ー22ー180", ""),
        ("電話0190-22-18-01", ""),
        ("電話0190-22-1801-1", ""),
        ("税務課（22-1801）へ", ""),
        ("受付は防災課です。電話は0190-22-1803です。", ""),
        ("防災課　電話0190-22-1901", ""),
        ("防災課　電話0190-22-1801　ファクス0190-22-1801", ""),
        ("ファクス番号　防災課　0190-22-1801", ""),
        ("防災課に届け出てください。平日に受け付けます。番号は0190-22-1803です。", ""),
    ),
    silent=(
        "内線3012、#7119、119番",
        "防災課（電話0190-22-1801）へ",
        "税務課（☎22-1802）",
        "〒077-8601 留萌市",
        "2027-03-01",
        "0120-123-456、0570-00-1234、090-1234-5678、03-1234-5678",
        "電話で申し込んでください。",
        "電話3人まで",
        "(0190)22-1801",
        "振替口座 00100-0-12345",
        "電話 0190-22-1801（8:30～17:15）、電話0190-22-1801 3月10日まで",
        "電話（0190）22-1801、011(231)4111",
        "受付は防災課です。電話は0190-22-1801です。",
        "防災課が後援します。主催は商工会です。電話は0190-22-1803です。",
        "防災課が協力する消防署　電話0190-22-2119、品番0190-22-180A",
        "防災課　電話0190-22-1801　ファクス0190-22-1901",
        "ファクス（0190-22-1901）か電話（0190-22-1801）で防災課へ",
        "防災課と県の相談所（電話0191-22-1000）で相談できます。",
    ),
    find=_find,
    across=_across,
    style={
        "telephones": {"防災課": frozenset({"0190-22-1801"}), "税務課": frozenset({"0190-22-1802"})},
        "faxes": {"防災課": frozenset({"0190-22-1901"})},
        "area_code": "0190",
    },
)
