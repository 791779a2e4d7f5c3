"""An issue of more than twelve pages: memory is given back on the way, and every file is the same as without."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from tests.plan.paper import make, notice

from koho_pdf.composition.engine import joined
from koho_pdf.editions import every, freed
from koho_pdf.editions.inspecting import inspected_once
from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

NUMBERS = range(2, 17)
OWN = "media: [print]\n"  # the public pages are then other pages, and are composed anew
ARTICLES = {f"n{number}": notice(number, 40) + OWN * (number == 5) for number in NUMBERS}
PAGES = ("cover", *(f"{{page: notices, main: [n{number}]}}" for number in NUMBERS))


def boxes() -> int:
    """How many boxes of the engine there are."""
    from weasyprint.formatting_structure.boxes import Box

    return sum(isinstance(each, Box) for each in gc.get_objects())


@pytest.fixture(scope="module")
def both(home: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Build, list[str], int]]]:
    """The issue as it is made, and as if these were few pages: with the stages in their order, and the boxes that
    there are more when the print file is inspected."""
    folder, made = make(tmp_path_factory.mktemp("many"), ARTICLES, PAGES), []
    workspace = open_workspace(folder.parents[1])
    with pytest.MonkeyPatch.context() as patch:
        for many in (freed.MANY, len(PAGES)):
            stages, before = list[str](), boxes()
            counts = list[int]()

            def counted(
                *given: Any, stages: list[str] = stages, counts: list[int] = counts, before: int = before
            ) -> object:
                stages.append("inspected")
                counts.append(boxes() - before)
                return inspected_once(*given)

            patch.setattr(every, "inspected_once", counted)
            for module in (freed, every):
                patch.setattr(module, "MANY", many)
            made.append((build(folder, workspace, progress=stages.append), stages, counts[0]))
    yield made


def test_the_files_are_those_of_few_pages(both: list[tuple[Build, list[str], int]]) -> None:
    (many, *_), (few, *_) = both
    assert len(few.layout.page_types) and few.findings == many.findings
    assert sorted(many.files) == sorted(few.files)
    assert [name for name in few.files if few.files[name] != many.files[name]] == []
    assert any(each.page == len(PAGES) for each in many.placed["print"])
    assert many.public_issue != many.issue


def test_no_box_of_a_page_is_left_when_the_print_file_is_inspected(both: list[tuple[Build, list[str], int]]) -> None:
    (_, stages, left), (_, usual, _) = both
    assert left <= 0
    assert stages[-2:] == ["入稿データを確かめる", "inspected"]
    assert usual[-1] == "入稿データを確かめる"  # of few pages it runs beside the other editions


def test_pages_are_drawn_while_the_other_names_of_them_are_gone() -> None:
    """A document that was let go has no way to its pages."""
    made: Any = SimpleNamespace(told=lambda: "told")
    composed: Any = {"print": made, "screen": made}
    freed.let_go(composed, freed.MANY)
    assert composed == {"print": made, "screen": made}
    freed.let_go(composed, freed.MANY + 1)
    assert composed == {"print": "told", "screen": "told"}


@pytest.mark.parametrize("written", [[], [b"q"], [b"q", b"Q"], [b"q", "/P <</MCID 0>> BDC", b"BT", b"ET", b"q"]])
def test_what_a_page_wrote_is_one_text(written: list[bytes | str]) -> None:
    def text(of: list[Any]) -> bytes:
        return b"\n".join(each if isinstance(each, bytes) else each.encode() for each in of)

    stream = SimpleNamespace(stream=[])
    joined.at_once(lambda page, to, scale: to.stream.extend(written))(None, stream)
    assert text(stream.stream) == text(written)
    assert stream.stream[-1:] == written[-1:]
    assert len(stream.stream) <= 2
