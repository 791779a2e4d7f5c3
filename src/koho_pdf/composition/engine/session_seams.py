"""The seams of a session (``warm``, ``alone``), for the table in ``seams``."""

from __future__ import annotations

from koho_pdf.composition.engine import alone, box_signs, found_styles, kept_art, kept_styles, laid_out
from koho_pdf.composition.engine.seam import Seam

_BUILD = "get_image_from_uri base_url target_collector counter_style footnotes"

SESSION = (
    Seam(
        "css:find_stylesheets(wrapper_element device_media_type url_fetcher base_url font_config counter_style "
        "color_profiles page_rules layers)",
        kept_styles.kept,
        "a stylesheet is read once in a session",
        "test_warm.py",
    ),
    Seam(
        "css:StyleFor(html sheets presentational_hints font_config target_collector)",
        found_styles.once,
        "a style is found once in a session, if selectors see the same of its element",
        "test_warm.py",
    ),
    Seam(
        "html:handle_element(element box get_image_from_uri base_url)",
        kept_art.read_once,
        "art is read once in a session",
        "test_warm.py",
    ),
    Seam(
        f"formatting_structure.build:element_to_box(element style_for {_BUILD} state)",
        alone.apart,
        "what is composed elsewhere makes no boxes",
        "tests/proofs/test_alone.py",
    ),
    Seam(
        f"document:build_formatting_structure(element_tree style_for {_BUILD})",
        alone.looked_at,
        "whether a page alone is as in the whole",
        "tests/proofs/test_alone.py",
    ),
    Seam(
        f"document:build_formatting_structure(element_tree style_for {_BUILD})",
        box_signs.signed,
        "what boxes are like before layout",
        "tests/proofs/test_laid_out.py",
    ),
    Seam(
        "layout.block:block_container_layout(context box bottom_space skip_stack page_is_empty absolute_boxes "
        "fixed_boxes adjoining_margins first_letter_style first_line_style discard max_lines)",
        laid_out.once,
        "a box is laid out once in a session, if nothing in it has changed",
        "tests/proofs/test_laid_out.py",
    ),
)
"""They do nothing where nothing is kept, and nothing is composed elsewhere."""
