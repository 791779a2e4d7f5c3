"""Texts of many registers as city halls print them (``registers.txt``): notices, fees, recipes, law, English.

``TUNED`` are those by which the composer was mended; ``UNSEEN`` were left alone until it was done, so that a comparison
on them says how it does on texts of others. A text by which something is mended moves from the second to the first.
"""

from __future__ import annotations

from pathlib import Path

_PARTS = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("[unseen]\n")
TUNED, UNSEEN = (tuple(line for line in part.splitlines() if line and line != "[tuned]") for part in _PARTS)
