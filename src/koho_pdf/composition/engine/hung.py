"""The one list of attributes that we add to the engine's objects; their names begin with ``koho_``.

A missing attribute costs nothing, and a copied box keeps its attributes. ``tests/composition/test_hung.py`` compares
this list with every module, and docs/seams.md shows it.
"""

from __future__ import annotations

from typing import NamedTuple


class Hung(NamedTuple):
    """``on`` which object, what it ``means``, the modules that set it (``by``) and those that read it (``read``)."""

    on: str
    means: str
    by: str
    read: str


HUNG = {
    "koho_above": Hung("line box", "readings stand above it", "boxes", "above"),
    "koho_alone": Hung("font configuration", "looks whether a page alone is as in the whole", "pages", "alone"),
    "koho_anonymous": Hung("style", "that of boxes without an element in it", "found_styles", "found_styles"),
    "koho_asked": Hung(
        "picture", "how it was asked for, to read it for another edition", "picture_seams", "shown_pictures"
    ),
    "koho_base": Hung(
        "stream",
        "the matrix from a group or pattern to its page",
        "tags picture_seams",
        "tags picture_seams",
    ),
    "koho_below": Hung("inline box", "how far below the baseline it stands (割注)", "boxes", "above placing"),
    "koho_below_reading": Hung("text box", "its kenten stand below, a reading above", "boxes", "kenten_boxes"),
    "koho_blank": Hung("style", "the no-break space of its face", "drawing", "drawing"),
    "koho_doubles": Hung("font", "new numbers of glyphs and the glyphs they double", "subsetting", "subsetting"),
    "koho_drawn": Hung("drawing", "what it wrote on its page, by its size", "drawn_art", "drawn_art"),
    "koho_first": Hung("font", "the first of the fonts of one file", "subsetting", "subsetting"),
    "koho_frame": Hung("box", "what a turned box turns in", "vertical", "in_place vertical tags"),
    "koho_here": Hung("block box", "what is painted with it", "in_place", "in_place"),
    "koho_holds_columns": Hung("block box", "made by us to hold a box's columns", "whole", "whole"),
    "koho_horizontal": Hung("box", "stands upright in a vertical block", "upright", "tags"),
    "koho_in_margin": Hung(
        "box", "it repeats on every page, as a running head (`Header`) or foot (`Footer`)", "artifacts", "artifacts"
    ),
    "koho_inks": Hung("page", "its inks, if it has fewer than the job", "pages", "inked_pages"),
    "koho_marks": Hung("text box", "the middles of its kenten, from its left edge", "boxes", "kenten_boxes above"),
    "koho_measure": Hung("line box", "the length that it was filled to", "paragraph_seams", "measured"),
    "koho_metrics": Hung("style", "ascent and descent of its face", "boxes", "boxes"),
    "koho_kept": Hung("font", "the subsets that a session keeps", "subsetting", "subsetting"),
    "koho_notes": Hung("block box", "shows the footnotes of these rows", "cutting", "cutting"),
    "koho_number": Hung(
        "text box", "its number among the texts of the document", "painted", "painted box_signs laid_out"
    ),
    "koho_numbers": Hung("font", "glyph and word to the number that says the word", "subsetting", "subsetting"),
    "koho_own_faces": Hung("font configuration", "the turned faces that a session has added", "warm", "warm"),
    "koho_paragraph": Hung(
        "line box", "the paragraph as read, for its next lines", "paragraph_seams", "paragraph_seams measured laid_out"
    ),
    "koho_piece": Hung("block box", "shows these rows of an article that columns divide", "cutting", "cutting"),
    "koho_place": Hung("box", "the rectangle on the page of its marked content", "tags", "tags"),
    "koho_reading": Hung("box", "is a reading: no height, drawn after its line", "above", "above"),
    "koho_running": Hung("line box", "its paragraph as it may grow, once asked for", "measured", "measured"),
    "koho_same": Hung("box", "what it is like before layout", "box_signs", "box_signs laid_out"),
    "koho_set": Hung("text box", "what is known of the text it shows a part of", "painted", "painted"),
    "koho_shapes": Hung("font configuration", "the glyphs of each font that are known", "pages", "shaping"),
    "koho_sign": Hung("style", "its number among all styles of a session", "box_signs", "box_signs"),
    "koho_space": Hung("text box", "the space to be said after it", "word_ends boxes", "drawing tags"),
    "koho_spoiled": Hung("style", "is changed: not for the next page", "found_styles", "found_styles box_signs"),
    "koho_stand_ins": Hung("font configuration", "the faces that stand in", "pages", "shaping"),
    "koho_strain": Hung("line box", "what could not be set as asked, for a finding", "paragraph_seams", "placing"),
    "koho_texts": Hung("font configuration", "the texts of the document", "pages", "painted"),
    "koho_tried": Hung("layout context", "the columns that are tried", "tried", "tried"),
    "koho_turned": Hung("box", "turns its content", "vertical upright", "turned"),
    "koho_untracked": Hung("style", "the same without letter-spacing", "leaf", "leaf"),
    "koho_upright": Hung(
        "text box", "the places in it of characters that stand upright", "measured vertical", "cells drawing"
    ),
    "koho_upright_in": Hung("box", "holds an upright element: the frame, the em", "upright", "in_place upright turned"),
    "koho_unread": Hung("document", "it is drawn to be looked at only: no structure tree", "pages", "tags"),
    "koho_vertical": Hung("font configuration", "what turns vertical content", "pages", "vertical"),
    "koho_warm": Hung(
        "font configuration",
        "what a session keeps",
        "pages",
        "kept_art kept_styles found_styles box_signs laid_out",
    ),
    "koho_written": Hung("colour of a drawing", "how it was written", "svg_values", "recoloured"),
}
