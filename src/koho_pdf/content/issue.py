"""The base of every kind of issue (号), and what the print shop is told beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

from pydantic import Field

from koho_pdf.content.article_keys import CARRIED
from koho_pdf.content.values.model import Answer, Closed, Copies, IssueDate, Plain
from koho_pdf.manuscript.formats import Format

SAMPLE = "見本"


class Printing(Closed):
    """印刷の注文: what the print shop is told beside the file, on the 入稿指示書. None of it is printed on a page."""

    media: ClassVar = ("print",)  # the order (whom to call, where to deliver) is for the print shop only

    copies: Copies | None = Field(default=None, title="部数", description="刷る部数。例: 12,000部")
    paper: Plain | None = Field(
        default=None, title="用紙", description="用紙の名前と厚さ。例: マットコート紙 四六判110kg"
    )
    fold: Plain | None = Field(default=None, title="折り", description="どう折るか。例: A3を二つ折りにしてA4")
    holes: Plain | None = Field(default=None, title="穴あけ", description="穴をあけるか。例: 2穴（とじ側、80mm間隔）")
    delivery: Plain | None = Field(
        default=None, title="納品", description="いつまでに、どこへ。例: 3月29日までに、本庁舎2階 政策調整課"
    )
    note: Plain | None = Field(default=None, title="備考", description="ほかに印刷所へ伝えること。")


class Issue(Closed):
    """The fields of every kind of issue; a kind adds its own (``kinds``)."""

    kind: ClassVar[str]
    """The name with which a layout says which kind it takes."""

    described: ClassVar[Any]
    """Its kind (``kinds.kind.Kind``), from which the model was made."""

    takes: ClassVar[Mapping[str, Mapping[str, Any]]] = MappingProxyType({})
    """The fields in which articles stand, and in each the models of the kinds that may, by their names."""

    planned: ClassVar[str] = ""
    """The field that is the page plan; empty for a kind without one."""

    unprinted: ClassVar = Closed.unprinted | {"format", "layout", "date", "printing", "carried"}

    format: Format = Field(
        default=0,
        title="書き方の番号",
        description="この原稿の書き方の番号。書かなくてもかまいません。紙面には印刷されません。",
        examples=[1],
    )

    layout: Plain = Field(
        title="レイアウト",
        description="使うレイアウトの名前（layouts フォルダーの中のフォルダーの名前）。",
        examples=["policy-leaflet"],
    )
    date: IssueDate = Field(
        title="発行日",
        description="発行する日。和暦でも西暦でも書けます。紙面には印刷されず、PDF の日付になります。",
    )
    sample: Answer = Field(
        default=False,
        title="見本",
        description="true と書くと、実在しない見本です。どの版の題にも見本と入り、ウェブページは検索に出ません。"
        "保存庫には入らず、見本の保存庫に入ります。",
    )
    carried: Plain | None = Field(default=None, title=CARRIED[0], description=CARRIED[1], examples=[CARRIED[2]])
    printing: Printing | None = Field(
        default=None,
        title="印刷の注文",
        description="部数、用紙、折り、穴あけ、納品など、印刷所への注文。紙面には印刷されず、入稿指示書に載ります。",
    )

    def without_order(self) -> Self:
        """It without its order to the print shop, which stands on no page: it alone parts most public issues from the
        whole one."""
        return self.model_copy(update={"printing": None})

    def as_title(self) -> str:
        """The name of the whole issue, in plain words; an invented one says so."""
        title = str(type(self).described.title_of(self))
        return f"{title}（{SAMPLE}）" if self.sample and SAMPLE not in title else title
