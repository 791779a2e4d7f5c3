"""A layout's templates: what is broken is told with its place, and nothing leads out of the sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from koho_pdf.errors import LayoutError
from koho_pdf.layout.templates import render

if TYPE_CHECKING:
    from tests.conftest import Edit, Told


@pytest.mark.parametrize(
    "template",
    [
        "{{ isue.title }}",
        "{{ issue.titel }}",
        "{{ issue.closing[7] }}",
        "{{ issue.title",
        "{% if %}",
        "{% for a in issue.closing %}",
        "{% endfor %}",
        "{{ issue|nothing }}",
        "{{ 1 // 0 }}",
        "{{ 1 + 'a' }}",
        '{% include "missing.html" %}',
        '{% include "../../koho.yaml" %}',
        '{% include "/etc/passwd" %}',
        '{% include "link.html" %}',
        "{{ issue.__class__ }}",
        "{{ issue.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''.__class__ }}",
        "{{ lines.__globals__ }}",
        "{{ picture.__globals__ }}",
        "{{ picture.__closure__ }}",
        "{{ issue.model_construct.__func__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ layout.slots.clear() }}",
        "{{ ('{0.__class__}').format(issue) }}",
        "{{ range(10 ** 9)|list }}",
        "{{ layout.folder.joinpath('/etc/passwd').read_text() }}",
        "{{ layout.folder.joinpath('written.txt').write_text('x') }}",
        "{{ city.press.condition.profile.read_bytes() }}",
        "{{ city.press.condition.profile.unlink() }}",
        "{{ issue.parse_file('a.pickle', content_type='pickle', allow_pickle=True) }}",
        "{{ issue.model_construct() }}",
        "{{ issue.principles.copy() }}",
    ],
)
def test_a_template_that_does_not_work_or_reaches_out(
    tiny: Path, layout: Path, edit: Edit, told: Told, template: str
) -> None:
    (layout / "link.html").symlink_to(tiny / "koho.yaml")
    edit(layout / "layout.html", "<body>", f"<body>\n{template}\n")
    (found,) = told(tiny, "tiny")
    assert found.code == "template-broken"
    assert found.where.file == "layouts/tiny/layout.html"
    assert found.where.line is not None
    assert found.where.line >= 3


def test_a_mistake_in_an_included_file_is_told_there(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    (layout / "part.html").write_text("<p>\n\n{{ nothing }}\n</p>\n", encoding="utf-8")
    edit(layout / "layout.html", "<body>", '<body>{% include "part.html" %}')
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.file, found.where.line) == ("template-broken", "layouts/tiny/part.html", 3)


def test_the_same_mistake_in_two_workspaces_is_told_in_each(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "layouts").mkdir(parents=True)
        (tmp_path / name / "layouts" / "part.html").write_text("<p>\n{{ nothing }}</p>", encoding="utf-8")
    for root in (tmp_path / "a", tmp_path / "b"):
        with pytest.raises(LayoutError) as refused:
            render([root / "layouts"], "part.html", root, {})
        (found,) = refused.value.findings
        assert (found.where.file, found.where.line) == ("layouts/part.html", 2)


def test_a_mistake_in_the_web_template_is_told_too(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    edit(layout / "web.html", "<body>", "<body>{{ nothing }}")
    (found,) = told(tiny, "tiny", ("web",))
    assert (found.code, found.where.file) == ("template-broken", "layouts/tiny/web.html")


@pytest.mark.parametrize("name", ["layout.css", "web.css"])
def test_a_stylesheet_that_leads_out_of_its_folder(tiny: Path, layout: Path, told: Told, name: str) -> None:
    (layout / name).unlink()
    (layout / name).symlink_to(tiny / "koho.yaml")
    (found,) = told(tiny, "tiny", ("screen", "web"))
    assert (found.code, found.where.file) == ("layout-broken", f"layouts/tiny/{name}")


@pytest.mark.parametrize("name", ["layout.html", "layout.css", "web.html", "web.css"])
def test_a_file_of_the_layout_that_is_missing(tiny: Path, layout: Path, told: Told, name: str) -> None:
    (layout / name).unlink()
    found = told(tiny, "tiny", ("screen", "web"))
    assert len(found) == 1
    assert name in found[0].message or name in str(found[0].where.file)


def test_a_file_of_the_layout_that_is_not_utf_8(tiny: Path, layout: Path, told: Told) -> None:
    (layout / "layout.css").write_bytes("/* 色 */".encode("cp932"))
    (found,) = told(tiny, "tiny")
    assert "layout.css" in str(found.where.file)


def test_the_end_of_a_style_element_in_css_ends_nothing(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    edit(layout / "layout.css", "html {", '.words::after { content: "</style>" }\nhtml {')
    assert {found.code for found in told(tiny, "tiny")} <= {"loose-line"}
