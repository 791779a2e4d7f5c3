"""How easy an article is to read, and how long it takes to read it aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from koho_pdf.gate.joyo import JOYO
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, Role, without_brackets
from koho_pdf.gate.rule import Reading
from koho_pdf.gate.rules.l31_double_negatives import RULE as NEGATIVES

_ALOUD = 300
"""Characters that an announcer reads in a minute."""
_KANJI = late("[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff々]")
_WRITTEN = late(r"[^\s　、。，．「」『』（）()・]")


@dataclass(frozen=True, slots=True)
class Readable:
    """The figures of one article: its ``sentences``, the mean and the most characters of one, the share of kanji among
    all characters, the kanji outside 常用漢字表 (each once), double negatives, and the minutes it takes to read aloud."""

    article: str
    sentences: int
    mean: float
    longest: int
    kanji: float
    hard: str
    negatives: int
    minutes: float


def readability(proses: Iterable[Prose]) -> Iterator[Readable]:
    """The figures of every article, in order, and apart from it of what stands beside it in やさしい日本語. Articles without
    a sentence are left out."""
    by_article: dict[str, list[Prose]] = {}
    for prose in proses:
        if prose.role not in (Role.ADVERTISEMENT, Role.PICTURE):
            name = f"{prose.article}（やさしい日本語）" if prose.role is Role.PLAIN else prose.article
            by_article.setdefault(name, []).append(prose)
    for article, texts in by_article.items():
        running = [each for each in texts if each.role in (Role.BODY, Role.QUOTE, Role.PLAIN)]
        lengths = [
            len(_WRITTEN.findall(without_brackets(prose.text[begin:end])))
            for prose in running
            for begin, end in prose.sentences
        ]
        lengths = [each for each in lengths if each]
        written = [sign for prose in texts for sign in _WRITTEN.findall(prose.text)]
        if not lengths or not written:
            continue
        kanji = [sign for sign in written if _KANJI.match(sign)]
        hard = "".join(dict.fromkeys(sign for sign in kanji if sign not in JOYO and sign != "々"))
        twice = sum(1 for prose in running for _ in (NEGATIVES.find(prose, Reading()) if NEGATIVES.find else ()))
        mean = sum(lengths) / len(lengths)
        yield Readable(
            article, len(lengths), mean, max(lengths), len(kanji) / len(written), hard, twice, len(written) / _ALOUD
        )
