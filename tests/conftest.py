"""Shared by the tests of real output: the leaflet built once, workspaces that may be broken, and a reader of PDF
content.

The reader follows the content streams operator by operator (ISO 32000-1, 8 and 9), so that a test does not rely on what
the maker of the PDF says about it.
"""

from __future__ import annotations

import fcntl
import gc
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pikepdf
import pytest
import yaml
from hypothesis import settings
from tests.chromium import browser, playwright
from tests.kinds import brochure as small
from tests.kinds import quiz
from tests.standby import SECONDS, Standby

from koho_pdf.composition.engine import pages
from koho_pdf.editions.every import RELEASED
from koho_pdf.errors import KohoError, PreflightError
from koho_pdf.findings import Finding
from koho_pdf.pipeline import Build, build
from koho_pdf.preflight.pdf.facts import Facts
from koho_pdf.preflight.pdf.reading import _REFUSALS, read_here
from koho_pdf.workspace.workspace import open_workspace

__all__ = ["browser", "playwright"]  # fixtures; one browser for all that runs in a process

REPOSITORY = Path(__file__).parents[1]
LEAFLET = "2013-policy-leaflet"
SHARED = ("fonts", "press")  # never edited where they stand: linked, not copied
LONGEST = (
    "many/test_cluster.py",
    "monthly/test_monthly.py",
    "web/test_archive_site.py",
    "layout/test_sample.py",
    "leaflet/test_shapes.py",
    "many/test_rebuild_all.py",
    "preflight/test_hostile.py",
    "proofs/test_alone.py",
    "web/test_page.py",
    "composition/test_points.py",
    "brochures/test_programme.py",
    "many/test_build_all.py",
    "plan/test_flow_fit.py",
)
"""Files that take longest. They are begun first, so that at the end no core waits for another."""

MUCH = 300_000
"""Objects: as many as three or four leaflets make."""

# On a busy machine, the time that an example takes means nothing. Every run tries others.
settings.register_profile("busy", deadline=None, max_examples=50)
settings.load_profile("busy")

gc.disable()  # between builds instead (``free``): every look at all that modules hold takes a second

Matrix = tuple[float, float, float, float, float, float]
Koho = Callable[..., "subprocess.CompletedProcess[str]"]
Told = Callable[..., tuple[Finding, ...]]
Edit = Callable[[Path, str, str], None]
Once = Callable[[str, Callable[[Path], object]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each file is run by one worker (``--dist loadfile``), in this order: what it makes for its tests is made once."""
    place = {REPOSITORY / "tests" / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(LONGEST)))


_collected = 0


def pytest_runtest_logfinish() -> None:
    free()


def free(much: int = MUCH) -> None:
    """Free what was left in cycles, as pages are, if it is much: among what is new, and now and then among all."""
    global _collected
    gc.disable()  # some tests enable it
    if gc.get_count()[0] > much:
        _collected += 1
        gc.collect(2 if _collected % 10 == 0 else 0)


@pytest.fixture(scope="session", autouse=True)
def freed_before_pages() -> Iterator[None]:
    """Within a test too, if it makes very many pages."""

    def begin(self: pages._Uncollected) -> None:
        free(4 * MUCH)
        self._was_on = False  # collecting is ours

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages._Uncollected, "__enter__", begin)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home with an empty cache, for this process and for every command it starts."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield folder


@pytest.fixture(scope="session")
def koho(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Koho]:
    """Runs the command line in a process of its own: ``koho("check", "x", folder=…)``.

    It forks from one that has imported the rooms already (``standby``), with a ``cache`` of its own if one is given.
    With ``environment={…}``, or anything else that ``subprocess.run`` takes, the program starts as it does for a user.
    """
    source = os.pathsep.join(filter(None, [str(REPOSITORY / "src"), os.environ.get("PYTHONPATH")]))
    standing = {**os.environ, "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}
    standby = Standby(quiz.make(tmp_path_factory.mktemp("first")))

    def run(
        *arguments: str,
        folder: Path | None = None,
        cache: Path | None = None,
        environment: Mapping[str, str] | None = None,
        **more: Any,
    ) -> subprocess.CompletedProcess[str]:
        if environment is None and not more:
            own = {"XDG_CACHE_HOME": str(cache)} if cache else {}
            return standby.run(arguments, folder or home, standing | own)
        return subprocess.run(
            [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", *arguments],
            cwd=folder or home,
            env={**standing, **(environment or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
            **more,
        )

    yield run
    standby.end()


def copy_workspace(folder: Path) -> Path:
    """A copy of the repository's workspace in ``folder`` that may be edited."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / "koho.yaml", folder)
    write_files(_to_edit(), folder)
    for name in SHARED:
        (folder / name).symlink_to(REPOSITORY / name)
    return folder


@cache
def _to_edit() -> dict[str, bytes]:
    """The files of the repository's workspace that tests edit; some thousand tests write them out."""
    found = [path for name in ("content", "layouts") for path in (REPOSITORY / name).rglob("*") if path.is_file()]
    return {path.relative_to(REPOSITORY).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="session")
def throwaway(home: Path) -> Callable[[Path], Path]:
    """``throwaway(folder)``: a copy of the repository's workspace in a folder of one's own."""
    return copy_workspace


@pytest.fixture
def workspace(home: Path, tmp_path: Path) -> Path:
    """A throwaway copy of the repository's workspace."""
    return copy_workspace(tmp_path / "city")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """``once(name, make)``: a folder that ``make(folder)`` makes, once in a run, whichever worker needs it first; the
    others wait for it. Nobody changes what is in it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once"

    def folder_of(name: str, make: Callable[[Path], object]) -> Path:
        shared.mkdir(exist_ok=True)
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            folder, done = shared / name, shared / f"{name}.done"
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # of a worker that failed
                make(folder)
                done.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def leaflet(koho: Koho, once: Once) -> Path:
    """The leaflet's output folder, made once by the command line."""

    def make(folder: Path) -> None:
        done = koho("-C", str(copy_workspace(folder)), "build", LEAFLET, "--papers", environment={})
        assert (done.returncode, done.stderr) == (0, "")

    return once("leaflet", make) / "out" / LEAFLET


@pytest.fixture(scope="session")
def brochure(home: Path, once: Once) -> Path:
    """The small brochure (``tests.kinds.brochure``): the folder of its issue, in a workspace of its own that nobody
    changes."""
    return once("brochure", small.make) / "content" / small.NAME


@pytest.fixture(scope="session")
def brochure_made(brochure: Path, once: Once) -> Path:
    """The small brochure's output folder with every edition, made once."""

    def make(folder: Path) -> None:
        done = prove(brochure.parents[1], small.NAME, RELEASED, pictures=True)
        assert done.findings == ()
        write_files(done.files, folder)

    return once("brochure_made", make)


@pytest.fixture(scope="session")
def small_kept(koho: Koho, once: Once) -> Path:
    """The folder ``archive`` with the smallest issue there is (``tests.kinds.quiz``), released for another print shop
    than the city's; nothing else is beside it."""

    def make(folder: Path) -> None:
        (root := folder / "city").mkdir(parents=True)
        quiz.make(root)
        for command in (("release", quiz.NAME, "--press", "newsprint"), ("archive", "add", quiz.NAME)):
            done = koho(*command, folder=root)
            assert (done.returncode, "[間違い]" in done.stderr) == (0, False), done.stderr
        shutil.move(root / "archive", folder / "archive")
        shutil.rmtree(root)

    return once("small_kept", make) / "archive"


@pytest.fixture(scope="session")
def manuscript() -> dict[str, Any]:
    """The leaflet's manuscript with every scalar as typed."""
    text = (REPOSITORY / "content" / LEAFLET / "issue.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))


def read_at_once(pdf: bytes, **_: bool) -> Facts:
    """The facts of a PDF as ``reading.read_facts`` gives them, read in this process: starting one takes it longer than
    reading a small file."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = read_here(Path(file.name))
    if isinstance(found, str):
        raise PreflightError(_REFUSALS[found]())
    return found


@pytest.fixture(scope="session", autouse=True)
def facts_read_here() -> Iterator[None]:
    """Builds of this process read the facts of their PDFs in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("koho_pdf.editions.papers.read_facts", read_at_once)
        yield


def prove(root: Path, issue: str, editions: Sequence[str] = ("screen",), *, pictures: bool = False) -> Build:
    """A build of an issue of the workspace ``root``; raises what the pipeline raises. Few tests look at the pictures
    of its pages, and drawing them takes a fifth of its time."""
    opened = open_workspace(root)
    with pytest.MonkeyPatch.context() as patch:
        if not pictures:
            patch.setattr("koho_pdf.editions.every.page_pictures", lambda pdf: ())
        return build(opened.content / issue, opened, editions)


@pytest.fixture
def told(home: Path) -> Told:
    """The findings about an issue, whether they stop the press or not: ``told(root, issue, editions)``."""

    def tell(root: Path, issue: str, editions: Sequence[str] = ("screen",)) -> tuple[Finding, ...]:
        try:
            return prove(root, issue, editions).findings
        except KohoError as fault:
            assert all(found.message and found.hint for found in fault.findings)
            return fault.findings

    return tell


@pytest.fixture(scope="session")
def proved(home: Path) -> Callable[..., Build]:
    """A build of an issue: ``proved(root, issue, editions)``, with ``pictures=True`` with those of its pages."""
    return prove


def sums(folder: Path, *but: str) -> dict[str, str]:
    """Every file below a folder with the SHA-256 of its content, except those with these names."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in but)
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def write_files(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the files of a build below a folder; the folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def in_terminal(*arguments: str, folder: Path, stdout: int | None = None) -> tuple[int, str]:
    """Runs ``koho`` with a terminal for its messages (and its output, unless ``stdout`` is given); its exit code, and
    what the terminal shows."""
    leader, follower = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
        stdin=subprocess.DEVNULL,
        stdout=follower if stdout is None else stdout,
        stderr=follower,
    )
    os.close(follower)
    seen = b""
    try:
        while part := os.read(leader, 4096):
            seen += part
    except OSError:  # how Linux says that the other end is closed
        pass
    finally:
        os.close(leader)
    return running.wait(60), seen.decode()


def swap(path: Path, old: str, new: str) -> None:
    """Replace ``old``, which must be there, in a text file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="session")
def edit() -> Callable[[Path, str, str], None]:
    """``edit(path, old, new)`` changes a text file where it says ``old``."""
    return swap


_UNSHOWN = ("year", "title", "lead", "slogan", "theme", "promises", "chapters", "ask")
_TINY = {
    "layout.yaml": """\
kind: brochure
title: 小さな見本
trim: 148 x 105
bleed: 3
pages: 1
colours: {ink: 0/0/0/100}
slots: {words: {size: 20, line_feed: 32, chars_per_line: 10, lines: 3}}
omits:
"""
    + "".join(
        f"  {edition}:\n" + "".join(f"    {name}: 小さな見本なので\n" for name in (*_UNSHOWN, *more))
        for edition, more in (("print", ()), ("screen", ()), ("web", ("closing",)))
    ),
    "layout.html": """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title><style>{{ stylesheet }}</style></head>
<body><p class="words" data-slot="words" data-field="closing.0">{{ issue.closing[0]|inline }}</p></body></html>
""",
    "layout.css": 'html { font-family: "BIZ UDGothic" }\n.words { position: absolute; left: 20mm; top: 20mm }\n',
    "web.html": "<!doctype html><html><head><style>{{ stylesheet }}</style></head><body></body></html>",
    "web.css": 'html { font-family: "BIZ UDGothic" }\n',
}


def with_tiny(root: Path) -> Path:
    """A workspace in ``root`` with a layout ``tiny`` of the small brochure, that prints a field in a slot (10
    characters x 3 lines), and an issue of it beside that of the brochure."""
    small.make(root)
    layout, issue = root / "layouts" / "tiny", root / "content" / "tiny"
    for folder in (layout, issue):
        folder.mkdir()
    for name, text in _TINY.items():
        (layout / name).write_text(text, encoding="utf-8")
    before, closing, after = small.MANUSCRIPT.partition("closing:\n")
    words = before.replace("layout: brochure", "layout: tiny") + closing + "  - 短い文です。\n"
    (issue / "issue.yaml").write_text(words + after[after.index("ask:") :], encoding="utf-8")
    return root


@pytest.fixture
def tiny(home: Path, tmp_path: Path) -> Path:
    """A throwaway workspace with the layout ``tiny`` and an issue for it."""
    return with_tiny(tmp_path / "city")


@pytest.fixture
def layout(tiny: Path) -> Path:
    """The folder of the layout ``tiny``."""
    return tiny / "layouts" / "tiny"


@dataclass(frozen=True)
class Mark:
    """One painting of a page: its operator, the text it shows, its fill, and the marked content it stands in.

    ``place`` maps glyph space to points from the page's lower left; ``tag`` is the innermost mark (None: unmarked).
    """

    operator: str
    text: str
    tag: str | None
    mcid: int | None
    fill: tuple[str, ...]
    font: str
    size: float
    place: Matrix


BLANK = "\u2060"  # this marks a blank that fills a gap between two texts
PAINTING = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "TJ", "Tj"])


def product(one: Sequence[float], other: Sequence[float]) -> Matrix:
    """``one`` then ``other``, as ``cm`` and ``Tm`` combine (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def read_marks(page: pikepdf.Page) -> list[Mark]:
    """Every painting of a page in content order."""
    fonts = {name: (str(font.BaseFont), _unicode_of(font)) for name, font in page.Resources.get("/Font", {}).items()}
    marks: list[Mark] = []
    kept: list[tuple[Matrix, tuple[str, ...]]] = []
    open_tags: list[tuple[str, int | None]] = []
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    line: Matrix = matrix
    fill: tuple[str, ...] = ("g", "0")
    font, size = "", 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = str(instruction.operator)
        if operator == "q":
            kept.append((matrix, fill))
        elif operator == "Q":
            matrix, fill = kept.pop()
        elif operator == "cm":
            matrix = product([float(value) for value in operands], matrix)
        elif operator in ("rg", "g", "k", "scn", "sc"):
            fill = (
                operator,
                *(f"{float(value):g}" if not isinstance(value, pikepdf.Name) else str(value) for value in operands),
            )
        elif operator in ("BMC", "BDC"):
            mcid = operands[1].get("/MCID") if operator == "BDC" else None
            open_tags.append((str(operands[0]), None if mcid is None else int(mcid)))
        elif operator == "EMC":
            open_tags.pop()
        elif operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == "Tm":
            values = [float(value) for value in operands]
            line = (values[0], values[1], values[2], values[3], values[4], values[5])
        if operator in PAINTING:
            # ActualText may stand inside; the mark of the painting stands around it (ISO 32000-1, 14.9.4).
            marked = [open_tag for open_tag in open_tags if open_tag[1] is not None or open_tag[0] == "/Artifact"]
            innermost = marked or open_tags
            tag, mcid = innermost[-1] if innermost else (None, None)
            text, name = "", ""
            if operator in ("TJ", "Tj"):
                name, decode = fonts[font]
                strings = operands[0] if operator == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
                text = "".join(decode[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))
                text = text.replace(BLANK, "")
            marks.append(Mark(operator, text, tag, mcid, fill, name, size, product(line, matrix)))
    assert not kept
    assert not open_tags
    return marks


def _unicode_of(font: pikepdf.Object) -> dict[int, str]:
    """A font's ToUnicode map (ISO 32000-1, 9.10.3): code -> text."""
    source = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.S):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


@pytest.fixture(scope="session")
def marks() -> Callable[[Path], list[list[Mark]]]:
    """``marks(path)``: every painting of a PDF, page by page, in content order."""

    @cache
    def read(path: Path) -> list[list[Mark]]:
        with pikepdf.open(path) as pdf:
            return [read_marks(page) for page in pdf.pages]

    return read


@dataclass(frozen=True)
class Element:
    """An element of a structure tree: its type, its page (from 0), its alternative text, what it holds, its
    annotations (by object number)."""

    kind: str
    page: int
    alt: str | None
    children: tuple[Element | str, ...]
    objects: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def every(self, *kinds: str) -> list[Element]:
        """All elements of these types, in reading order."""
        return [element for element in self.walk() if element.kind in kinds]


def read_structure(pdf: pikepdf.Pdf) -> Element:
    """The structure tree with the text of its marked content (ISO 32000-1, 14.7)."""
    number_of = {page.objgen: number for number, page in enumerate(pdf.pages)}
    words: list[dict[int, str]] = []
    for page in pdf.pages:
        words.append({})
        for mark in read_marks(page):
            if mark.mcid is not None:
                words[-1][mark.mcid] = words[-1].get(mark.mcid, "") + mark.text

    def read(node: Any) -> Element:
        page = number_of[node.Pg.objgen] if "/Pg" in node else 0
        members = node.get("/K", [])
        children: list[Element | str] = []
        objects: list[tuple[int, int]] = []
        for member in members if isinstance(members, pikepdf.Array) else [members]:
            if isinstance(member, int):
                children.append(words[page].pop(member, ""))
            elif member.get("/Type") == "/MCR":
                shown_on: Any = member.Pg.objgen
                children.append(words[number_of[shown_on]].pop(int(member.MCID), ""))
            elif member.get("/Type") == "/OBJR":
                objects.append(member.Obj.objgen)
            else:
                children.append(read(member))
        alt = str(node.Alt) if "/Alt" in node else None
        return Element(str(node.S).lstrip("/"), page, alt, tuple(children), tuple(objects))

    (root,) = pdf.Root.StructTreeRoot.K
    tree = read(root)
    assert [said for said in words if said] == [], "marked content that no element holds, or that two hold"
    return tree


@pytest.fixture(scope="session")
def structure() -> Callable[[Path], Element]:
    """``structure(path)``: what a tagged PDF says, in the order in which it is read aloud."""

    @cache
    def read(path: Path) -> Element:
        with pikepdf.open(path) as pdf:
            return read_structure(pdf)

    return read
