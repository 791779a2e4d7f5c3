"""The seams in how boxes are made of elements (``footnotes``, ``pseudo_boxes``), for the table in ``seams``."""

from __future__ import annotations

from koho_pdf.composition.engine import footnotes, pseudo_boxes
from koho_pdf.composition.engine.seam import Seam

_BUILD = "get_image_from_uri base_url target_collector counter_style footnotes state"

BUILDING = (
    Seam(
        f"formatting_structure.build:element_to_box(element style_for {_BUILD})",
        footnotes.kept_in_articles,
        "footnotes of an article in columns stand in the column of their mark",
        "tests/plan/test_footnotes.py",
    ),
    Seam(
        "formatting_structure.build:marker_to_box(element state parent_style style_for get_image_from_uri "
        "target_collector counter_style)",
        pseudo_boxes.with_own_style,
        "the words of a list's sign (`::marker`) have a style of their own",
        "test_pseudo_boxes.py",
    ),
    Seam(
        "layout.inline:first_letter_to_box(box skip_stack first_letter_style)",
        pseudo_boxes.once,
        "a first letter is made once, and of a letter",
        "test_pseudo_boxes.py",
    ),
)
