"""Which departments have sent something for an issue and which have not, with the words that ask for it (催促)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koho_pdf.intake.received_files import Entry


@dataclass(frozen=True, slots=True)
class Sent:
    """What there is of each department: its received files, and the articles that name it; files of nobody known."""

    files: Mapping[str, tuple[Entry, ...]]
    articles: Mapping[str, tuple[str, ...]]
    unknown: tuple[Entry, ...]

    @property
    def waiting(self) -> tuple[str, ...]:
        """The departments that have sent nothing."""
        return tuple(name for name in self.files if not self.files[name])


def who_sent(departments: Sequence[str], entries: Sequence[Entry], articles: Mapping[str, Sequence[str]]) -> Sent:
    """``articles`` are the ids of the issue's articles by their departments."""
    files = {name: tuple(each for each in entries if each.department == name) for name in departments}
    named = {name: tuple(articles.get(name, ())) for name in departments}
    return Sent(files, named, tuple(each for each in entries if each.department not in departments))


def told(sent: Sent, called: str, until: str = "") -> Iterator[str]:
    """The state of every department, and a text to send to those that have sent nothing."""
    for name, files in sent.files.items():
        names = "、".join(f"{each.file}（{'・'.join(each.articles) or '記事になっていません'}）" for each in files)
        mine = f"　号にある記事: {'・'.join(sent.articles[name])}" if sent.articles[name] else ""
        yield f"{'届いた' if files else 'まだ　'}  {name}  {names}{mine}"
    for each in sent.unknown:
        yield f"どの課か不明  {each.file}（{'・'.join(each.articles) or '記事になっていません'}）"
    if not sent.files:
        yield "koho.yaml の departments に、課がありません。"
    if sent.waiting:
        yield ""
        yield f"--- 催促の文（{len(sent.waiting)}課に） ---"
        yield f"{'、'.join(sent.waiting)}　広報担当　様"
        when = f"{until}までに" if until else "お早めに"
        yield f"「{called}」の原稿が、まだ届いていません。{when}お送りください。"
        yield "載せるものがないときも、そうお知らせください。"
