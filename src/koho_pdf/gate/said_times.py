"""The times of day that a text names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.said_days import number

_TIME = late(
    r"(?P<half>(?:午前|午後)の?|[AP]M|[ap]m|[ap]\.m\.|[AP]\.M\.)?\s?(?:(?<![0-9第:.])(?P<hour>[0-9]{1,3}|(?<=[前後])[一二三四五六七八九十零〇]{1,3}|[二三]?十[一二三四五六七八九]?)時(?!間|代|限|期|点|制)(?:(?P<minute>[0-9]{1,2}|[一二三四五六七八九十]{1,3})分|(?P<thirty>半))?"
    r"|(?<![0-9:./-])(?P<hour2>[0-9]{1,2}):(?P<minute2>[0-9]{2})(?![0-9:])(?:\s?(?P<after>[AP]M|[ap]m|[ap]\.m\.))?)|(?P<noon>正午)"
)

_HALVES = {"A": "午前", "P": "午後"}


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time in a text; ``half`` is 午前 or 午後 as written, ``colon`` whether it is written 13:30."""

    begin: int
    end: int
    half: str
    hour: int
    minute: int
    colon: bool
    has_minute: bool = False
    noon: bool = False

    @property
    def minutes(self) -> int:
        """From the beginning of the day."""
        return (self.hour + (12 if self.half == "午後" and self.hour < 12 else 0)) * 60 + self.minute

    @property
    def is_by_halves(self) -> bool:
        """Whether it is told by 午前 and 午後."""
        return bool(self.half)

    @property
    def is_by_24(self) -> bool:
        """Whether it can only be one of 24 hours."""
        return not self.half and not self.noon and (self.colon or self.hour > 12)


def times_in(prose: Prose) -> list[SaidTime]:
    """Every time of day, in order; 3時間 is none."""
    if "times" not in prose.kept:
        prose.kept["times"] = list(_times_in(prose))
    times: list[SaidTime] = prose.kept["times"]
    return times


def _times_in(prose: Prose) -> Iterator[SaidTime]:
    if not any(sign in prose.half for sign in ("時", ":", "正午")):
        return
    for found in _TIME.finditer(prose.half):
        if found["noon"]:
            yield SaidTime(found.start(), found.end(), "", 12, 0, colon=False, noon=True)
            continue
        half = (found["half"] or found["after"] or "").rstrip("の")
        hour = number(found["hour"] or found["hour2"])
        minute = 30 if found["thirty"] else number(found["minute"] or found["minute2"] or "0")
        has = bool(found["minute"] or found["minute2"] or found["thirty"])
        yield SaidTime(
            found.start(),
            found.end(),
            _HALVES.get(half[:1].upper(), half),
            hour,
            minute,
            bool(found["hour2"]),
            has,
        )
