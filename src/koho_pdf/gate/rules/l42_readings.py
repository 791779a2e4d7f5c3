"""L42: a person's name without its reading where it comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose, Role
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.tokens import Token, tokens_of

_TITLES = "さん|氏|様|君|くん|ちゃん|先生|名誉市民|選手|講師|市長|副市長|議長|議員|教育長|会長|園長|校長|医師|教授|隊長|団長|館長|理事長|代表"
_TITLE = late(f"[ 　]?(?:[（(][0-9０-９・、一-龥歳]{{1,16}}[)）])?[ 　]?(?:{_TITLES})")
_ROLES = "講師|代表|会長|市長|副市長|教育長|議長|館長|園長|校長|団長|隊長|教授|医師|主宰|指揮|出演|監督|作家|画家|選手|落語家|歌手|ピアニスト|司会|指導|主演|脚本|演出"
_ROLE = late(f"(?:{_ROLES})[ 　]?(?:の|は|：|:|・|　| )?[ 　]?$")
_AFTER_ROLE = late(
    "(?:講師|出演|司会|指揮|監督|脚本|指導|主宰|ピアノ|演奏)[　：: ]+(?P<name>[一-龥々﨑髙𠮷]{1,3}[ 　]?[一-龥々]{1,3})(?=さん|氏|先生)"
)
_MAY = late(f"{_TITLES}|{_ROLES}|[（(][ぁ-んァ-ヶー]")
_READING = late("[ぁ-んァ-ヶー 　・]{2,}$|[ぁ-んァ-ヶー 　・]{2,}(?=[、・0-9０-９一-龥])")
_LIST = late("当番|名簿|敬称略|広告|訃報|おくやみ|お悔やみ|ご逝去|弔|受賞者一覧|審判|委員名")
_READ_TOO = late("[（(][ぁ-んァ-ヶー・ 　]+[)）]$")
"""A reading that the dictionary takes for a part of the name: 河合（かわい）."""
_MOURNED = late("訃報|おくやみ|お悔やみ|ご逝去|弔")
_TITLE_LINE = late("[^。\n]{1,24}")
"""A line that stands alone: the heading of what follows."""
_KANA = late("[ぁ-んァ-ヶー][ぁ-んァ-ヶー 　・]{2,}")
_HEADING = late("[ 　]*[■□◆◇▼▶★☆#]+[ 　]*[^。\n]{1,40}\n")
_HEAD_OF = late("[市町村区]長[ 　]+[一-龥々]{2}")
"""藤波市長　堂本千秋: the name of a place, whose head is named after it."""
_BEYOND = 0xFFFF
_KANJI = late("[一-龥々㐀-䶿豈-﫿]")


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    known = {re.sub("[ 　]", "", name) for name in reading.style.known}
    known |= {re.sub("[ 　]", "", name) for grid in reading.grids for name in _read_in(grid)}
    seen: dict[str, set[str]] = {}
    mourned: dict[str, bool] = {}
    for prose in proses:
        if prose.role is Role.HEADING or _TITLE_LINE.fullmatch(prose.text.strip()):
            mourned[prose.article] = bool(_MOURNED.search(prose.text))
        elif mourned.get(prose.article):
            continue  # 訃報 stands apart from its text
        if prose.role in (Role.CELL, Role.ADVERTISEMENT, Role.PLAIN) or _LIST.search(prose.text):
            continue
        met = seen.setdefault(prose.article, set(known))
        is_heading = prose.role is Role.HEADING or _HEADING.fullmatch(prose.text.split("\n")[0] + "\n") is not None
        is_heading = is_heading and prose.text.strip().count("\n") == 0
        listed = _listed(prose, reading)
        found = sorted({*_names(tokens_of(prose, _always if prose.ruby else _MAY.search)), *listed})
        for begin, end in found:
            begin -= bool(begin and ord(prose.text[begin - 1]) > _BEYOND)  # 𠮷田, of which the dictionary knows 田
            read = _READ_TOO.search(prose.text, begin, end)
            end = read.start() if read else end
            name = re.sub("[ 　]", "", prose.text[begin:end])
            titled = _TITLE.match(prose.text, end) or (_ROLE.search(prose.text[:begin]) and len(name) >= 3)
            if any((begin, end) != each and begin < each[1] and each[0] < end for each in listed):
                continue  # a part of a whole name
            if _HEAD_OF.match(prose.text, end):
                continue
            if (
                (begin, end) not in listed
                and not titled
                and not _bracket(prose.text, end)
                and not prose.is_read(begin, end)
            ):
                continue
            if any(each.startswith(name) or name.startswith(each) or each.endswith(name) for each in met):
                continue
            if is_heading and not _bracket(prose.text, end) and not prose.is_read(begin, end):
                continue  # the text below it has the reading
            met.add(name)
            if (
                prose.is_read(begin, end)
                or _bracket(prose.text, end)
                or not _KANJI.search(name)
                or prose.is_quoted(begin)
            ):
                continue
            told = f"「{prose.text[begin:end]}」に読みがありません。"
            right = reading.style.persons.get(name, "")
            hint = (
                f"読みは「{right}」です。"
                if right
                else "「{東海林|しょうじ} {美雪|みゆき}」のように、初めに出る所に読みを付けてください。"
            )
            yield prose, Alarm(begin, end, told, hint=hint)


def _read_in(grid: Grid) -> Iterator[str]:
    """The names that stand in a table beside their reading."""
    for row in grid.rows:
        kana = any(_KANA.fullmatch(cell.words.strip()) for cell in row)
        yield from (cell.words for cell in row if kana and _KANJI.match(cell.words) and len(cell.words) < 12)


def _listed(prose: Prose, reading: Reading) -> list[tuple[int, int]]:
    """The whole names of the city's list, and a name after 講師 whose kanji the dictionary may not know."""
    names = [name for name in reading.style.persons if len(name) > 2]
    found = [
        each.span()
        for name in names
        for each in re.finditer("[ 　]?".join(map(re.escape, re.sub("[ 　]", "", name))), prose.text)
    ]
    return found + [each.span("name") for each in _AFTER_ROLE.finditer(prose.text) if each.span("name") not in found]


def _always(_: str) -> bool:
    return True


def _names(tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Names of persons: words next to each other that are parts of names, with a space between."""
    begin = end = -1
    last: Token | None = None
    for token in tokens:
        if token.is_person and _KANJI.search(token.surface) and begin < 0:
            begin, end = token.begin, token.end
        elif (begin >= 0 and token.begin == end and (token.is_person or (token.surface in (" ", "　")))) or (
            begin >= 0
            and last is not None
            and last.surface in (" ", "　")
            and token.begin == end
            and "名詞" in token.kinds
            and len(token.surface) <= 3
        ):
            end = token.end
        else:
            if begin >= 0:
                yield begin, end - (last is not None and last.surface in (" ", "　"))
            begin = end = -1
            if token.is_person and _KANJI.search(token.surface):
                begin, end = token.begin, token.end
        last = token
    if begin >= 0:
        yield begin, end


def _bracket(text: str, end: int) -> bool:
    """Whether a reading in brackets follows, also after the title."""
    title = _TITLE.match(text, end)
    for at in {end, title.end() if title else end}:
        found = re.compile("[ 　]?[（(]([^（）()]*)[)）]").match(text, at)
        if found and _READING.search(found[1]):
            return True
    return False


RULE = Rule(
    "L42",
    "l42-readings",
    Severity.WARNING,
    "人の名前の読み",
    "読めない名前は、呼ばれません。初めに出る所に読みを付けます。",
    wrong=(
        ("講師は東海林 美雪さんです。", ""),
        ("佐々木健太郎さんが優勝しました。", ""),
        ("画家の小笠原薫さんを招きます。", ""),
        ("講師　神﨑航さん（防災士）", ""),
        ("訃報\n\n謹んでお悔やみ申し上げます。\n\n文化講演会\n\n講師は東海林美雪さんです。", ""),
    ),
    silent=(
        "講師は東海林 美雪（しょうじ みゆき）さんです。東海林さんは市内に住んでいます。",
        "堂本 千秋（どうもと ちあき）さんが話しました。\n（藤波市長　堂本千秋）",
        "河合（かわい）さんと山田（やまだ）さんが話しました。河合さんは漁師です。",
        "市民の皆さん",
        "お医者さん、業者さん、職人さん",
        "留萌市長が話しました。",
        "当番医　佐藤医院",
        "訃報\n\n元議員の東海林美雪さんが亡くなりました。",
    ),
    across=_across,
)
