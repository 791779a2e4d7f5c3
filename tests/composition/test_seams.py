"""The seams into the engine: a version of it that moves them fails here, loudly, before a page comes out wrong."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import tostring

import pytest

from koho_pdf.composition.engine import properties
from koho_pdf.composition.engine.importing import _Patterns
from koho_pdf.composition.engine.seams import SEAMS

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "src" / "koho_pdf" / "composition" / "engine"
TAKES = {seam.place: seam.takes for seam in SEAMS}

CALLED = {
    "css:declaration_precedence": "origin importance",
    "css:find_style_attributes": "tree presentational_hints base_url",
    "css:preprocess_declarations": "base_url declarations prelude",
    "css.tokens:get_length": "token negative percentage",
    "draw:draw_stacking_context": "stream stacking_context",
    "draw.color:get_color": "style key",
    "formatting_structure.boxes:BlockBox.__init__": "self element_tag style element children",
    "formatting_structure.boxes:InlineBox.remove_decoration": "self start end",
    "formatting_structure.boxes:LineBox.copy_with_children": "self new_children",
    "formatting_structure.boxes:TextBox.copy_with_text": "self text",
    "formatting_structure.boxes:TextBox.translate": "self dx dy ignore_floats",
    "html:get_html_metadata": "html",
    "html:make_replaced_box": "element box image",
    "layout.absolute:AbsolutePlaceholder.__init__": "self box",
    "layout.absolute:absolute_layout": ("context placeholder containing_block fixed_boxes bottom_space skip_stack"),
    "layout.inline:inline_block_baseline": "box",
    "layout.inline:split_inline_level": (
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes "
        "fixed_boxes line_placeholders waiting_floats line_children first_letter_style "
        "first_line_style"
    ),
    "layout.percent:resolve_percentages": "box containing_block",
    "layout.replaced:replacedbox_layout": "box",
    "layout.preferred:max_content_width": "context box outer",
    "layout.preferred:min_content_width": "context box outer",
    "pdf.stream:Stream.add_font": "self pango_font",
    "pdf.stream:Stream.add_image": "self image interpolate ratio",
    "pdf.stream:Stream.add_pattern": "self x y width height repeat_width repeat_height matrix",
    "pdf.stream:Stream.artifact": "self",
    "pdf.stream:Stream.begin_marked_content": "self tag property_list",
    "pdf.stream:Stream.create_interpolation_function": "domain c0 c1 n",
    "pdf.stream:Stream.create_stitching_function": "domain encode bounds sub_functions",
    "pdf.stream:Stream.set_alpha_state": "self x y width height mode",
    "stacking:StackingContext.from_box": "box page child_contexts",
    "svg.bounding_box:is_valid_bounding_box": "bounding_box",
    "svg.defs:spread_linear_gradient": "spread positions colors x1 y1 x2 y2 bounding_box matrix",
    "svg.defs:spread_radial_gradient": "spread positions colors fx fy fr cx cy r width height matrix",
    "svg:alpha_value": "value",
    "svg.utils:alpha_value": "value",
    "svg.utils:color": "string",
    "svg.utils:size": "string font_size percentage_reference",
    "svg.utils:transform": "transform_string transform_origin font_size normalized_diagonal",
    "text.fonts:FontConfiguration.add_font_face": "self rule_descriptors url_fetcher",
    "text.fonts:get_hb_object_data": "hb_object ot_color glyph",
    "text.line_break:Layout.deactivate": "self",
    "text.line_break:Layout.get_first_line": "self",
    "text.line_break:Layout.reactivate": "self style",
    "text.line_break:create_layout": "text style context max_width justification_spacing",
    "text.line_break:first_line_metrics": (
        "first_line text layout resume_at space_collapse style hyphenated hyphenation_character"
    ),
    "text.line_break:strut": "style",
    "urls:URLFetcher.fetch": "self url headers",
}
"""What ours call as it is."""

TABLES = {
    "css.computed_values:COMPUTER_FUNCTIONS": "dict",
    "css.properties:INHERITED": "set",
    "css.properties:INITIAL_VALUES": "dict",
    "css.properties:KNOWN_PROPERTIES": "set",
    "css.validation.expanders:EXPANDERS": "dict",
    "css.validation.properties:PROPERTIES": "dict",
}
"""Where the properties of Japanese composition are made known."""

TYPES = {
    ":HTML",
    "css:AnonymousStyle",
    "css:ComputedStyle",
    "css:InitialStyle",
    "document:Page",
    "images:RasterImage",
    "css.properties:Dimension",
    "css.tokens:InvalidValues",
    "css.tokens:Pending",
    "formatting_structure.boxes:BlockBox",
    "formatting_structure.boxes:BlockContainerBox",
    "formatting_structure.boxes:BlockLevelBox",
    "formatting_structure.boxes:BlockReplacedBox",
    "formatting_structure.boxes:Box",
    "formatting_structure.boxes:FlexBox",
    "formatting_structure.boxes:FlexContainerBox",
    "formatting_structure.boxes:GridBox",
    "formatting_structure.boxes:GridContainerBox",
    "formatting_structure.boxes:InlineBlockBox",
    "formatting_structure.boxes:InlineBox",
    "formatting_structure.boxes:InlineLevelBox",
    "formatting_structure.boxes:FootnoteAreaBox",
    "formatting_structure.boxes:LineBox",
    "formatting_structure.boxes:MarginBox",
    "formatting_structure.boxes:ReplacedBox",
    "formatting_structure.boxes:TableBox",
    "formatting_structure.boxes:TableRowBox",
    "formatting_structure.boxes:TableRowGroupBox",
    "formatting_structure.boxes:TextBox",
    "images:Gradient",
    "layout.absolute:AbsolutePlaceholder",
    "matrix:Matrix",
    "stacking:StackingContext",
    "text.ffi:FROM_UNITS",
    "text.ffi:ffi",
    "text.ffi:fontconfig",
    "text.ffi:pango",
    "text.fonts:FontConfiguration",
    "text.line_break:Layout",
    "urls:URLFetcher",
    "urls:URLFetcherResponse",
}

OURS = (
    "block-step-size",
    "condense",
    "hanging-punctuation",
    "last-line-characters",
    "line-break",
    "ruby-align",
    "ruby-merge",
    "ruby-position",
    "text-autospace",
    "text-combine-upright",
    "text-emphasis-position",
    "text-emphasis-style",
    "text-spacing-trim",
    "text-wrap-style",
    "tracking",
    "warichu",
    "writing-mode",
)

ASK = """
import inspect, json, operator, sys
from importlib import import_module
def found(seam):
    module, name = seam.split(":")
    return operator.attrgetter(name)(import_module("weasyprint." + module))
functions, tables, names = json.loads(sys.argv[1])
print(json.dumps([
    {seam: " ".join(inspect.signature(found(seam)).parameters) for seam in functions},
    {table: type(found(table)).__name__ for table in tables},
    [name for name in names if name in found("css.properties:KNOWN_PROPERTIES")],
    list(found("css.properties:KNOWN_PROPERTIES")),
]))
"""


def test_the_engine_is_the_one_the_seams_were_cut_for() -> None:
    assert version("weasyprint").split(".")[0] == "70"


@pytest.fixture(scope="module")
def asked() -> Any:
    """In a process of its own, so that the engine has no seams of ours."""
    questions = json.dumps([[*TAKES, *CALLED], list(TABLES), [*OURS, "word-break"]])
    return json.loads(subprocess.check_output([sys.executable, "-c", ASK, questions], encoding="utf-8"))


LOAD = """
import subprocess
started = []
begin = subprocess.Popen.__init__
def told(self, command, *rest, **more):
    started.append(command)
    begin(self, command, *rest, **more)
subprocess.Popen.__init__ = told
from koho_pdf.composition.engine.pages import _with_seams
_with_seams()
from weasyprint.text import ffi
print(len(started), ffi.pango is not None, ffi.harfbuzz_subset is not None)
import sys
print("fontTools.varLib" in sys.modules)
from weasyprint.pdf.fonts import instantiateVariableFont, subset
print(type(subset.Options(notdef_outline=True)).__module__, "fontTools.varLib" in sys.modules)
try:
    instantiateVariableFont({}, {})
except ValueError as fault:
    print(fault)
"""


def test_no_program_is_started_and_no_module_read_in_vain_to_import_the_engine() -> None:
    loaded, early, later, called = subprocess.check_output([sys.executable, "-c", LOAD], encoding="utf-8").splitlines()
    assert loaded == "0 True True"
    assert early == "False"
    assert later == "fontTools.subset True"
    assert "fvar" in called


def test_what_is_read_is_the_same_with_patterns_that_are_kept() -> None:
    """tinyhtml5 has other keys for its patterns than it looks for, so that each is made again and again."""
    from tinyhtml5 import inputstream, parse

    html = "<!doctype html><p class=\"a b\" id='c' hidden>一 &amp; 二<!-- 三 --><br/>\x00<svg><![CDATA[四]]></svg>"
    kept, trees, patterns = inputstream.characters_until_regex, list[str](), list[Any]([{}, _Patterns()])
    for each in patterns:
        inputstream.characters_until_regex = each
        trees.append(tostring(parse(html), "unicode"))
    inputstream.characters_until_regex = kept
    assert trees[0] == trees[1]
    assert [(("&", "<", "\0"), False) in each for each in patterns] == [False, True]


def test_every_seam_is_where_it_was_and_takes_what_it_took(asked: Any) -> None:
    assert asked[0] == TAKES | CALLED


def test_properties_are_still_kept_in_those_tables(asked: Any) -> None:
    assert asked[1] == TABLES


def test_the_engine_does_not_know_our_properties_by_itself(asked: Any) -> None:
    """If it did, its way and ours would be mixed. It knows ``word-break``; we only add a value."""
    assert asked[2] == ["word-break"]


def test_all_our_properties_are_asked_for(asked: Any) -> None:
    from weasyprint.css.properties import KNOWN_PROPERTIES

    untouched = set(asked[3])
    properties.install()
    assert KNOWN_PROPERTIES - untouched == set(OURS)


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What a module of ours takes from the engine: our name for it, and ``module:name``, or a module alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "weasyprint":
            for alias in node.names:
                below = (node.module or "").removeprefix("weasyprint").lstrip(".")
                if alias.name[0].islower() and _is_module(f"{node.module}.{alias.name}"):
                    yield alias.name, f"{below}.{alias.name}".lstrip(".") + ":"
                else:
                    yield alias.name, f"{below}:{alias.name}"


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def test_nothing_of_the_engine_is_used_that_is_not_watched_here() -> None:
    taken = {seam for path in ENGINE.glob("*.py") for _, seam in imported(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(taken) > 20
    watched = {*TAKES, *CALLED, *TABLES, *TYPES}
    modules = {seam for seam in taken if seam.endswith(":")}
    assert taken - modules <= watched
    assert modules <= {seam.split(":")[0] + ":" for seam in TAKES}
    assert {seam for seam in watched if "." not in seam.split(":")[1]} - {*TAKES} <= taken, "watched for nobody"


def test_nobody_replaces_anything_of_the_engine_but_by_the_table() -> None:
    for path in ENGINE.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = dict(imported(tree))
        for node in ast.walk(tree):
            for target in node.targets if isinstance(node, ast.Assign) else []:
                held = target.value if isinstance(target, ast.Attribute) else None
                assert not isinstance(held, ast.Name) or held.id not in known, (path.name, ast.unparse(node))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr":
                assert ast.unparse(node.args[0]) not in known, (path.name, ast.unparse(node))


def test_each_seam_is_ours_and_its_tests_are_there() -> None:
    for seam in SEAMS:
        assert seam.ours.__module__.startswith("koho_pdf.composition.engine."), seam.place
        assert seam.instead == (seam.ours.__name__ in ("add_tags", "subset", "drawn_gradient"))
        for name in seam.tests.split():
            assert (ROOT / name if "/" in name else ROOT / "tests" / "composition" / name).exists(), (seam.place, name)


def test_the_page_shows_the_table() -> None:
    """docs/seams.md: a row a seam, in the order in which they are put in."""
    page = (ROOT / "docs" / "seams.md").read_text(encoding="utf-8").splitlines()
    rows = [
        f"| `{seam.ours.__module__.rpartition('.')[2]}` | `{seam.place.replace(':', '.')}` | {seam.why} "
        f"| {' '.join(f'`{name}`' for name in seam.tests.split())} |"
        for seam in SEAMS
    ]
    start = page.index("| module | seam | why | tested by |") + 2
    assert page[start : start + len(rows) + 1] == [*rows, ""]


def test_our_functions_sit_in_the_seams(tiny: Path, proved: Callable[..., Build]) -> None:
    assert proved(tiny, "tiny").findings == ()
    for seam in SEAMS:
        holder, name = seam.held()
        function = getattr(holder, name)
        ours = getattr(function, "__module__", type(function).__module__)
        assert ours.startswith("koho_pdf.composition.engine."), seam.place


def test_seams_are_put_in_once_whatever_the_fonts(
    tiny: Path, proved: Callable[..., Build], edit: Callable[[Path, str, str], None]
) -> None:
    """Each workspace has fonts of its own; ours over ours would draw readings twice."""
    assert proved(tiny, "tiny").findings == ()
    from weasyprint import draw

    before = draw.draw_inline_level
    (tiny / "fonts").rename(tiny / "elsewhere")
    (tiny / "fonts").symlink_to((tiny / "elsewhere").resolve())
    other = tiny.parent / "other"
    tiny.rename(other)
    assert proved(other, "tiny").findings == ()
    assert draw.draw_inline_level is before


HIDDEN = """
<p aria-hidden="true">飾りの<b>文字</b></p>
<svg aria-hidden="true" width="20" height="20"><rect width="20" height="20"/></svg>
<svg role="img" width="20" height="20"><title>四角い絵</title><rect width="20" height="20"/></svg>
<p>読まれる文字</p>
"""


@pytest.fixture
def hidden(tiny: Path, edit: Callable[[Path, str, str], None]) -> Path:
    edit(tiny / "layouts" / "tiny" / "layout.html", "</body>", f"<div>{HIDDEN}</div></body>")
    edit(
        tiny / "layouts" / "tiny" / "layout.css", "html {", "div { position: absolute; top: 60mm; left: 20mm }\nhtml {"
    )
    return tiny


def test_what_is_aria_hidden_is_an_artifact_with_all_it_holds(
    hidden: Path,
    tmp_path: Path,
    proved: Callable[..., Build],
    structure: Callable[[Path], Element],
    marks: Callable[[Path], list[list[Mark]]],
) -> None:
    path = tmp_path / "screen.pdf"
    path.write_bytes(proved(hidden, "tiny").files["screen.pdf"])
    tree = structure(path)
    assert "飾り" not in tree.text
    assert "文字" in tree.text
    (page,) = marks(path)
    artifacts = "".join(mark.text for mark in page if mark.tag == "/Artifact")
    assert artifacts == "飾りの文字"
    assert [figure.alt for figure in tree.every("Figure")] == ["四角い絵"]
