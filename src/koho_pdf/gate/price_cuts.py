"""Prices that are cut, shared or raised by a rate, also over two sentences: 通常2,000円です。3割引きの1,400円, 半額, 税."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N, agrees, wrong, wrong_in
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import Figure, in_words, plain_number, without_days

_CUT = late(r"(?<![0-9])(?:(?P<off>[0-9]{1,2})(?P<by>割|%)(?:引き?|安|オフ)|(?P<half>半額))(?![0-9])")
_PAID = late(
    rf"(?:の|で|は|、|に|なり|となり|だと|なら|割引|く|され|て|円)*(?:大人|子ども|子供|一般|小学生|中学生|高校生|会員|団体)?(?P<paid>{N})円"
)
_BECOMES = late(rf"(?P<a>{N})円(?:が|は|から|のところ|の[^0-9。、]{{1,8}}(?:が|は))、?(?P<b>{N})円(?:に|で)")
_TIMES = late(r"(?<![0-9,.第])(?P<k>[0-9]{1,2})(?:回|人|名|枚|個|本|冊|か月|日)")
_SECOND = late(
    rf"2人目(?:は|が|の[^0-9。]{{1,6}}は)?、?(?:半額|(?P<off>[0-9])割引)[^0-9]{{0,30}}?(?:3人目[^0-9]{{0,30}}?)?(?P<a>{N})円[^0-9。]{{0,12}}、?2人(?:で|が|とも|なら|だと)[^0-9。]{{0,12}}(?P<b>{N})円"
)
_TAX = late(
    rf"税(?:率)?(?:の|は|が)?(?P<rate>[0-9]{{1,2}})%[^0-9。]{{0,10}}(?:加え|足|含め|掛け|乗せ)[^0-9。]{{0,8}}(?P<a>{N})円(?:は|が|の[^0-9。]{{1,8}}は|だと|なら)、?(?P<b>{N})円"
)
_RAISED = late(
    rf"(?P<a>{N})(?P<u>円|人|件)(?:が|から)、?(?P<b>{N})(?P=u)に(?:な[るりっ]|上が|下が|増え|減|値上げ|値下げ)[^0-9。]{{0,10}}?、?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?P<by>%|割)"
)
_PART = late(
    rf"(?P<w>{N})(?P<u>[一-龥ァ-ヶーa-zA-Z]{{1,6}}?)(?:で|あり|です。|でした。)\s?、?(?:この|その)?うち、?(?:の)?(?:約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?P<by>%|割)(?:の|に当たる|である|、)+(?P<p>{N})(?P=u)"
)
_LIMITED = late("上限|限度|最大|まで|端数|切り捨て|切り上げ|以内|から[0-9]|～")
_PAYERS = (
    "国|県|道|都|府|市|町|村|本人|地元|利用者|事業者|所有者|申請者|保護者|団体|町内会|企業|寄[付附]金?|補助金|基金"
)
_REST = late(
    rf"(?:残[りる]|(?:{_PAYERS})の(?:自己)?負担(?:額|分|金)?|自己負担(?:額|分|金)?)(?:の|は|が|で)?、?(?P<rest>{N})円"
)
_FRACTION = late(
    r"(?P<half>半分|半額)|(?P<of>[2-9])分の(?P<over>[1-9])|(?<![0-9.])(?P<tenths>[1-9])割|(?<![0-9.])(?P<cent>[0-9]{1,2})%"
)
_APART = late("1人|1世帯|1回|当たり|あたり|につき|前年|昨年|約|およそ|上限|限度|最大|増|減|収入|所得|以上|以下|未満|税")


def price_cuts_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each price, share or rate of them that comes out otherwise."""
    text = without_days(prose)
    cuts = any(sign in text for sign in ("割", "%", "半額"))
    rests = "残" in text or "負担" in text
    for at, (begin, end) in enumerate(prose.sentences if cuts or rests else ()):
        start = prose.sentences[max(0, at - 1)][0]
        if cuts:
            for cut in _CUT.finditer(text, begin, end):
                yield from _cut(prose, text, cut, (start, begin, end))
            yield from _becomes(prose, text, prose.sentences[max(0, at - 1)], (begin, end))
        if rests:
            yield from _rest(prose, text, figures, (start, begin, end))
    for found in _SECOND.finditer(text):
        share = Decimal(found["off"]) / 10 if found["off"] else Decimal("0.5")
        right = plain_number(found["a"]) * (2 - share)
        if right != plain_number(found["b"]) and not _LIMITED.search(found[0]):
            yield wrong(prose, found.start("a"), found.end(), f"{in_words(right)}円")
    for found in _TAX.finditer(text):
        right = plain_number(found["a"]) * (100 + int(found["rate"])) / 100
        if abs(right - plain_number(found["b"])) > 1:
            yield wrong(prose, found.start("a"), found.end(), f"{in_words(right.quantize(Decimal(1)))}円")
    for found in _RAISED.finditer(text):
        one, other, said = plain_number(found["a"]), plain_number(found["b"]), Decimal(found["rate"])
        scale = 100 if found["by"] == "%" else 10
        if one and not agrees(said, abs(other - one) * scale / one, about=bool(found["about"])):
            yield wrong_in(prose, found, f"{abs(other - one) * 100 / one:.1f}％")
    for found in _PART.finditer(text):
        whole, part = plain_number(found["w"]), plain_number(found["p"])
        scale = 100 if found["by"] == "%" else 10
        if whole and not agrees(
            Decimal(found["rate"]), part * scale / whole, about="約" in found[0] or "およそ" in found[0]
        ):
            yield wrong_in(
                prose, found, f"{in_words((whole * Decimal(found['rate']) / scale).normalize() + 0)}{found['u']}"
            )


def _share(cut: re.Match[str]) -> Decimal:
    if cut["half"]:
        return Decimal("0.5")
    return Decimal(cut["off"]) / (10 if cut["by"] == "割" else 100)


def _cut(prose: Prose, text: str, cut: re.Match[str], span: tuple[int, int, int]) -> Iterator[Alarm]:
    """The price after a cut is that of none of the prices before it."""
    start, begin, end = span
    paid = _PAID.match(text, cut.end(), end)
    if not paid or _LIMITED.search(text, begin, min(end, paid.end() + 6)):
        return
    said = plain_number(paid["paid"])
    prices = [
        plain_number(each[1])
        for each in re.finditer(rf"({N})円", text[start:end])
        if start + each.start() != paid.start("paid")
    ]
    prices = [each for each in prices if each != said]
    times = [int(each["k"]) for each in _TIMES.finditer(text, start, cut.start())]
    bases = {price * k for price in prices for k in (1, *times)}
    every = {plain_number(each[1]) for each in re.finditer(rf"({N})円", text[: cut.start()])}
    bases |= {price * k for price in every for k in (1, *times)} if bases else set()
    rights = {base * (1 - _share(cut)) for base in bases} | ({base / 2 for base in bases} if cut["half"] else set())
    higher = [base for base in bases if base > said]
    if higher and len(prices) <= 3 and all(abs(right - said) > 10 for right in rights):
        right = min(rights, key=lambda each: abs(each - said))
        yield wrong(prose, cut.start(), paid.end(), f"{in_words(right.quantize(Decimal(1)))}円")


def _becomes(prose: Prose, text: str, before: tuple[int, int], span: tuple[int, int]) -> Iterator[Alarm]:
    """続けて借りる人は、料金が1割引きです。小の区画なら、4,000円が3,600円になります."""
    cuts = [each for each in _CUT.finditer(text, *before) if not _PAID.match(text, each.end())]
    found = _BECOMES.search(text, *span)
    here = [each for each in _CUT.finditer(text, *span) if found and each.start() < found.start()]
    cuts = here or cuts
    if (
        len(cuts) != 1
        or not found
        or _PAID.match(text, cuts[0].end())
        or _CUT.search(text, found.start(), span[1])
        or _LIMITED.search(text, before[0], span[1])
    ):
        return
    one, other = plain_number(found["a"]), plain_number(found["b"])
    right = one * (1 - _share(cuts[0]))
    if other < one and abs(right - other) > 10:
        yield wrong(prose, found.start("a"), found.end("b") + 1, f"{in_words(right.quantize(Decimal(1)))}円")


def _rest(prose: Prose, text: str, figures: Sequence[Figure], span: tuple[int, int, int]) -> Iterator[Alarm]:
    """3億円をかけます。国が半分、県が1億円を負担し、市の負担は5,000万円です: the whole less all that is named after it."""
    start, begin, end = span
    found = _REST.search(text, begin, end)
    if not found or _APART.search(text, start, end):
        return
    own = [each for each in figures if begin <= each.begin < found.start() and each.unit == "円"]
    shares = list(_FRACTION.finditer(text, begin, found.start()))
    last = [each for each in figures if start <= each.begin < begin and each.unit == "円"]
    wholes = last if last else own[:1]
    parts = own if last else own[1:]
    if len(wholes) != 1 or not (parts or shares) or any(each.rough for each in (*wholes, *parts)):
        return
    whole = wholes[0].value
    shares = [each for each in shares if each.start() >= wholes[0].end]
    taken = sum((each.value for each in parts), Decimal(0)) + sum(
        (whole * _fraction(each) for each in shares), Decimal(0)
    )
    right, said = whole - taken, plain_number(found["rest"])
    if taken and 0 < right < whole and abs(right - said) > (1 if shares else 0) and said < whole:
        yield wrong(
            prose,
            wholes[0].begin
            if not last
            else min(each for each in (found.start(), *(p.begin for p in parts), *(s.start() for s in shares))),
            found.end(),
            f"{in_words(right.quantize(Decimal(1)))}円",
        )


def _fraction(found: re.Match[str]) -> Decimal:
    if found["half"]:
        return Decimal("0.5")
    if found["of"]:
        return Decimal(found["over"]) / Decimal(found["of"])
    return Decimal(found["tenths"]) / 10 if found["tenths"] else Decimal(found["cent"]) / 100
