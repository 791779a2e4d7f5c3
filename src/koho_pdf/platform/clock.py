"""The only place that reads the clock: for records of who did what when (``archive.bags.ledger``, ``desk.journal``),
never for an edition.

The time of an act is written into a bag's tag files, the archive's register and the desk's journal; nothing that is
built reads the clock.
"""

from __future__ import annotations

import datetime
import os


def now() -> datetime.datetime:
    """The time with its zone, to the second; if ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) is set, that time in
    UTC.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return datetime.datetime.fromtimestamp(min(int(given), 1 << 36), datetime.UTC)
    read = datetime.datetime.now(datetime.UTC)  # noqa: TID251
    return read.astimezone().replace(microsecond=0)
