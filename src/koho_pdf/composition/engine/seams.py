"""Every seam into WeasyPrint, in one table: from it they are put in, tested, and listed in docs/seams.md.

A seam is a function of the engine that is replaced by ours. If ours share one, the later calls the earlier.
"""

from __future__ import annotations

from koho_pdf.composition.engine import (
    above,
    artifacts,
    cutting,
    drawing,
    gradients,
    grid,
    in_place,
    inked_pages,
    joined,
    painted,
    paragraph_seams,
    picture_seams,
    properties,
    recoloured,
    shaping,
    subsetting,
    tags,
    tried,
    vertical,
    whole,
    word_ends,
)
from koho_pdf.composition.engine.art_seams import ART
from koho_pdf.composition.engine.building_seams import BUILDING
from koho_pdf.composition.engine.seam import Seam
from koho_pdf.composition.engine.session_seams import SESSION

_REST = "page_is_empty absolute_boxes fixed_boxes adjoining_margins first_letter_style first_line_style"
_BLOCK = f"context box bottom_space skip_stack {_REST} discard max_lines"
_COLUMNS = f"context box bottom_space skip_stack containing_block {_REST}"
_SWITCH = f"{_COLUMNS} discard max_lines"
_STACKED = "box page child_contexts blocks floats blocks_and_cells"
_STRUCTURE = "element_tree style_for get_image_from_uri base_url target_collector counter_style footnotes"
_WAITING = "line_placeholders waiting_floats line_children first_letter_style first_line_style"
_LINE = "stream textbox text_overflow block_ellipsis matrix"
_SPLIT = f"context box position_x max_x bottom_space skip_stack containing_block absolute_boxes fixed_boxes {_WAITING}"

SEAMS = (
    Seam(
        "text.line_break:get_font_description(style)",
        shaping.with_stand_ins,
        "after the asked families, those that stand in for a character they lack",
        "test_fonts.py",
    ),
    Seam(
        "layout.inline:avoid_collisions(context box containing_block outer)",
        paragraph_seams.unhindered,
        "where nothing floats, a line is as wide as its block, and nothing is looked for",
        "tests/leaflet/test_lines.py",
    ),
    Seam(
        f"layout.inline:split_inline_box({_SPLIT})",
        paragraph_seams.split_by_us,
        "our lines in place of the engine's (`cells`, `edges`, `boxes`)",
        "tests/leaflet/test_lines.py test_inlines.py test_points.py tests/specimen/",
    ),
    Seam(
        "layout.preferred:inline_min_content_width(context box outer skip_stack first_line is_line_start)",
        paragraph_seams.least_width,
        "boxes shrink to our lines",
        "test_vertical.py tests/leaflet/",
    ),
    Seam(
        "layout.preferred:inline_max_content_width(context box outer is_line_start)",
        paragraph_seams.whole_width,
        "boxes shrink to our lines",
        "test_vertical.py tests/leaflet/",
    ),
    Seam(
        f"draw.text:draw_first_line({_LINE})",
        drawing.drawn,
        "each glyph to its place to a thousandth of an em; `ActualText` and blanks where places would be misread; on a "
        "screen a vertical line in pieces (`shown_apart.py`), each character with a box of its own",
        "tests/leaflet/test_lines.py test_copying.py test_vertical.py test_shown_apart.py tests/leaflet/test_words.py",
    ),
    Seam(
        "layout.inline:line_box_verticality(box)",
        above.levelled,
        "readings and kenten take no height, the two lines of a 割注 stand within theirs (`ruby_boxes`, "
        "`kenten_boxes`, `warichu_boxes`)",
        "test_ruby.py test_emphasis.py test_warichu.py",
    ),
    Seam(
        "draw:draw_inline_level(stream page box offset_x text_overflow block_ellipsis)",
        above.Drawing,
        "readings and kenten are painted after their line",
        "test_ruby.py test_emphasis.py",
    ),
    Seam(f"stacking:_dispatch({_STACKED})", in_place.kept_here, "what we turn is painted in place", "test_vertical.py"),
    Seam("draw:draw_block_level(page stream blocks_and_cells)", in_place.painted_here, "likewise", "test_vertical.py"),
    Seam(
        f"layout.block:block_level_layout_switch({_SWITCH})", grid.stepped, "`block-step-size` (行取り)", "test_grid.py"
    ),
    Seam(
        "pdf.stream:Stream.marked(self box tag)",
        artifacts.marked_apart,
        "hidden elements (`aria-hidden`), page margins and repeated heads of tables become artifacts; running heads "
        'and feet (`data-artifact="Header"`, `"Footer"`) say so',
        "test_tags.py tests/leaflet/test_screen.py",
    ),
    Seam("layout:make_margin_boxes(context page state)", artifacts.some, "laid out if there are any", "test_tags.py"),
    Seam(
        f"document:build_formatting_structure({_STRUCTURE})",
        vertical.with_vertical,
        "vertical content moves into a box that is turned as a whole (`turned_sides`, `upright`)",
        "test_vertical.py",
    ),
    Seam(
        f"layout.block:block_container_layout({_BLOCK})",
        vertical.as_wide_as_lines,
        "a vertical block is as wide as its lines; what stands upright in it is turned back",
        "test_vertical.py test_upright.py",
    ),
    Seam(
        f"document:build_formatting_structure({_STRUCTURE})",
        cutting.with_pieces,
        "pieces of an article that columns divide know its boxes",
        "tests/plan/test_flow.py",
    ),
    Seam(
        f"document:build_formatting_structure({_STRUCTURE})", whole.with_columns, "columns anywhere", "test_painted.py"
    ),
    Seam(
        "layout.absolute:absolute_box_layout(context box containing_block fixed_boxes bottom_space skip_stack)",
        whole.placed_whole,
        "an absolutely placed box is not cut at the page's foot",
        "test_painted.py test_overset.py",
    ),
    Seam(
        f"layout.block:block_container_layout({_BLOCK})",
        whole.slot_whole,
        "a slot of fixed height is not cut at the page's foot, and its columns are as high as it",
        "test_painted.py test_overset.py",
    ),
    Seam(
        f"layout.block:block_container_layout({_BLOCK})",
        cutting.cut,
        "a piece shows its rows of the article, cut from one strip (`found_rows`)",
        "tests/plan/test_flow.py",
    ),
    Seam(
        f"layout.block:block_level_layout_switch({_SWITCH})",
        whole.items_whole,
        "likewise a slot that is a flex or grid container",
        "test_painted.py test_overset.py",
    ),
    Seam(
        f"layout.block:columns_layout({_COLUMNS})",
        tried.trying,
        "columns are laid out once: those that the engine tries are remembered",
        "test_tried.py",
    ),
    Seam(f"layout.block:block_box_layout({_SWITCH})", tried.moved, "and moved to their places", "test_tried.py"),
    Seam(
        f"document:build_formatting_structure({_STRUCTURE})",
        painted.with_numbers,
        "every text is numbered, to be looked for on the pages",
        "test_painted.py",
    ),
    Seam(f"draw.text:draw_first_line({_LINE})", painted.noted, "every text that is drawn is noted", "test_painted.py"),
    Seam(
        "pdf:add_tags(pdf document pdf_version page_streams)",
        tags.add_tags,
        "the structure tree: one element of HTML is one element of the tree, however many lines and pages it covers; "
        'labels (`data-tag="Lbl"`), contents (`nav role="doc-toc"`), captions, readings, heads of tables, sides of '
        "pictures, links by their words (`structure`, `elements`, `headed`)",
        "test_tags.py tests/leaflet/test_screen.py tests/editions/test_tables.py tests/editions/test_large.py",
        instead=True,
    ),
    Seam(
        "pdf.stream:Stream.marked(self box tag)", tags.placed, "where marked content stands on its page", "test_tags.py"
    ),
    Seam(
        "pdf.stream:Stream.add_group(self x y width height)",
        tags.in_its_place,
        "where a group stands, so that what is in it has its place",
        "test_tags.py",
    ),
    Seam(
        "pdf.fonts:Font.__init__(self pango_font description font_size)",
        subsetting.named_by_face,
        "the same name of a subset on every machine",
        "tests/leaflet/test_same_bytes.py",
    ),
    Seam(
        "pdf.fonts:Font.subset(self to_unicode hinting)",
        subsetting.subset,
        "the same font bytes on every machine",
        "tests/leaflet/test_same_bytes.py",
        instead=True,
    ),
    Seam(
        "images:Gradient.__init__(self color_stops repeating color_hints)",
        gradients.of_inks,
        "gradients in the inks they are written in",
        "test_gradients.py",
    ),
    Seam(
        "images:gradient_average_color(colors positions)",
        gradients.average_of_inks,
        "likewise a repetition too short to be drawn",
        "test_gradients.py",
    ),
    Seam(
        "svg:draw_gradient(svg node gradient font_size opacity stroke)",
        gradients.drawn_gradient,
        "SVG's as shading patterns, in every unit and turn",
        "test_gradients.py",
        instead=True,
    ),
    Seam(
        "draw:draw_background_image(stream layer style)",
        gradients.drawn_once,
        "a gradient that fills its box is not tiled: no hairline at its edge",
        "test_gradients.py",
    ),
    Seam(
        "pdf.stream:Stream.add_shading(self shading_type domain coords extend function color_space)",
        gradients.shaded,
        "a shading has as many components as its function returns",
        "test_gradients.py",
    ),
    Seam(
        "pdf.stream:Stream.set_color(self color stroke)",
        recoloured.in_palette,
        "the screen is drawn from the layout of print, each ink in its colour",
        "test_recoloured.py",
    ),
    Seam(
        "draw.text:draw_text_decoration(stream textbox offset_x offset_y thickness color)",
        recoloured.with_lines,
        "the line below a link is drawn on a screen only",
        "test_recoloured.py",
    ),
    Seam(
        "document:original_get_image_from_uri(cache url_fetcher options url forced_mime_type context orientation)",
        picture_seams.with_photographs,
        "in print a picture is laid out by its size alone; its place tells how fine it must be; it is encoded once",
        "test_photographs.py",
    ),
    Seam(
        "pdf.stream:Stream.add_pattern(self x y width height repeat_width repeat_height matrix)",
        picture_seams.placed_pattern,
        "how large a picture stands in a group or pattern",
        "test_photographs.py",
    ),
    Seam(
        "document:Page.paint(self stream scale)",
        inked_pages.painted_in_inks,
        "a page in fewer inks than the job: its colours, gradients and photographs",
        "tests/plan/test_inks.py",
    ),
    Seam(
        "document:Page.paint(self stream scale)",
        joined.at_once,
        "what a page wrote is one text as soon as it is drawn",
        "tests/plan/test_many_pages.py",
    ),
    Seam("pdf.stream:Stream.set_color(self color stroke)", inked_pages.coloured, "likewise", "tests/plan/test_inks.py"),
    *ART,
    Seam(
        "layout.inline:remove_last_whitespace(context line)",
        word_ends.remembered,
        "a space that ends a line is said",
        "test_tags.py",
    ),
    Seam(
        "layout.inline:split_text_box(context box available_width skip is_line_start)",
        word_ends.parted,
        "a space that ends a line is said, where the engine splits a text",
        "test_tags.py",
    ),
    *BUILDING,
    *SESSION,
)
"""In the order in which they are put in."""


def install() -> None:
    """Make our properties known to the engine, and put every seam in: once in a process."""
    properties.install()
    for seam in SEAMS:
        holder, name = seam.held()
        setattr(holder, name, seam.ours if seam.instead else seam.ours(getattr(holder, name)))
