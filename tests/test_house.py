"""The house keeps its own promises (docs/architecture.md): documents about the code are compared with the code."""

from __future__ import annotations

import ast
import hashlib
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from fontTools.ttLib import TTFont
from tests.conftest import LONGEST

from koho_pdf.cli.main import parser

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "koho_pdf"
MODULES = sorted(SRC.rglob("*.py"))
ROOMS = sorted({module.parent for module in MODULES})
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SRC.rglob("*.md"), ROOT / "judges" / "README.md"])
NOT_OURS = {"composition-compare.md", "CONTRIBUTING.md"}  # made by a program; quotes what not to write
OUR_FILES = {
    path.relative_to(ROOT).as_posix()
    for folder in ("src", "tests", "bench", "judges")
    for kind in ("py", "mjs")
    for path in (ROOT / folder).rglob(f"*.{kind}")
}
LAYOUTS = sorted(path for path in (ROOT / "layouts").iterdir() if path.is_dir() and not path.name.startswith("_"))
FACES = yaml.safe_load((ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8"))["fonts"]
COMMANDS = {
    name: command
    for first, usage in parser().commands.items()
    for name, command in {first: usage, **{f"{first} {each}": below for each, below in usage.commands.items()}}.items()
}

MOST_LINES = 300
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "handler", "data", "info", "misc", "common"}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|work|Users|opt|tmp)/\w|[A-Za-z]:\\+Users")
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_module_says_what_it_is_for() -> None:
    said = {name_of(each): ast.get_docstring(ast.parse(each.read_text(encoding="utf-8"))) or "" for each in MODULES}
    assert [name for name, docstring in said.items() if len(docstring) < 20] == []


def test_no_module_is_too_long_to_read() -> None:
    long = [name_of(each) for each in MODULES if len(each.read_text(encoding="utf-8").splitlines()) > MOST_LINES]
    assert long == []


def test_modules_are_named_after_what_they_hold() -> None:
    vague = [name_of(each) for each in MODULES if set(each.relative_to(SRC).with_suffix("").parts) & VAGUE_NAMES]
    assert vague == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_japanese_with_an_example(command: str) -> None:
    text = COMMANDS[command].format_help()
    assert JAPANESE.search(text)
    assert f"koho {command}" in text


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str, readme: str) -> None:
    assert f"koho {command}" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_every_layout_has_its_contract_and_its_sample(layout: Path) -> None:
    assert (layout / "layout.yaml").is_file()
    assert (layout / "sample" / "issue.yaml").is_file()


@pytest.mark.parametrize("face", FACES, ids=lambda face: face["file"])
def test_fonts_are_what_the_list_says(face: dict[str, str | int]) -> None:
    path = ROOT / "fonts" / str(face["file"])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == face["sha256"]
    with TTFont(path, lazy=True) as font:
        assert font["name"].getDebugName(1) == face["family"]
        assert font["OS/2"].usWeightClass == face["weight"]
        assert font["OS/2"].fsType == 0, "its licence bits forbid or limit embedding"
        owner = font["name"].getDebugName(0)
    licence = (ROOT / "fonts" / str(face["licence"])).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert owner in licence


def test_every_font_file_is_in_the_list() -> None:
    listed = {face["file"] for face in FACES}
    assert {path.name for path in (ROOT / "fonts").glob("*.[to]t[fc]")} == listed


def test_no_path_of_one_machine_is_written_down() -> None:
    folders = ["src", "layouts", "content", "press", "docs", "fonts", "schemas"]
    suffixes = {".py", ".yaml", ".json", ".html", ".css", ".svg", ".md", ".txt"}
    texts = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    found = [
        f"{name_of(path)}:{number}"
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_decisions_are_numbered_without_a_gap() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]


def test_no_module_name_stands_twice() -> None:
    names = [module.name for module in MODULES if module.name != "__init__.py"]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_every_room_has_a_short_readme_that_names_its_modules(room: Path) -> None:
    text = (room / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+\.py)`", text)) - {"__init__.py"}
    there = {module.name for module in room.glob("*.py")} - {"__init__.py"}
    assert sorted(there - named) == [], "modules that the README does not name"
    assert sorted(named - there) == [], "names of modules that are not in this room"
    inner = {f"{each.parent.name}/README.md" for each in room.glob("*/__init__.py")}
    if room != SRC:  # whose rooms docs/architecture.md lists
        assert inner == set(re.findall(r"\]\((\w+/README\.md)\)", text))
    lines = text.splitlines()
    assert len(lines) <= 30
    assert [line for line in lines if len(re.sub(r"\]\([^)]*\)", "]", line)) > 120] == []


def test_tests_stand_in_the_folder_of_their_room() -> None:
    rooms = {room.name for room in ROOMS if room.parent == SRC}
    across = {
        "brochures",
        "monthly",
        "insert",
        "leaflet",
        "specimen",
        "web",
        "print_only",
        "bench",
        "judges",
    }  # tests that go through many rooms, or of folders beside them
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/*.py")}
    assert sorted(folders - rooms - across) == []


def test_architecture_leads_to_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name_of(room) for room in ROOMS if room.parent == SRC and f"{name_of(room)}/README.md" not in text] == []


def test_the_readme_of_a_room_names_the_library_whose_door_it_is() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    doors = [
        (library, importer.removeprefix("koho_pdf.").replace(".", "/"))
        for contract in contracts
        for library in contract.get("protected_modules", ())
        for importer in contract["allowed_importers"]
        if not library.startswith("koho_pdf")
    ]
    assert len(doors) > 8
    for library, importer in doors:
        room = SRC / importer if (SRC / importer).is_dir() else (SRC / importer).parent
        assert library in (room / "README.md").read_text(encoding="utf-8").lower(), f"{name_of(room)}: {library}"


def test_links_of_the_documents_lead_somewhere() -> None:
    assert {name_of(page): lost for page in PAGES if (lost := _lost_links(page))} == {}


def _lost_links(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lost = []
    for target in re.findall(r"\]\(<?([^)\s>]+)>?\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / unquote(path)).resolve() if path else page
        if not place.exists() or (anchor and place.suffix == ".md" and unquote(anchor) not in anchors(place)):
            lost.append(target)
    return lost


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in plain}


def test_modules_that_the_documents_name_are_there() -> None:
    """``composition/engine/pages.py``, ``pages.py``: from the top, from the room of the page, or from any room."""
    lost = []
    for page in PAGES:
        named = set(re.findall(r"`([\w./-]+\.(?:py|mjs))`", page.read_text(encoding="utf-8")))
        lost += [
            (name_of(page), each) for each in named if not any(f"/{there}".endswith(f"/{each}") for there in OUR_FILES)
        ]
    assert sorted(lost) == []


ODD_WORDS = re.compile(
    r"\b(?:nought|save for|lest|thereof|whereof|wherein|whereby|hitherto|betwixt|amid|what is no)\b",
    flags=re.IGNORECASE,
)


def test_words_are_those_that_one_learns_at_school() -> None:
    """A few habits that we had (house rule 12); only a reader can see the rest."""
    found = [
        f"{name_of(path)}:{number}"
        for path in (*MODULES, *(page for page in PAGES if page.name not in NOT_OURS))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ODD_WORDS.search(line)
    ]
    assert found == []


# The last choice of such a group must be the one that never fits (``_NONE`` in preflight/pdf/plain.py).
MISREAD = re.compile(r"(?<!%\(none\)b)(?<!\()\)(?:[*+?]|\{\d+(?:,\d*)?\})\+|\(\?>|\}[*+?]\+(?!\d)")


def test_no_pattern_is_misread_by_an_older_python() -> None:
    """Python before 3.11.5 misreads a possessive group or an atomic one (python/cpython#106052); the tests may run on a
    newer one."""
    found = [
        f"{name_of(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MISREAD.search(line)
    ]
    assert found == []


def test_the_files_that_are_begun_first_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []


# Where else than in tests/leaflet a test may lean on the leaflet, and why.
LEANS_ON_THE_LEAFLET = {
    "tests/conftest.py": "makes it once for all who are named here",
    "tests/archive/test_formats.py": "the bag of format 0, which is kept for good",
    "tests/judges/test_copying.py": "what docs/copying.md counts in it",
    "tests/judges/test_spoken.py": "how its texts in docs/spoken are called",
    "tests/web/conftest.py": "opens its web page in a browser",
    "tests/web/test_bare.py": "that page without a Japanese face",
    "tests/web/test_comparison.py": "the page that compares it with the year before",
    "tests/web/test_page.py": "that page in all widths",
    "tests/web/test_report.py": "a report of real pages in a browser",
    "tests/test_house.py": "this list",
}
LEANING = re.compile(r"2013-policy-leaflet|\bleaflet_|\bLEAFLET\b|\bleaflet: Path")


def test_only_tests_of_the_leaflet_lean_on_it() -> None:
    """All others make small kinds and layouts of their own (CONTRIBUTING.md)."""
    others = [path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "leaflet"]
    found = {name_of(path) for path in others if LEANING.search(path.read_text(encoding="utf-8"))}
    assert found == LEANS_ON_THE_LEAFLET.keys()
