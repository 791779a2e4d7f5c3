"""How many characters and pictures each department has in an issue (字数の割り当て), from its pages as they are
composed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koho_pdf.content.issue import Issue
from koho_pdf.content.public import every_picture
from koho_pdf.content.values.model import Closed
from koho_pdf.content.values.written import Written
from koho_pdf.intake.form_fields import form_of
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.layout.planned import articles_by_id
from koho_pdf.plan.placed_articles import RegionUse

NOBODY = "担当課の書いていない記事"


@dataclass(frozen=True, slots=True)
class Share:
    """What an article may have: its ``id`` and ``heading``, its ``page`` (0: on none), the ``characters`` of its words
    now, how many more fit (``left``, below 0 so many too many, None if that cannot be said), the ``limits`` that
    its kind names, its ``pictures`` and how many its kind takes (``most``).
    """

    id: str
    heading: str
    page: int
    characters: int
    left: int | None
    limits: tuple[tuple[str, int], ...]
    pictures: int
    most: int


def budget(issue: Issue, regions: Sequence[RegionUse]) -> dict[str, list[Share]]:
    """The shares of each department, in the order of the pages."""
    uses = {use.id: (region.page, use.characters) for region in regions for use in region.articles}
    values = articles_by_id(issue)
    shares: dict[str, list[Share]] = {}
    for each in articles_of(issue):
        if each.key not in values:
            continue
        value = values[each.key]
        page, left = uses.get(each.key, (0, None))
        said = "".join(_words(value))
        described: Kind = type(value).described
        shares.setdefault(each.department or NOBODY, []).append(
            Share(
                each.key,
                each.title.plain,
                page,
                sum(not sign.isspace() for sign in said),
                left,
                tuple((one.label, one.limit) for one in form_of(described).fields if one.limit),
                sum(1 for _ in every_picture(value)),
                _pictures_of(described.fields),
            )
        )
    return shares


def _pictures_of(fields: Mapping[str, Field]) -> int:
    """How many pictures an article may have at most."""
    count = 0
    for each in fields.values():
        inner = each.of if isinstance(each, ListField) else each
        many = (each.most or 1) if isinstance(each, ListField) else 1
        count += many * (_pictures_of(inner.fields) if isinstance(inner, GroupField) else inner.called == "picture")
    return count


def _words(value: object) -> Iterator[str]:
    """The words of an article that pages print."""
    if isinstance(value, Closed):
        hidden = type(value).unprinted | {"id", "kind"}
        for name in type(value).model_fields:
            if name not in hidden:
                yield from _words(getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _words(each)
    elif isinstance(value, Written):
        yield value.plain


def told(shares: dict[str, list[Share]]) -> Iterator[str]:
    """The lines that can be sent to each department as they are."""
    for department, each in shares.items():
        yield f"■ {department}"
        for one in each:
            place = f"{one.page}ページ" if one.page else "ページは未定"
            yield f"  「{one.heading}」（{one.id}、{place}）: {_room(one)}{_photos(one)}"
    if not shares:
        yield "この号には、まだ記事がありません。"


def _room(share: Share) -> str:
    if share.left is None:
        limits = "、".join(f"{label}{limit}字" for label, limit in share.limits)
        return f"いま{share.characters}字{f'（目安: {limits}）' if limits else ''}"
    if share.left < 0:
        return f"{share.characters + share.left}字まで（いま{share.characters}字で、{-share.left}字多い）"
    return f"{share.characters + share.left}字まで（いま{share.characters}字、あと{share.left}字）"


def _photos(share: Share) -> str:
    if not share.most:
        return "。写真は載りません"
    return f"。写真は{share.most}枚まで（いま{share.pictures}枚）"
