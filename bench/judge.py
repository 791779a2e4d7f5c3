"""Counts, for each rule of composition, the lines of a PDF that keep and break it: the same for every engine.

It knows boxes (where a text was to be set, at what measure and size) and glyphs (``glyphs``), nothing else; its lists
of characters are written out from JLREQ and are not those of the product. A line runs to the right, or downwards where
a box is vertical; positions along it are measured in em from the box's head.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bench.boxes import CLOSING, DOTS, OPENING, STOPS, Box, Mark, inside, lines_of, plain, readings_of
from bench.glyphs import Glyph

FLUSH_PT = 0.1
HAIR = 0.03  # em: what engines round away (thousandths of an em, a pixel's sixty-fourth)

NOT_FIRST = (
    "。、，．・：；？！）」』】〕》〉］｝ー々ゝゞヽヾ〻〵ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃…‥―〜"
    + "〙〗’”‼⁇⁈⁉!?),.:;]}%ｰ｡､｣"
)
NOT_LAST = "（「『【〔《〈［｛￥＄№〒" + "〘〖‘“([{｢$¥"
_WEEKDAY = "(?:（[日月火水木金土](?:・祝)?）)?"
WHOLE = re.compile(
    r"(?:平成|令和)?[0-9]+年度?|"
    r"―{2,}|…{2,}|0[0-9]+-[0-9]+-[0-9]+|〒[0-9]{3}-[0-9]{4}|第[0-9]+回|№[0-9]+"
    r"|[￥$]?[0-9][0-9,.]*(?:円|℃|％|km²|㎞|㎡|人|回|分|時(?:[0-9]+分)?|番"
    rf"|日{_WEEKDAY}|月(?:[0-9]+日{_WEEKDAY})?)|[￥$]?[0-9][0-9,.:]*[0-9](?![.,:]?[0-9A-Za-z-])"
)
# A number and its unit; no line ends inside them. A longer run (WHOLE) may end a line between two of them if it must.
_UNIT = (
    "[十百千万億兆]*(?:年度|年|[か箇カヶ][月所]|月|日|時間|時|分|円|人|回|個|件|本|枚|台|階|歳|番地|番|号|丁目|倍|世帯|ポイ(?=ント)|％|℃|㎡|㎢|"
    "km|cm|m[²³l]?|kg|g|cc|kW|%)|[万億兆]"
)
_NUMBER = "[0-9](?:[0-9,.:]*[0-9])?"
FIRM = re.compile(rf"(?:[△▲±]|第)?{_NUMBER}(?:{_UNIT})?")
# Of several numbers one amount is made (1億2,345万6千円), which is firm too unless no line can hold it.
_AMOUNT = re.compile(rf"[△▲±]?(?:{_NUMBER}[十百千]*[万億兆千])+{_NUMBER}(?:{_UNIT})?")
_SOFT = re.compile(
    r"(?<=[年月日時度目番地])(?=[0-9])|(?<=[0-9日])(?=[（(][日月火水木金土])|(?<=午[前後])(?=[0-9])"
    r"|(?<=平成|令和|昭和)(?=[0-9])|(?<=[0-9][-,])(?=[0-9])"
)
URL = re.compile(r"(?:https?://|www\.)[!-~]+|[a-z]+@[a-z.-]+")

RULES = {
    "text": "11 the text is unchanged, in reading order",
    "copied": "11 copied text is in reading order",
    "flush": "1 full lines end at the measure",
    "over": "1 no line runs beyond its measure",
    "last": "1 last lines are not stretched",
    "alone": "1 a last line has two characters, punctuation aside",
    "gap": "1 no gap over half an em without need",
    "start": "2 no forbidden line start",
    "end": "2 no forbidden line end",
    "split": "2 numbers, units, dates, dashes and URLs unsplit",
    "order": "3 no gap inside numbers, dashes and leaders",
    "stops": "3 a line that is spread opens before 、 and 。 too",
    "pairs": "4 adjacent punctuation loses half an em",
    "head": "4 an opening bracket at a line's head is flush",
    "latin": "5 a quarter em beside Latin, none beside punctuation",
    "half": "5 no space before half-width ! ? ) nor after (",
    "hang": "9 what hangs is one 、 or 。, wholly outside",
    "grid": "10 baselines on the grid",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line judged by one rule."""

    rule: str
    kept: bool
    line: str
    why: str = ""


def judged(glyphs: Sequence[Glyph], box: Box) -> list[Verdict]:
    """Every rule on every line of a box."""
    lines, readings = lines_of(glyphs, box), readings_of(glyphs, box)
    found = [_text(lines, box), _copied(glyphs, box)]
    breaks = _places(lines)
    for number, line in enumerate(lines):
        last = number + 1 == len(lines)
        following = lines[number + 1] if not last else None
        for rule, why in _of_line(line, following, box, number, readings, last_but_one=number + 2 == len(lines)):
            found.append(Verdict(rule, not why, "".join(mark.text for mark in line), why))
    found += _splits(lines, breaks, box.measure / box.size)
    if len(lines) > 1 and not box.pieces[1:]:
        text = "".join(mark.text for mark in lines[-1])
        alone = sum(unicodedata.category(character)[0] in "LN" for character in text) < 2
        found.append(Verdict("alone", not alone, text, text if alone else ""))
    return found


def _text(lines: Sequence[Sequence[Mark]], box: Box) -> Verdict:
    set_text = "".join(mark.text for line in lines for mark in line)
    wanted, got = plain(box.text), plain(set_text)
    return Verdict("text", wanted == got, got[:40], "" if wanted == got else f"{got} instead of {wanted}")


def _copied(glyphs: Sequence[Glyph], box: Box) -> Verdict:
    """Whether the glyphs of the text's own size are drawn in the order of its characters."""
    wanted, got = plain(box.text), plain("".join(mark.text for mark in inside(glyphs, box, 0.9, 1.1)))
    return Verdict("copied", wanted == got, got[:40], "" if wanted == got else f"{got} instead of {wanted}")


def _short_word(line: Sequence[Mark], measure: float) -> bool:
    """Whether a line is one Latin word whose letters would stand more than half an em apart if it were flush."""
    word = all(not mark.wide and not mark.text.isspace() for mark in line)
    return word and measure - line[-1].ink_end > 0.5 * (len(line) - 1)


def _of_line(
    line: Sequence[Mark],
    following: Sequence[Mark] | None,
    box: Box,
    number: int,
    readings: Sequence[Mark],
    *,
    last_but_one: bool,
) -> Iterator[tuple[str, str]]:
    measure, tolerance = box.measure / box.size, FLUSH_PT / box.size
    first, last = line[0], line[-1]
    opened = _plain_gap(line)
    gaps = [(a, b, b.ink_start - a.ink_end) for a, b in pairwise(line)]
    amid = [mark for mark in readings if -0.65 < (mark.baseline - last.baseline) / box.size < 0.45]
    beyond = last.ink_end - measure
    hung = box.hanging and last.text in STOPS
    yield "over", f"{beyond:+.2f} em" if beyond > tolerance + HAIR and not hung else ""
    if following is not None:
        above = [mark.end for mark in readings if 0 < last.baseline - mark.baseline < 1.3 * box.size]
        ends = (last.end, last.ink_end, *(end for end in above if end > last.end))
        short = min(abs(measure - end) for end in ends)
        if box.hanging and last.ink_end > measure + 0.2:
            alone = last.text in STOPS and abs(last.start - measure) <= tolerance
            yield "hang", "" if alone else f"{last.text} {last.start - measure:+.2f} em"
        hangs = last.text in STOPS and abs(last.start - measure) <= tolerance
        if len(line) > 1 and not _short_word(line, measure):  # a single character cannot end at both edges
            yield "flush", "" if short <= tolerance or hangs else f"{(measure - last.ink_end) * box.size:+.2f} pt"
        wide = [
            f"{a.text}{b.text} {b.start - a.end:.2f}"
            for a, b in pairwise(line)
            if b.start - a.end > 0.5 + HAIR and not _spaced(a, b, box)
        ]
        if not readings:  # another rule asks about bases that are spaced for their readings
            yield (
                "gap",
                " ".join(wide)
                if wide and _had_another_way(line, following, measure, box, last_but_one=last_but_one)
                else "",
            )
        if all(mark.end <= last.end for mark in amid):  # otherwise a warichu ends the line
            yield "end", last.text if last.text in NOT_LAST else ""
    else:
        over = [mark for mark in readings if 0 < last.baseline - mark.baseline < 1.3 * box.size]
        stretched = [
            b.start - a.end for a, b in pairwise(line) if _japanese(a) and _japanese(b) and not _spaced(a, b, box)
        ]
        yield "last", f"{max(stretched):.2f} em" if stretched and not over and max(stretched) > HAIR else ""
    if all(mark.start >= first.start for mark in amid):  # otherwise a warichu begins the line
        yield "start", first.text if number and first.text in NOT_FIRST else ""
    if first.text in OPENING and number:
        yield "head", "" if abs(first.ink_start) <= tolerance + HAIR else f"{first.ink_start:+.2f} em"
    solid = [
        f"{a.text}{b.text} {gap:.2f}"
        for a, b, gap in gaps
        if ((a.text == b.text and a.text in "―…") or (a.text.isdigit() and b.text.isdigit() and not a.wide))
        and abs(gap) > HAIR
        and a.start != b.start
    ]
    if any((a.text == b.text and a.text in "―…") or (a.text + b.text).isdigit() for a, b, _ in gaps):
        yield "order", " ".join(solid)
    pairs = [(a, b, gap) for a, b, gap in gaps if _punctuation(a, b)]
    if pairs:
        wrong = [f"{a.text}{b.text} {gap:.2f}" for a, b, gap in pairs if gap > _normal(a, b) + opened + HAIR]
        yield "pairs", " ".join(wrong)
    stops = [(a, b) for a, b in pairwise(line) if _japanese(a) and b.text in "、。"]
    plain = any(_japanese(a) and _japanese(b) for a, b in pairwise(line))
    if following is not None and stops and plain and not readings and opened > HAIR:
        wrong = [f"{a.text}{b.text} {b.start - a.end:.2f}" for a, b in stops if b.start - a.end < opened - HAIR]
        yield "stops", " ".join(wrong)
    half = [(a, b, b.start - a.end) for a, b in pairwise(line) if _beside_half(a, b)]
    if half:
        yield "half", " ".join(f"{a.text}{b.text} {gap:.2f}" for a, b, gap in half if gap > opened + HAIR)
    latin = [(a, b, gap) for a, b, gap in gaps if _mixed(a, b) and not _spaced(a, b, box)]
    if latin:
        wrong = [f"{a.text}{b.text} {gap:.2f}" for a, b, gap in latin if not 0.125 - HAIR <= gap <= 0.5 + opened + HAIR]
        yield "latin", " ".join(wrong)
    feeds = [mark.baseline for mark in line]
    spread = max(feeds) - min(feeds)
    if following is not None:
        step = (median(mark.baseline for mark in following) - median(feeds)) / box.line_feed
        off = abs(step - round(step)) * box.line_feed
        # Vertical text is measured by its cells' middles, which a lying letter or a pair of digits does not share.
        yield "grid", f"{off:.2f} pt" if off > FLUSH_PT or (spread > FLUSH_PT and not box.vertical) else ""


def _spaced(a: Mark, b: Mark, box: Box) -> bool:
    """Whether the text itself has a space between the two."""
    return bool(re.search(rf"{re.escape(a.text)}\s+{re.escape(b.text)}", box.text))


def _plain_gap(line: Sequence[Mark]) -> float:
    """By how much the line was widened between plain characters: the median of the gaps between kana and kanji."""
    gaps = [b.start - a.end for a, b in pairwise(line) if _japanese(a) and _japanese(b)]
    if not gaps:  # a line of signs and words: the widest of its gaps
        gaps = [b.ink_start - a.ink_end for a, b in pairwise(line) if not (a.text + b.text).isascii()]
        return max(0.5, median(gaps or [0.0]))
    return max(0.0, median(gaps))


def _japanese(mark: Mark) -> bool:
    return mark.wide and bool(re.match(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff々ー]", mark.text))


def _latin(mark: Mark) -> bool:
    return bool(re.match(r"[0-9A-Za-z]", mark.text)) and not mark.wide


def _mixed(a: Mark, b: Mark) -> bool:
    return (_japanese(a) and _latin(b)) or (_latin(a) and _japanese(b))


def _beside_half(a: Mark, b: Mark) -> bool:
    """Whether a half-width mark stands beside Japanese on the side where it belongs to it."""
    return (_japanese(a) and b.text in "!?)" and not b.wide) or (a.text == "(" and not a.wide and _japanese(b))


def _punctuation(a: Mark, b: Mark) -> bool:
    if not (a.wide and b.wide):
        return False
    return (a.text in CLOSING + STOPS and b.text in CLOSING + STOPS + OPENING + DOTS) or (
        b.text in OPENING and a.text in OPENING + DOTS
    )


def _normal(a: Mark, b: Mark) -> float:
    """The space that stands between the bodies of two signs (JLREQ 3.1.4)."""
    if a.text in CLOSING + STOPS and b.text in OPENING:
        return 0.5
    return 0.25 if a.text in DOTS or b.text in DOTS else 0.0


def _places(lines: Sequence[Sequence[Mark]]) -> list[int]:
    places, count = [], 0
    for line in lines[:-1]:
        count += len("".join(mark.text for mark in line))
        places.append(count)
    return places


def _firm(text: str, measure: float) -> Iterator[tuple[int, int]]:
    """Numbers with their units, and amounts made of several that a line can hold."""
    yield from (match.span() for match in FIRM.finditer(text))
    yield from (match.span() for match in _AMOUNT.finditer(text) if _ems(match[0]) + 1 <= measure)


def _wholes(text: str) -> Iterator[tuple[int, int]]:
    for match in WHOLE.finditer(text):
        yield match.span()


def _splits(lines: Sequence[Sequence[Mark]], breaks: Sequence[int], measure: float) -> Iterator[Verdict]:
    """Which line breaks cut what must stay whole.

    A number is never cut from its unit if a line can hold both; what is longer is cut between such only where the line
    would else open every gap by more than a quarter em.
    """
    text = "".join(mark.text for line in lines for mark in line)
    urls = [match.span() for match in URL.finditer(text)]
    start = 0
    for place, line in zip(breaks, lines, strict=False):
        why = ""
        for firm, (first, end) in [(True, f) for f in _firm(text, measure)] + [(False, w) for w in _wholes(text)]:
            if not first < place < end or any(begin <= first < stop for begin, stop in urls):
                continue
            soft = any(match.start() == place for match in _SOFT.finditer(text))
            if firm and not soft and _ems(text[first:end]) <= measure:
                why = text[first:end]
            if not firm and soft and not _torn(line, first - start, measure):
                why = f"{text[first:place]}|{text[place:end]}"
            if not firm and not soft and _ems(text[first:end]) + 1 <= measure:
                why = text[first:end]
        for begin, stop in urls:
            if begin < place < stop and text[place - 1] not in "/?&=-.@#_":
                longest = max(_ems(part) for part in re.split(r"(?<=[/?&=.@#_-])", text[begin:stop]))
                if longest + 1 <= measure:
                    why = f"{text[begin:place]}|{text[place:stop]}"
        yield Verdict("split", not why, "".join(mark.text for mark in line), why)
        start = place


def _ems(text: str) -> float:
    return sum(0.5 if ord(each) < 0x2000 else 1.0 for each in text)


def _torn(line: Sequence[Mark], count: int, measure: float) -> bool:
    """Whether the gaps of a line would be too wide if it had only so many of its characters."""
    kept: list[Mark] = []
    while line and count > sum(len(mark.text) for mark in kept):
        kept.append(line[len(kept)])
    if len(kept) < 2:
        return True
    short = measure - sum(mark.ink_end - mark.ink_start for mark in kept)
    short -= sum(_normal(a, b) if _punctuation(a, b) else 0.5 * (a.text in CLOSING + STOPS) for a, b in pairwise(kept))
    short -= sum(0.25 for a, b in pairwise(kept) if _mixed(a, b))
    gaps = sum(not (a.text + b.text).isascii() for a, b in pairwise(kept))
    return short > 0.15 * max(1, gaps)


def _had_another_way(
    line: Sequence[Mark], following: Sequence[Mark], measure: float, box: Box, *, last_but_one: bool
) -> bool:
    """Whether what begins the next line could have stood on this one without any of its spaces.

    Not where that would leave the last line, ``following`` one that is ``last_but_one``, with a single character.
    """
    whole = "".join(mark.text for mark in (*line, *following))
    start = len("".join(mark.text for mark in line))
    runs = [*_wholes(whole), *(m.span() for m in URL.finditer(whole)), *_firm(whole, measure)]
    end = max((stop for first, stop in runs if first <= start < stop), default=start + 1)
    end = min(
        [end, *(m.start() for m in _SOFT.finditer(whole) if start < m.start() < end and whole[m.start() - 1] != ",")]
    )
    while end < len(whole) and (
        whole[end] in NOT_FIRST + CLOSING
        or whole[end - 1] in NOT_LAST
        or re.match(r"[!-~]{2}", whole[end - 1 : end + 1])
    ):
        end += 1
    count, taken = 0, list(line)
    for mark in following:
        if count >= end - start:
            break
        taken.append(mark)
        count += len(mark.text)
    least = sum(mark.ink_end - mark.ink_start for mark in taken)
    for a, b in pairwise(taken):  # these are never narrowed: the space after a full stop, an eighth beside Latin
        least += 0.5 if a.text in "。．" and b.text not in CLOSING + OPENING + STOPS else 0.0
        least += 0.2 if _spaced(a, b, box) else 0.125 if _mixed(a, b) else 0.0
    left = len(whole[end:].strip("、。，．！？!?）」』】〕》〉］｝)"))
    return count >= end - start and least <= measure and not (last_but_one and left == 1)
