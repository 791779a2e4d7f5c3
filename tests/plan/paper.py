"""A small newsletter of planned pages: notices in columns that keep them whole, a feature that runs over columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.kinds import monthly, quiz

NAME = "r09-03"
FRONT = """\
format: 1
title: 月刊
front: true
called: "{title}"
department: ask
fields:
  title: {type: text, title: 題名, role: title}
  pages: {type: plan, title: 台割}
  articles: {type: articles, title: 記事, of: [notice, feature], optional: true}
  ask: {type: contact, title: 問い合わせ先, article: ask}
"""
CONTRACT = """\
kind: monthly
title: 月刊（A4）
trim: 210 x 297
bleed: 3
pages: 0
colours: {ink: 0/0/0/100}
slots: {}
page_types:
  cover: {title: 表紙}
  notices:
    title: 暮らしの情報
    regions:
      main:
        at: 15 30 180 {depth}
        columns: {columns}
        gutter: 5
        gap: 7
        line_feed: 28
        direction: {direction}
        kinds: [notice]{fit}
  feature:
    title: 特集
    regions:
      main: {at: "15 30 180 240", columns: 3, gutter: 6, flow: columns, line_feed: 28}
"""
HEAD = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body><main class="stack">{{ planned }}</main></body></html>
"""
COVER = """\
<h1 data-field="title">{{ issue.title|inline }}</h1><p data-field="ask.department">{{ issue.ask.name }}</p>
{% for each in issue.ask.telephone %}<p data-field="ask.telephone">☎{{ each }}</p>{% endfor %}
<ol class="contents">{% for article, number in contents %}
<li>{{ article.heading|inline }} {{ number }}ページ</li>{% endfor %}</ol>
"""
PAGE = """\
<p class="folio" aria-hidden="true" style="position: absolute; bottom: 8mm; {{ page.side }}: 15mm">{{ page.number }}</p>
{{ region("main") }}
"""
STYLE = """\
html { font-family: "BIZ UDGothic"; font-size: 4.25mm; line-height: 7mm; color: var(--ink) }
h1, h2, h3 { font-size: 4.25mm; line-height: 7mm; margin: 0; font-weight: 700 }
p, figure, dl, dd, ul, ol { margin: 0; padding: 0 }
.cover { padding: 20mm; box-sizing: border-box }
img { width: 40mm }
"""
FITTING = """\
.region, .region h2, .region h3 { line-height: var(--line-feed) }
p { text-align: justify }
"""
"""What a layout says whose regions may be set tighter."""


def notice(number: int, letters: int) -> str:
    """A notice whose body has so many characters."""
    text = ("本日は晴天なので港で祭りを開きます。" * (letters // 18 + 1))[:letters]
    return f"kind: notice\nheading: お知らせの{number}番\nbody: {text}\n"


def make(
    root: Path,
    articles: Mapping[str, str],
    pages: Sequence[str],
    *,
    columns: int = 3,
    depth: int = 240,
    direction: str = "horizontal",
    fit: str = "",
) -> Path:
    """A workspace in ``root`` with an issue of these articles and this plan; the issue's folder."""
    quiz.make(root)
    kinds, layout = monthly.with_kinds(root), root / "layouts" / "monthly"
    (kinds / "monthly" / "kind.yaml").write_text(FRONT, encoding="utf-8")
    (layout / "pages").mkdir(parents=True)
    contract = CONTRACT.replace("{depth}", str(depth)).replace("{columns}", str(columns))
    written = {
        "layout.yaml": contract.replace("{direction}", direction).replace("{fit}", f"\n        fit: {fit}" * bool(fit)),
        "layout.html": HEAD,
        "layout.css": STYLE,
        "web.html": WEB,
        "web.css": "html { font-family: sans-serif }",
        "pages/cover.html": COVER,
        "pages/notices.html": PAGE,
        "pages/feature.html": PAGE,
    }
    for name, text in written.items():
        (layout / name).write_text(text, encoding="utf-8")
    folder = root / "content" / NAME
    for each in (folder, layout / "sample"):
        monthly.fill(each, issue(pages), articles)
    return folder


def issue(pages: Sequence[str]) -> str:
    """The manuscript of an issue with this plan."""
    plan = "".join(f"  - {page}\n" for page in pages)
    return (
        f"layout: monthly\ndate: 令和9年3月1日\ntitle: 広報るもい三月号\npages:\n{plan}"
        "ask: {department: 政策調整課, telephone: 42-1809}\n"
    )


WEB = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body><main><h1>{{ issue.title|inline }}</h1>
{% for each in issue.articles %}{{ article(each) }}{% endfor %}
<p>{{ issue.ask.name }}</p>{% for each in issue.ask.telephone %}<p>☎{{ each }}</p>{% endfor %}</main></body></html>
"""
