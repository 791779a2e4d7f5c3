"""The part of an issue that a layout's pages show: without articles that say why they stand on none (``unplaced``)."""

from __future__ import annotations

from typing import TypeVar

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan
from koho_pdf.content.values.model import Closed
from koho_pdf.platform.of_each import OfEach

C = TypeVar("C", bound=Closed)


def on_pages(issue: Issue) -> Issue:
    """The issue without articles that stand on no page: with a page plan those that the plan does not place, else
    those with a reason (``unplaced``). Groups of a kind of issue that are articles or sections may have one too. A list
    may be shorter than in a valid manuscript, even empty. If nothing is left out it is the same value.
    """
    plan = getattr(issue, type(issue).planned, None) if type(issue).planned else None
    if not isinstance(plan, Plan):
        return _without(issue)
    placed = plan.numbers()
    kept = {name: tuple(each for each in getattr(issue, name) if each.id in placed) for name in type(issue).takes}
    changed = {name: each for name, each in kept.items() if each != getattr(issue, name)}
    return _without(issue.model_copy(update=changed) if changed else issue, planned=True)


def _without(group: C, *, planned: bool = False) -> C:
    changed: dict[str, object] = {}
    for name in type(group).model_fields:
        value = getattr(group, name)
        kept: object = value
        if isinstance(value, tuple) and any(isinstance(each, Closed) for each in value):
            kept = tuple(_inner(each, planned) for each in value if not _is_unplaced(each, planned))
        elif isinstance(value, Closed):
            kept = None if _is_unplaced(value, planned) else _inner(value, planned)
        if kept != value:
            changed[name] = kept
    return group.model_copy(update=changed) if changed else group


_INNER = OfEach[dict[bool, Closed]]()


def _inner(value: object, planned: bool) -> object:
    if isinstance(value, ArticleManuscript):  # one that has not changed is the same value again
        known = _INNER.of(dict, value)
        return known[planned] if planned in known else known.setdefault(planned, _without(value, planned=planned))
    return _without(value, planned=planned) if isinstance(value, Closed) else value


def _is_unplaced(value: object, planned: bool) -> bool:
    """Whether it says why it stands on no page; of articles in a plan the plan decides."""
    if not isinstance(value, Closed) or "unplaced" not in type(value).KEYS:
        return False
    decided = planned and isinstance(value, ArticleManuscript)
    return not decided and getattr(value, "unplaced", None) is not None
