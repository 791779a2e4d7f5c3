"""A text in half width without spaces that is read from left to right and collects its spoken form."""

from __future__ import annotations

import re
import unicodedata


class Narrowed:
    """``source`` is the text as typed; patterns see it in half width (NFKC) and without spaces.

    ``said`` gives the source with the replacements made by ``say``.
    """

    def __init__(self, source: str) -> None:
        self.source = source.strip()
        pairs = [
            (part, place)
            for place, typed in enumerate(self.source)
            for part in (typed if typed in "～〜" else unicodedata.normalize("NFKC", typed))
            if not part.isspace()
        ]
        self._plain = "".join(part for part, _ in pairs)
        self._places = [place for _, place in pairs] + [len(self.source)]
        self._at = self._before = 0
        self._words: list[tuple[int, int, str]] = []

    @property
    def rest(self) -> str:
        """The unread rest, as typed."""
        return self.source[self._places[self._at] :]

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._plain)

    @property
    def spaced(self) -> bool:
        """Whether the editor left a space before the next character."""
        place = self._places[self._at]
        return place > 0 and self.source[place - 1].isspace()

    def sees(self, *patterns: re.Pattern[str]) -> bool:
        """Whether one of them comes next."""
        return any(pattern.match(self._plain, self._at) for pattern in patterns)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the next part if it matches; reading goes on behind it."""
        found = pattern.match(self._plain, self._at)
        if found and found.end() > self._at:
            self._before, self._at = self._at, found.end()
            return found
        return None

    def back(self) -> None:
        """Put the last taken part back."""
        self._at = self._before

    def mark(self) -> tuple[int, int]:
        """A place to come back to (``reset``)."""
        return self._at, len(self._words)

    def reset(self, mark: tuple[int, int]) -> None:
        """Read on from a place again."""
        self._at = mark[0]
        del self._words[mark[1] :]

    def typed(self, found: re.Match[str]) -> str:
        """A piece as typed."""
        return self.source[self._places[found.start()] : self._places[found.end() - 1] + 1]

    def say(self, found: re.Match[str], words: str, group: int | str = 0) -> None:
        """Say a piece in these words."""
        begin, end = found.span(group)
        if end > begin:
            self._words.append((self._places[begin], self._places[end - 1] + 1, words))

    def silence(self, begin: int, end: int) -> None:
        """Say nothing between two places, because other words say it."""
        self._words.append((self._places[begin], self._places[end - 1] + 1, ""))

    def add(self, words: str) -> None:
        """Add spoken words that are not written."""
        place = self._places[self._at - 1] + 1 if self._at else 0
        self._words.append((place, place, words))

    def bracket(self) -> str:
        """The next words if they are in brackets, with the brackets; otherwise empty."""
        if self._plain[self._at : self._at + 1] != "(":
            return ""
        depth = 0
        for at in range(self._at, len(self._plain)):
            depth += {"(": 1, ")": -1}.get(self._plain[at], 0)
            if depth == 0:
                words = self.source[self._places[self._at] : self._places[at] + 1]
                self._before, self._at = self._at, at + 1
                return words
        return ""

    def said(self) -> str:
        """The whole text in spoken words."""
        parts, at = [], 0
        for begin, end, words in sorted(self._words, key=lambda each: each[:2]):
            parts += [self.source[at:begin], words]
            at = max(at, end)
        return "".join((*parts, self.source[at:]))
