"""How easy articles are to read, as a table for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from koho_pdf.cli.fit_table import aligned
from koho_pdf.gate.readability import Readable
from koho_pdf.legible import of_text

_HEADS = ("記事", "文", "1文の字数", "最長", "漢字", "常用外", "二重否定", "読み上げ")


def tell_readable(readable: Sequence[Readable]) -> None:
    """Print the table."""
    if readable:
        print("読みやすさ（1文は60字まで、漢字は3割ほどが目安です）:")
        print("".join(f"{line}\n" for line in aligned([_HEADS, *map(_row, readable)])), end="")


def _row(each: Readable) -> tuple[str, ...]:
    return (
        of_text(each.article),
        str(each.sentences),
        f"{each.mean:.0f}字",
        f"{each.longest}字",
        f"{each.kanji:.0%}".replace("%", "％"),
        f"{len(each.hard)}字",
        str(each.negatives),
        f"{each.minutes:.1f}分",
    )
