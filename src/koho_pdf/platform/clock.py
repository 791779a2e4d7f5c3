"""The one place that reads the clock: for records of who did what when (``archive.bags.ledger``), and for no edition.

The time of an act stands in a bag's own tag files and in the archive's register; nothing that is built asks here.
"""

from __future__ import annotations

import datetime
import os


def now() -> datetime.datetime:
    """The time with its zone, to the second; the one of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) where that is
    set, in UTC."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return datetime.datetime.fromtimestamp(min(int(given), 1 << 36), datetime.UTC)
    read = datetime.datetime.now(datetime.UTC)  # noqa: TID251
    return read.astimezone().replace(microsecond=0)
