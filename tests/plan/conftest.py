"""Nobody looks at the pictures of planned pages here: drawing them takes a fifth of a build's time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def unpictured() -> Iterator[None]:
    """A file that looks at pictures has a fixture of this name that does nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("koho_pdf.editions.every.page_pictures", lambda pdf: ())
        yield
