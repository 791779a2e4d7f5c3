"""What was made of values that never change, known by these values themselves and not by what they hold.

A session reads an issue again and again, and nearly all of it is as it was: an article whose file has not changed is
the same value again, and so is all that is made of it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 2000
"""How much stays: articles of the thickest issue (96 pages of nothing but notices: 1,344), and those before them."""


class OfEach(Generic[T]):
    """What was made of each value, or of several together; of more than ``MOST`` the first ones go."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = {}

    def of(self, make: Callable[[], T], *values: object) -> T:
        """What is made of these values."""
        key = tuple(map(id, values))
        known = self._made.get(key)
        if known is not None:
            return known[1]
        made = make()
        self._made[key] = values, made  # the values too: then no others get their numbers
        if len(self._made) > MOST:
            del self._made[next(iter(self._made))]
        return made
