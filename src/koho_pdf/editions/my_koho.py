"""``data/my-koho.txt``: the articles as マイ広報紙 takes them: ■ before a heading, ◆ and ◇ below it, 「日時：」 before
a field; a blank line between articles. UTF-8, lines end with LF.
"""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import Block, Fields, Part, paragraphs_of
from koho_pdf.content.issue import Issue
from koho_pdf.kinds.reading_order import articles_of

_BELOW = "◆◇○"


def my_koho(issue: Issue) -> bytes:
    """All articles of an issue; a section's heading stands before its first article in 【 】."""
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for article in articles_of(issue):
        lines += [f"【{each}】\n" for each in article.above if each not in above]
        above = article.above
        lines += [*_article(article), ""]
    return "\n".join(lines).encode()


def _article(article: Article) -> Iterator[str]:
    yield f"■{article.heading}"
    yield from _lines(article.on_pages.blocks, 0)


def _lines(blocks: tuple[Block, ...], depth: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Part):
            if block.heading:
                yield f"{_BELOW[min(depth, len(_BELOW) - 1)]}{block.heading.plain}"
            yield from _lines(block.blocks, depth + bool(block.heading))
        elif isinstance(block, Fields):
            yield from (row.plain for row in block.rows)
        else:
            yield from paragraphs_of((block,))
