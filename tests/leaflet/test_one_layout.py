"""The leaflet's print and screen editions have one layout: nothing in its templates keeps them apart."""

from __future__ import annotations

import pytest
from tests.conftest import LEAFLET, REPOSITORY

from koho_pdf.composition.engine.recoloured import exchanged
from koho_pdf.content.article_files import read_issue
from koho_pdf.content.public import public
from koho_pdf.editions.checked_issue import checked_whole
from koho_pdf.layout.galley import print_galley, screen_galley
from koho_pdf.workspace.workspace import open_workspace


@pytest.mark.parametrize("name", [LEAFLET, "2012-policy-leaflet", "2027-policy-three", "2027-policy-five"])
def test_the_screen_is_drawn_from_the_pages_of_print(name: str) -> None:
    workspace = open_workspace(REPOSITORY)
    folder = workspace.content / name
    checked, layout, _ = checked_whole(read_issue(folder, workspace.root), folder, workspace)
    city, root = workspace.city, workspace.root
    printed = print_galley(checked.issue, layout, city, city.press, folder, root)
    assert exchanged(printed, screen_galley(public(checked.issue), layout, city, folder, root)) is not None
