"""L12: a contact that one can only telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import HALF, Prose, Role
from koho_pdf.gate.rule import Alarm, Reading, Rule

_CONTACT = late(
    "(?:お?問い?合わ?せ|申し?込み?(?:先|・問)|連絡先|ご?相談先|【問】|〔問〕|《問》|■問(?=[　 ])|担当課?(?=[　 ：:])|予約先|申込・)(?!に[はもつ答応]|が(?:増|多|あ|寄)|を(?:受け|いただ)|件数|フォーム)"
)
_CALL = late(
    r"電話|☎|📞|TEL|Tel|℡|ＴＥＬ|(?<![0-9])0[0-9]{1,4}[-(][0-9]{1,4}[-)][0-9]{4}|(?<![0-9-])[0-9]{2,3}-[0-9]{4}(?![0-9-])"
)
_WRITTEN = late("ファクス|ファックス|FAX|Fax|ＦＡＸ|メール|mail|@|＠|フォーム|LINE")
_OTHER = late("https?://|〒|住所|窓口|郵送|ホームページ|ウェブ|二次元コード|来庁|直接|はがき|ハガキ|持参")
_URGENT = late("(?<![0-9-])11[089](?![0-9-])|#7119|#8000|救急|夜間|急病|当番|当直|訃報|お悔やみ|葬|緊急|休日診療")
_ONE = late("当番医|広告")


_HINT = "耳の聞こえない方のために、ファクスかメールも書いてください。"
_NUMBER = r"(?:0[0-9]{1,4}[-(][0-9]{1,4}[-)][0-9]{4}|(?<![0-9-])[0-9]{2,3}-[0-9]{4})(?![0-9-])"
_OFFICE = late(
    rf"[一-龥々ァ-ヶー]{{1,12}}(?:課|係|室|局|館|センター|事務所|委員会|協議会|公社)[（(　 ]{{0,2}}(?:電話|☎|TEL)?[　 :：]?{_NUMBER}[）)]?"
)
_ALONE = late(
    rf"(?:電話|☎|TEL)[(（　 :：]{{0,2}}{_NUMBER}[）)]?(?:\([^()\n]{{1,16}}\))?(?=で(?:受け付け|予約|申し|お?申込|。|、|$)|へ|まで)"
)
"""A number by itself to which people are to apply."""
_BOOKED = late(rf"(?<=予約)[ :](?:電話|☎|TEL)[ :]?{_NUMBER}")
_INVITED = late(
    "(?P<office>[一-龥々ァ-ヶー]{1,12}(?:課|係|室|局|館|センター|事務所|委員会|協議会))(?:へ|に|まで)、?お?電話(?:を|で)?(?:して|いただ|お問い?合わ?せ|ご連絡|ご相談|お申し?込み)?ください"
)
_LINE = late(
    rf"^(?!.*(?:課|係|室|局)　*(?:課|係|室|局))[^\n。、:]{{2,16}} +(?P<office>[一-龥々ァ-ヶー]{{1,8}}(?:課|係|室|局)(?:[一-龥々ァ-ヶー]{{1,8}}(?:課|係|室))?) +(?:電話|TEL) ?{_NUMBER}(?:\(内線[0-9]+\))?$",
    re.MULTILINE,
)
"""A thing, the office that does it, and its telephone; more than one such line are a list."""
_ONE_LINE = late(
    rf"^(?P<office>[一-龥々ァ-ヶーの]{{2,16}}(?:課|係|室|局|館|センター|事務所|事務局|公社|組合|協会)(?:[一-龥]{{1,8}})?) +(?:電話|TEL) ?{_NUMBER}$",
    re.MULTILINE,
)
"""The last line of an article: an office and its telephone."""
_APPLIED = late(
    rf"^[ ・■●○◆]*(?P<office>(?:お?申し?込み?|応募|予約|受付|届け?出?)(?:先|窓口)?[ :]+[^\n。、:]{{2,24}}?)[ (]+(?:電話|TEL|☎)[ :]?{_NUMBER}(?:\(内線[0-9]+\))?\)?$",
    re.MULTILINE,
)
"""A line that says where to apply: an office and its telephone."""
_ASKED = late(
    "ご?不明な|^[　 ]*予約[　 :：]|電話し|お電話|電話で|電話を|申し込|申込|問い合わせ|問合せ|連絡|予約|相談し|ご相談|詳しくは|へどうぞ|相談は、|届け出"
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    told: list[tuple[int, int]] = []
    for alarm in _labelled(prose):
        told.append((alarm.begin, alarm.end))
        yield alarm
    for begin, end in prose.sentences:
        sentence = prose.text[begin:end]
        half = sentence.translate(HALF)
        found = _OFFICE.search(half) or _ALONE.search(half) or _BOOKED.search(half)
        if (
            found
            and _ASKED.search(sentence)
            and not _WRITTEN.search(sentence)
            and not _OTHER.search(sentence)
            and not _URGENT.search(sentence)
            and not any(one < begin + found.end() and begin + found.start() < other for one, other in told)
        ):
            words = prose.text[begin + found.start() : begin + found.end()]
            told.append((begin + found.start(), begin + found.end()))
            yield Alarm(begin + found.start(), begin + found.end(), f"「{words}」に電話しかありません。", hint=_HINT)
    if not told:
        yield from _invited(prose)


def _invited(prose: Prose) -> Iterator[Alarm]:
    """学校教育課へお電話ください, or one line with an office and its telephone, and nothing else in the text."""
    if _WRITTEN.search(prose.text):
        return
    applied = [
        each for each in _APPLIED.finditer(prose.half) if not _OTHER.search(each[0]) and not _ONE.search(each[0])
    ]
    if applied and not _URGENT.search(prose.text):
        for each in applied:
            words = prose.text[each.start("office") : each.end()]
            yield Alarm(each.start("office"), each.end(), f"「{words}」に電話しかありません。", hint=_HINT)
        return
    known = _OTHER.search(prose.text) or _URGENT.search(prose.text)
    found = None if known else _INVITED.search(prose.text)
    lines = [*_LINE.finditer(prose.half)]
    lines = lines or [found for found in _ONE_LINE.finditer(prose.half) if prose.text.count("。") > 1]
    if not found and len(lines) == 1:
        found = lines[0]
    if found:
        begin = found.start("office")
        words = prose.text[begin : found.end()]
        yield Alarm(begin, found.end(), f"「{words}」に電話しかありません。", hint=_HINT)


def _labelled(prose: Prose) -> Iterator[Alarm]:
    for begin, end in _contacts(prose.text):
        words = prose.text[begin:end]
        near = _near(words)
        if (
            _CALL.search(near)
            and not _WRITTEN.search(words)
            and not _OTHER.search(near)
            and not _URGENT.search(prose.text)
            and not _ONE.search(words)
        ):
            found, call = _CONTACT.search(prose.text, begin), _CALL.search(prose.text, begin)
            assert found and call
            told = f"「{found[0]}」に電話しかありません。"
            yield Alarm(min(found.start(), call.start()), max(found.end(), call.end()), told, hint=_HINT)


def _near(words: str) -> str:
    """A contact's own line or sentence, with the lines below it that only go on with it."""
    end = words.find("\n")
    line = words if end < 0 else words[:end]
    stop = line.find("。")
    if stop >= 0:
        return line[: stop + 1]
    below = [] if end < 0 else words[end + 1 :].split("\n")
    kept = [each for each in below if "。" not in each]
    return "\n".join([line, *kept])


def _contacts(text: str) -> Iterator[tuple[int, int]]:
    """From the first word of a contact to the next empty line or the next such word after a 。"""
    begins = [found.start() for found in _CONTACT.finditer(text)]
    begins = [
        begin
        for number, begin in enumerate(begins)
        if not number or "。" in text[begins[number - 1] : begin] or "\n" in text[begins[number - 1] : begin]
    ]
    for number, begin in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else len(text)
        line = text.rfind("\n", 0, begin) + 1
        sentence = text.rfind("。", line, begin) + 1
        yield max(line, sentence), end


RULE = Rule(
    "L12",
    "l12-only-telephone",
    Severity.WARNING,
    "電話だけの問合せ先",
    "耳の聞こえない方、昼間に電話できない方が問い合わせられません。",
    wrong=(
        ("問合せ　防災課　電話0190-22-1801", ""),
        ("問い合わせは税務課（☎22-1802）へ。", ""),
        ("【申込・問合せ】社会教育課　22-1803", ""),
        ("問合せ　総務課統計係　電話 0190-22-1101（内線221）", ""),
        ("予約は電話0190-22-1402で受け付けます。", ""),
        ("ご不明な点は税務課 電話0190-22-1250へ", ""),
        ("予約　電話 0190-23-2525（市民文化会館）", ""),
        ("詳しくは、環境課（0190-22-1871）へお電話ください。", ""),
        ("詳しくは、学校教育課へお電話ください。", ""),
        ("水道の凍結　建設課水道係　電話 0190-22-1701", ""),
        ("電話で学校教育課（電話0190-22-1881）に申し込んでください。", ""),
        ("申し込み　国際交流プラザ　電話0190-22-1824", ""),
        ("お申し込みは、電話0190-22-1805（生涯学習課）で。", ""),
    ),
    silent=(
        "問合せ　防災課　電話0190-22-1801　ファクス0190-22-1899",
        "問合せ　防災課　電話22-1801　bousai@example.jp",
        "救急の相談は、電話#7119へ問い合わせてください。",
        "問い合わせが増えています。",
        "水道の凍結　建設課　電話 0190-22-1701\n道路の穴　土木課　電話 0190-22-1702",
        "消防署へお電話ください。ファクスは0190-22-1199です。",
        "申し込み　国際交流プラザ　電話0190-22-1824\n　　　　　メールplaza@example.jp",
        "申し込み　3月5日までに、電話かファクスで",
        "お申し込みは、電話0190-22-1805（生涯学習課）かファクスで。",
        "休日は、当番医に電話をしてから、保健センター（電話0190-22-1881）に行ってください。",
        "詳しくは、環境課（電話0190-22-1871、メールkankyo@example.jp）へどうぞ。",
    ),
    find=_find,
    roles=frozenset({Role.BODY, Role.FIELD}),
)
