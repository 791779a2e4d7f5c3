"""The kinds of issue there are, by name. A new kind is one module like ``policy_leaflet`` and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from koho_pdf.manuscript.model import Issue
from koho_pdf.manuscript.policy_leaflet import PolicyLeaflet
from koho_pdf.manuscript.specimen import Specimen

KINDS: Mapping[str, type[Issue]] = MappingProxyType({kind.kind: kind for kind in (PolicyLeaflet, Specimen)})
