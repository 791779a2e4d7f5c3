"""A time of day as a city hall writes it: 午前10時30分, 13:30, 正午, 翌午前1時."""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.content.values.narrowed import Narrowed
from koho_pdf.content.values.written import Spoken
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

TIME = re.compile(
    r"(?P<next>翌(?:日|朝)?(?:の)?)?(?:(?P<noon>正午)|(?P<half>午前|午後|AM|PM|am|pm)?"
    r"(?:(?P<hour>[0-9]{1,2})時(?:(?P<minute>[0-9]{1,2})分|(?P<thirty>半))?|(?P<clock>[0-9]{1,2}:[0-9]{2})(?![0-9:])))"
    r"(?:ごろ|頃)?"
)
ALL_DAY = re.compile(r"終日|一日中|24時間")
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Time(Spoken):
    """A time, in ``minutes`` from the beginning of its day (1440 and more: the next day); ``afternoon``: 午後 was
    written, or still applies from the time before.
    """

    source: str
    minutes: int
    spoken: str
    half: str = ""
    field: str = ""

    @property
    def iso(self) -> str:
        """13:30"""
        clock = self.minutes % _DAY
        return f"{clock // 60:02}:{clock % 60:02}"

    def data(self) -> dict[str, object]:
        """The time as ISO 8601 writes it."""
        return {"type": "time", "text": self.source, "time": self.iso}


def time_given(text: str, field: str = "") -> Time:
    """The time of a whole text. Raises ``Refusal``: time-not-understood."""
    narrowed = Narrowed(text)
    found = narrowed.take(TIME)
    if found is None or not narrowed.at_end:
        raise Refusal(_wrong(text, "「午前10時30分」「13:30」「正午」のように書いてください。"))
    read = time_of(found, narrowed)
    return Time(text.strip(), read.minutes, narrowed.said(), read.half, field)


def time_of(found: re.Match[str], text: Narrowed, before: Time | None = None) -> Time:
    """The time of a match; the end of a range that began ``before`` may leave out 午前 or 午後.

    Raises ``Refusal``: time-not-understood.
    """
    typed = text.typed(found)
    if found["noon"]:
        return Time(typed, 12 * 60, typed, "午後")
    hour, _, rest = (found["clock"] or f"{found['hour']}:{30 if found['thirty'] else found['minute'] or 0}").partition(
        ":"
    )
    hours, minutes = int(hour), int(rest)
    half = {"AM": "午前", "am": "午前", "PM": "午後", "pm": "午後"}.get(found["half"] or "", found["half"] or "")
    if found["clock"]:
        text.say(found, f"{hours}時{f'{minutes}分' if minutes else ''}", "clock")
    if found["half"] and half != found["half"]:
        text.say(found, half, "half")
    if half and hours == 12:
        raise Refusal(_wrong(typed, "昼の12時は「正午」か「午後0時」、夜中の12時は「午前0時」と書いてください。"))
    if hours > (11 if half else 24) or minutes > 59 or (hours == 24 and minutes):
        hint = "午前・午後なら0時から11時まで、24時間なら0時から24時までです。次の日なら「翌午前1時」と書いてください。"
        raise Refusal(_wrong(typed, hint))
    begun = before.half if before and not half and not found["next"] else ""
    total = hours * 60 + minutes + (12 * 60 if half == "午後" else 0)
    if begun == "午後" and hours < 12:
        half, total = begun, total + 12 * 60
    later = bool(found["next"]) or (before is not None and before.half == "午後" and half == "午前")
    return Time(typed, total + (_DAY if later else 0), typed, half or begun)


def _wrong(text: str, hint: str) -> Finding:
    return error("time-not-understood", f"「{text[:20]}」は時刻として読めません。", hint=hint)
