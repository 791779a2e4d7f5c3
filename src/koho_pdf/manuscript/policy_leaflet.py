"""The policy leaflet (市政執行のリーフレット): a mayor's policy for one fiscal year on four pages."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from koho_pdf.manuscript.articles import Article, Passage, Section, passages, untyped
from koho_pdf.manuscript.inline import InlineText
from koho_pdf.manuscript.model import (
    Closed,
    Four,
    Inline,
    Issue,
    IssueFiscalYear,
    IssueTelephone,
    Media,
    OneOrTwo,
    Picture,
    Several,
    Three,
)
from koho_pdf.manuscript.tables import Table


class Principles(Closed):
    """The principles the city is run by (基本理念)."""

    heading: Inline = Field(title="見出し", description="基本理念の見出し。")
    items: Three[Inline] = Field(title="基本理念", description="基本理念を3つ。番号は自動で付きます。")


class Initiative(Closed):
    """One initiative (取組) of a pillar."""

    name: Inline = Field(title="取組の名前", description="取組の見出し。番号は自動で付きます。")
    policies: Several[Inline] = Field(title="取組の中身", description="取組の中身を1文ずつ。■は自動で付きます。")
    table: Table | None = Field(
        default=None, title="表", description="取組に添える表（事業と予算額など）。なくてもかまいません。"
    )
    media: Media = ()

    @property
    def place(self) -> int:
        """Which initiative of its pillar it is in the manuscript, from 0."""
        return _place(self.name)


class Pillar(Closed):
    """One pillar (柱) of the year's policy."""

    name: Inline = Field(title="柱の名前", description="柱の見出し。番号と色は自動で付きます。")
    initiatives: Three[Initiative] = Field(title="取組", description="柱の取組を3つ。")
    photo: Picture | None = Field(default=None, title="写真", description="柱に添える写真。なくてもかまいません。")
    media: Media = ()

    @property
    def place(self) -> int:
        """Which pillar of the manuscript it is, from 0: it stays when a pillar before it is for print alone."""
        return _place(self.name)


def _place(name: InlineText) -> int:
    """The number of the list item whose name this is: of ``pillars.2.name``, 2."""
    return int(name.field.split(".")[-2])


class Contact(Closed):
    """Whom to ask."""

    section: Inline = Field(title="担当課", description="問い合わせ先の課の名前。")
    telephone: IssueTelephone = Field(title="電話番号", description="問い合わせ先の電話番号。☎は自動で付きます。")
    place: Inline = Field(title="場所", description="課のある場所。例: 本庁舎 2階")


class PolicyLeaflet(Issue):
    """A leaflet of four A4 pages: cover, spread with four pillars, closing page."""

    kind: ClassVar[str] = "policy-leaflet"

    fiscal_year: IssueFiscalYear = Field(
        title="年度", description="何年度のリーフレットか。和暦でも西暦でも書けます。書いたとおりに印刷されます。"
    )
    title: Inline = Field(title="題名", description="リーフレットの題名。年度は含めません。")
    lead: Inline = Field(title="リード", description="表紙の、題名に続く文章。")
    catchphrase: Inline = Field(title="キャッチフレーズ", description="表紙でいちばん大きく、縦に組む言葉。")
    theme: Inline = Field(title="テーマ", description="キャッチフレーズに添える具体的なテーマ。")
    introduction: Inline = Field(title="はじめに", description="キャッチフレーズとテーマを紹介する文章。")
    principles: Principles = Field(title="基本理念", description="市政運営の基本理念。")
    pillars: Four[Pillar] = Field(title="柱", description="重点的な取組の柱を4つ。この順に印刷されます。")
    closing: OneOrTwo[Inline] = Field(title="結び", description="最後のページの結びの言葉を1つか2つ。")
    contact: Contact = Field(title="問い合わせ先", description="問い合わせ先の課、電話番号、場所。")

    def as_title(self) -> str:
        """The title with its fiscal year."""
        return f"{self.fiscal_year} {self.title}"

    def as_articles(self) -> tuple[Article, ...]:
        """The cover, the principles, every initiative, the closing words, whom to ask."""
        asked = self.contact.section.plain
        display = passages((self.catchphrase, self.theme), "display")
        cover = (*passages((self.lead,)), *display, *passages((self.introduction,)))
        title = untyped(self.as_title(), "fiscal_year")
        principles = passages(self.principles.items, "number")
        contact = (
            Passage(self.contact.section, "text", "contact.section"),
            Passage(self.contact.telephone, "text", "contact.telephone"),
            Passage(self.contact.place, "text", "contact.place"),
        )
        return (
            Article("introduction", "fiscal_year", title, cover, department=asked),
            Article("principles", "principles", self.principles.heading, principles, department=asked),
            *(article for number in range(1, len(self.pillars) + 1) for article in self._initiatives(number, asked)),
            *([self._unheaded("closing", "closing", passages(self.closing), asked)] if self.closing else []),
            self._unheaded("contact", "contact", contact, asked),
        )

    def _initiatives(self, order: int, asked: str) -> list[Article]:
        """The articles of a pillar, with its keys from its place in the manuscript and its number as printed; its
        photograph stands at its foot, so it comes with the last. A pillar whose initiatives are all for print alone is
        an article itself: its name and photograph are not."""
        pillar = self.pillars[order - 1]
        section = Section(f"pillar-{pillar.place + 1}", pillar.name, order)
        if not pillar.initiatives:
            field, pictures = pillar.name.field.removesuffix(".name"), (pillar.photo,) if pillar.photo else ()
            return [Article(section.key, field, pillar.name, (), (), order, department=asked, pictures=pictures)]
        return [
            Article(
                f"{section.key}-{initiative.place + 1}",
                initiative.name.field.removesuffix(".name"),
                initiative.name,
                passages(initiative.policies, "bullet"),
                (section,),
                number,
                department=asked,
                pictures=(pillar.photo,) if pillar.photo and number == len(pillar.initiatives) else (),
                tables=(initiative.table,) if initiative.table else (),
            )
            for number, initiative in enumerate(pillar.initiatives, 1)
        ]

    def _unheaded(self, key: str, field: str, said: tuple[Passage, ...], asked: str) -> Article:
        """An article that the pages show without a heading, called as its field is."""
        title = untyped(type(self).model_fields[field].title or key, field)
        return Article(key, field, title, said, printed_heading=False, department=asked)
