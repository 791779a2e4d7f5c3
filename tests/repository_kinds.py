"""The repository's own kinds of manuscript, by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from koho_pdf.kinds.known import kinds_of

ROOT = Path(__file__).parents[1]
KINDS = kinds_of(ROOT / "layouts", ROOT)
POLICY_LEAFLET: Any = KINDS["policy-leaflet"].model
SPECIMEN: Any = KINDS["specimen"].model
