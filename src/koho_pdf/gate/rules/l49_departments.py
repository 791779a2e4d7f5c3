"""L49: a department's name or mail address that is not the one in koho.yaml."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import ADDRESS, Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_NAME = late("[一-龥々ァ-ヶー]{2,12}[課科係室部局]")
_FITS = 0.7
_KINDS = "課科係室部局"
_OTHERS = late(
    "(?:[都道府県国]|総合振興局|振興局|保健所|警察|消防|病院|大学|裁判所|法務|税務署|年金|農協|銀行|郵便|労働|運輸|農政|気象|開発|財務|内[科]|外[科]|小児科|歯科|眼科|皮膚科|耳鼻|婦人科|整形|産科)"
)


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    names = reading.style.telephones.keys() | reading.style.mails.keys()
    if not names:
        return
    yield from _names(prose, names)
    yield from _mails(prose, reading)


def _names(prose: Prose, names: set[str]) -> Iterator[Alarm]:
    for found in _NAME.finditer(prose.text):
        word = found[0]
        if prose.is_quoted(found.start()) or any(word.endswith(name) or name.endswith(word) for name in names):
            continue
        if _OTHERS.search(prose.text[max(0, found.start() - 6) : found.end()]) or any(name in word for name in names):
            continue
        near = [
            (name, at)
            for name in names
            for at in range(max(1, len(word) - len(name)), min(len(word), len(word) - len(name) + 2) + 1)
            if len(name) >= 3 and _is_slip(word[at - 1 :], name)
        ]
        near += [(name, 1) for name in names if len(name) >= 3 and _is_slip(word, name)]
        if near:
            name, at = max(near, key=lambda each: difflib.SequenceMatcher(None, word[each[1] - 1 :], each[0]).ratio())
            begin = found.start() + at - 1
            told = f"「{prose.text[begin : found.end()]}」という課は koho.yaml にありません。"
            yield Alarm(begin, found.end(), told, name, hint=f"「{name}」のことではありませんか。", warns=True)


def _is_slip(word: str, name: str) -> bool:
    """Whether a word is a department's name with one sign wrong, missing or too many."""
    if word == name or abs(len(word) - len(name)) > 1 or word[0] != name[0]:
        return False
    if len(word) == len(name):
        differ = [at for at in range(len(name)) if word[at] != name[at]]
        return len(differ) == 1 and (differ[0] == len(name) - 1 or len(name) >= 4)
    short, long = sorted((word, name), key=len)
    return len(short) >= 4 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _mails(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    mails = reading.style.mails
    for found in ADDRESS.finditer(prose.text):
        if "@" not in found[0]:
            continue
        before = prose.text[: found.start()]
        line = before[max(before.rfind("\n\n"), before.rfind("。"), 0) :]
        named = [(line.rfind(name), len(name), name) for name in mails if name in line]
        own = mails[max(named)[2]] if named else frozenset()
        said = found[0].lower()
        if not own or said in {each.lower() for each in own}:
            continue
        name = max(named)[2]
        whose = next((each for each, those in mails.items() if found[0] in those), "")
        if whose and (whose.startswith(name) or name.startswith(whose)):
            continue  # of a section of the department, or of the department itself
        near = any(
            difflib.SequenceMatcher(None, said, each.lower()).ratio() > 1 - 3 / max(len(said), 1) for each in own
        )
        told = f"「{found[0]}」は{name}のメールアドレスではありません" + (f"（{whose}のものです）。" if whose else "。")
        hint = f"koho.yaml では、{name}は {'・'.join(sorted(own))} です。"
        yield Alarm(found.start(), found.end(), told, hint=hint, warns=not (near or whose))


RULE = Rule(
    "L49",
    "l49-departments",
    Severity.ERROR,
    "課の名前・メールが koho.yaml と違う",
    "古い課の名前や、1字違うアドレスでは、問い合わせが届きません。",
    wrong=(
        ("問合せ　税務科　22-1802", "問合せ　税務課　22-1802"),
        ("詳しくは防災危険管理課へ", "詳しくは防災危機管理課へ"),
        ("税務課　zeimu@town.example.jpへ", ""),
        ("防災危機管理課（メール zeimu@city.example.jp）", ""),
    ),
    silent=(
        "税務課　zeimu@city.example.jpへ",
        "防災危機管理課の地域防災係",
        "県の税務科",
        "税務課　zeimu-kakari@city.example.jp",
        "税務課資産税係　zeimu@city.example.jp",
        "内科と小児科の医師",
        "健康課に電話してください。",
    ),
    find=_find,
    style={
        "telephones": {"税務課": frozenset({"0190-22-1802"}), "防災危機管理課": frozenset({"0190-22-1801"})},
        "mails": {
            "税務課": frozenset({"zeimu@city.example.jp"}),
            "税務課資産税係": frozenset({"zeimu-kakari@city.example.jp"}),
            "防災危機管理課": frozenset({"bousai@city.example.jp"}),
        },
    },
)
