"""A kind of issue and a layout for it that only tests know: an event flyer of two pages, with what can be forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from koho_pdf.manuscript.articles import Article, Passage, passages, untyped
from koho_pdf.manuscript.model import Closed, Inline, Issue, IssueTelephone, Picture, Several

REPOSITORY = Path(__file__).parents[2]


class Item(Closed):
    head: Inline = Field(title="見出し", description="見出し")
    texts: Several[Inline] = Field(title="文章", description="文章")


class Flyer(Issue):
    kind: ClassVar[str] = "flyer"

    title: Inline = Field(title="題名", description="催しの名前")
    place: Inline = Field(title="会場", description="会場")
    lead: Inline = Field(title="リード", description="リード")
    inside: Inline | None = Field(default=None, title="控え", description="どの記事にもない項目")
    photo: Picture | None = Field(default=None, title="写真", description="写真")
    sections: Several[Item] = Field(title="記事", description="裏面の記事")
    telephone: IssueTelephone = Field(title="電話", description="電話")

    def as_title(self) -> str:
        return str(self.title)

    def as_articles(self) -> tuple[Article, ...]:
        pictures = (self.photo,) if self.photo else ()
        return (
            Article("top", "title", self.title, passages((self.place, self.lead)), pictures=pictures),
            *(
                Article(f"s-{number}", each.head.field.removesuffix(".head"), each.head, passages(each.texts))
                for number, each in enumerate(self.sections, 1)
            ),
            Article(
                "contact",
                "telephone",
                untyped("問い合わせ", "telephone"),
                (Passage(self.telephone, "text", "telephone"),),
                printed_heading=False,
            ),
        )


Flyer.as_title.__module__ = "koho_pdf.manuscript.flyer"  # the templates' sandbox lets in what is ours only

CONTRACT = """\
kind: flyer
title: チラシ（A5・両面）
trim: 148 x 210
bleed: 3
pages: 2
colours: {ink: 0/0/0/100, paper: 0/0/0/0, main: 100/60/0/40}
slots: {title: {size: 40, line_feed: 48, chars_per_line: 11, lines: 1}}
"""
PAGES = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body>
<section class="page"><h1 class="place title" data-slot="title" data-field="title">{{ issue.title|inline }}</h1>
<p class="place where" data-field="place">{{ issue.place|inline }}</p>
<p class="place lead" data-field="lead">{{ issue.lead|body }}</p>
{% if issue.inside %}<p class="place inside">{{ issue.inside|body }}</p>{% endif %}</section>
<section class="page"><div class="place stack">{% for each in issue.sections %}
<h2 data-field="{{ each.head.field }}">{{ each.head|inline }}</h2>
{% for text in each.texts %}<p data-field="{{ text.field }}">{{ text|body }}</p>{% endfor %}
{% endfor %}</div><p class="place telephone" data-field="telephone">☎{{ issue.telephone }}</p></section></body></html>
"""
STYLE = """\
html { font-family: "BIZ UDGothic"; font-size: 4.25mm; line-height: 7mm; color: var(--ink) }
.page { width: 148mm; height: 210mm }
.title { left: 15mm; top: 15mm }
.where { left: 15mm; top: 40mm }
.lead { left: 15mm; top: 60mm; width: 110mm }
.inside { left: 15mm; top: 110mm; width: 110mm }
.stack { left: 15mm; top: 15mm; width: 110mm }
.telephone { left: 15mm; top: 190mm }
"""
WEB = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title><style>{{ stylesheet }}</style></head><body>
<h1>{{ issue.title|inline }}</h1><p class="where">{{ issue.place|inline }}</p><p>{{ issue.lead|inline }}</p>
{% if issue.inside %}<p>{{ issue.inside|inline }}</p>{% endif %}
{% for each in issue.sections %}<h2>{{ each.head|inline }}</h2>
{% for text in each.texts %}<p>{{ text|inline }}</p>{% endfor %}{% endfor %}
<p>☎{{ issue.telephone }}</p></body></html>
"""
MANUSCRIPT = """\
layout: flyer
date: 令和9年7月1日
title: 第50回るもい港まつり
place: 留萌港
lead: 今年で50回目を迎える、{留萌|るもい}港での港まつり。海の幸の屋台が留萌港に並びます。
sections:
  - head: 屋台
    texts: [ホタテとウニの屋台が、午前10時から並びます。]
  - head: 花火
    texts: [三千発の花火が、港の空を彩ります。雨のときは翌日に打ち上げます。]
telephone: 42-1809
"""


def make(root: Path) -> Path:
    """A workspace in ``root`` with the layout and one issue of it, ``flyer``."""
    shutil.copy(REPOSITORY / "koho.yaml", root)
    for name in ("fonts", "press"):
        (root / name).symlink_to(REPOSITORY / name)
    for name in ("_shared", "_large", "_article"):
        shutil.copytree(REPOSITORY / "layouts" / name, root / "layouts" / name)
    layout, issue = root / "layouts" / "flyer", root / "content" / "flyer"
    for folder in (layout / "sample", issue):
        folder.mkdir(parents=True)
        (folder / "issue.yaml").write_text(MANUSCRIPT, encoding="utf-8")
    files = {"layout.yaml": CONTRACT, "layout.html": PAGES, "layout.css": STYLE, "web.html": WEB, "web.css": ""}
    for name, text in files.items():
        (layout / name).write_text(text, encoding="utf-8")
    return root
