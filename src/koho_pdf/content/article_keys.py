"""The keys that may stand on any article, whatever its kind: what it is for, until when, where its words are from.

An article of a kind of its own has them, and a group of a kind of issue that is an article or a section. A kind or a
group that has a field of its own with one of these names keeps that.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from koho_pdf.content.values.contact import Contact
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.days import day_given
from koho_pdf.content.values.model import Inline, Plain, text_given, word
from koho_pdf.content.values.paragraphs import ParagraphsText
from koho_pdf.manuscript.completion import group_for_editors
from koho_pdf.manuscript.readable import matching

IMPORTANCE = ("high", "normal", "low")
BESIDE = ("plain", "source")
"""The keys whose words stand on no page, but in every edition that has room for them."""

_READING = "「礼受: れうけ」のように、言葉とその読み（かな）を1行に1つずつ書いてください。"


def day_key(value: object, given: ValidationInfo) -> CalendarDate:
    """A day; one without a year is found from the issue's date. Raises ``Refusal``."""
    return day_given(text_given(value), given.context.get("date") if given.context else None)


Day = Annotated[
    CalendarDate,
    PlainValidator(day_key),
    WithJsonSchema({"type": ["string", "number"], "examples": ["3月31日(水)", "令和9年3月31日", "2027-03-31"]}),
]


LEFTOVER = "leftover"
"""The key with the words of a received manuscript that found no place: no edition and no public manuscript has it."""


def _leftover(value: object) -> str:
    """Any text, of one line or several, with every character as it is. Raises ``Refusal``."""
    return str(value) if isinstance(value, str) else text_given(value)


class Responsible(Contact):
    """担当課 of an article; a word names a department of koho.yaml."""

    word: ClassVar = "値"


_WRITTEN_OUT = group_for_editors(Contact.model_json_schema(ref_template="#/definitions/{model}"))
DEPARTMENT_SCHEMA = {
    "oneOf": [{"type": "string", "description": "koho.yaml の departments にある課の名前。"}, _WRITTEN_OUT]
}
CARRIED = (
    "持ち越し",
    "前の号から写したまま、まだ確かめていないことの印（前の号の名前）。koho new --from が書きます。日付・人の名前・数を"
    "確かめたら、この行を消してください。残っている間は校了できません。",
    "2027-03-koho",
)
"""Title, description and example of ``carried``, of an article and of an issue."""
_KEYS: dict[str, Any] = {
    "department": (
        Annotated[Responsible, WithJsonSchema(DEPARTMENT_SCHEMA)] | None,
        "担当課",
        "この記事の担当課（koho.yaml にある課の名前、または書き出したもの）。紙面には印刷されず、データと検索に"
        "入ります。",
        "税務課",
    ),
    "section": (
        Inline | None,
        "章",
        "記事を束ねる見出し。同じ言葉の記事が1つの章になり、拡大版・テキスト版・記事のページ・データに出ます。",
        "くらし",
    ),
    "importance": (
        Annotated[
            str,
            PlainValidator(lambda value: str(word(value, {each: each for each in IMPORTANCE}))),
            WithJsonSchema({"enum": list(IMPORTANCE)}),
        ]
        | None,
        "大事さ",
        "high（とても大事）、normal（ふつう）、low（余裕があれば）。紙面には印刷されず、データと保存庫の記録に入ります。",
        "high",
    ),
    "deadline": (
        Day | None,
        "期限",
        "申込などの期限の日。紙面には印刷されず、データと保存庫の記録に入ります（本文には、本文に書きます）。",
        "3月31日(水)",
    ),
    "readings": (
        dict[str, Annotated[str, matching("[ぁ-ゖゝゞァ-ヺーヽヾ・]+", _READING)]] | None,
        "読み",
        "この記事に出てくる言葉とその読み（かな）。koho.yaml の readings と同じように使われ、検索にも入ります。",
        None,
    ),
    "plain": (
        ParagraphsText | None,
        "やさしい日本語",
        "同じことをやさしい日本語で書いたもの。ウェブ・拡大版・テキスト版・データに、本文の後に載ります。",
        None,
    ),
    "source": (
        Inline | None,
        "出典",
        "文章や数字の出どころ。ウェブ・拡大版・テキスト版・データに「出典：」として載ります。",
        "留萌市史 第2巻",
    ),
    "unplaced": (
        Plain | None,
        "載せない理由",
        "この記事を紙面のどのページにも載せない理由。ウェブ・拡大版・テキスト版・データには載ります。",
        "ウェブだけに載せる",
    ),
    "carried": (Plain | None, *CARRIED),
    LEFTOVER: (
        Annotated[str, PlainValidator(_leftover), WithJsonSchema({"type": "string"})] | None,
        "置き場のない言葉",
        "受け取った原稿（koho intake）の、入れるところの決まらなかった言葉。どの版にも載りません。"
        "載せるものをほかの項目に移したら、この項目を消してください。残っている間は校了できません。",
        None,
    ),
}


def keys_beside(own: Collection[str], without: Container[str] = ()) -> dict[str, tuple[Any, Any]]:
    """The keys for the model of an article, whose ``own`` fields have these names; some may make no sense there."""
    return {
        name: (annotation, Field(default=None, title=title, description=told, examples=[example] if example else None))
        for name, (annotation, title, told, example) in _KEYS.items()
        if name not in own and name not in without
    }


DELIVERY = (
    Day | None,
    Field(
        default=None,
        title="配布日",
        description="各戸に配る日。紙面には印刷されず、データに入ります。年のない日は、発行日から決まります。",
        examples=["3月1日(月)"],
    ),
)
"""``delivery`` of an issue."""
