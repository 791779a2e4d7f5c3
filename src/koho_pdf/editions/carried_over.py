"""What the next issue took from the last one (``koho new --from``) and nobody has looked at yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import Tabular, paragraphs_of, within, words_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.values.days import DAY
from koho_pdf.content.values.person import Person
from koho_pdf.findings import Finding, error
from koho_pdf.kinds.keys_of import KeysOf
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.planned import articles_by_id
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Tree

_MOST = 4
_OFFICE = re.compile("市長|町長|村長|議長|教育長|部長|課長|局長|所長|館長|校長|委員長|会長|院長")
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，]*[人世帯円件％%戸台冊回]")


def carried_over(issue: Issue, tree: Tree) -> tuple[Finding, ...]:
    """An error for each article that says ``carried``, and for the issue itself, with what to look at; and for each
    with words that found no place at intake (``leftover``). They stop a release, as errors of the text gate do."""
    return tuple(_told(issue, tree))


def _told(issue: Issue, tree: Tree) -> Iterator[Finding]:
    if issue.carried:
        told = f"号の題名・日付など（issue.yaml）は、「{issue.carried}」から写したままです。"
        hint = "題名、表紙の言葉、発行日、号数、前書き、印刷の注文を確かめたら、「carried」の行を消してください。"
        yield error("carried-over", told, where_of(tree, "carried"), hint)
    articles = {each.key: each for each in articles_of(issue)}
    for id_, each in articles_by_id(issue).items():
        if last := KeysOf(each).carried:
            told = f"記事「{id_}」は、「{last}」から写したままです。"
            looked = "、".join(_looked_at(articles[id_], issue)) if id_ in articles else "中身"
            hint = f"確かめるところ: {looked}。確かめたら、「carried」の行を消してください。"
            yield error("carried-over", told, where_of(tree, f"{of_article(id_)}carried"), hint)
        if words := KeysOf(each).leftover:
            told = (
                f"記事「{id_}」に、受け取った原稿の、置き場の決まらない言葉が残っています（{len(words.split())}か所）。"
            )
            hint = "載せるものをほかの項目に移し、担当課に確かめたら、「leftover」の項目を消してください。"
            yield error("leftover-words", told, where_of(tree, f"{of_article(id_)}leftover"), hint)


def _looked_at(article: Article, issue: Issue) -> Sequence[str]:
    """What in an article may be of the last issue, in words."""
    text = "\n".join((article.title.plain, *paragraphs_of(article.blocks)))
    month = issue.date.day.month
    days = dict.fromkeys(
        each[0] for each in DAY.finditer(text) if int(each["month"] or each["month3"] or month) != month
    )
    found = [f"日付（{_some([*days])}）"] if days else ["日付"]
    if (due := article.about.deadline) and due.day < issue.date.day:
        found.append(f"期限（{due} は過ぎています）")
    people = any(isinstance(each.words, Person) for each in words_of(article.blocks))
    offices = dict.fromkeys(_OFFICE.findall(text))
    if people or offices:
        found.append(f"人の名前（{_some([*offices])}）" if offices else "人の名前")
    figures = dict.fromkeys(_FIGURE.findall(text))
    if figures:
        found.append(f"数（{_some([*figures])}）")
    elif any(isinstance(each, Tabular) for each in within(article.blocks)):
        found.append("表")
    return found


def _some(words: Sequence[str]) -> str:
    return "・".join(words[:_MOST]) + " など" * (len(words) > _MOST)
