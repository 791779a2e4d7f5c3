"""Jinja2's only door: a layout's templates, in a sandbox, escaped automatically, and limited to their folders."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.layout.filters import FILTERS


class _Folders(BaseLoader):
    """Templates of the layout's own folder, then of the shared one; a link that leads out is not followed."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [folder.resolve() for folder in folders]

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        for folder in self._folders:
            path = (folder / template).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return path.read_text(encoding="utf-8"), str(path), _unchanged(path)
        raise TemplateNotFound(template)

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002 - Jinja2 calls it so
        """Load a template as Jinja2's loaders do, but do not compile the same text again for another folder. The
        outermost code has the file's name, which errors show.
        """
        source, path, unchanged = self.get_source(environment, name)
        if (name, source) not in _COMPILED:
            _COMPILED[name, source] = environment.compile(source, name, path)
        code = _COMPILED[name, source].replace(co_filename=path)
        return environment.template_class.from_code(environment, code, globals or {}, unchanged)


_COMPILED: dict[tuple[str, str], CodeType] = {}
"""Compiled texts. Every environment is set up in the same way (``environment_of``): the same text, the same code."""


def _unchanged(path: Path) -> Callable[[], bool]:
    written = path.stat().st_mtime_ns
    return lambda: path.stat().st_mtime_ns == written


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which only allows the methods of text, lists and our own values. Other values have methods that
    reach files (``Path.read_text``, pydantic's ``parse_file``).
    """

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        if callable(value):
            room = (getattr(value, "__module__", None) or "builtins").split(".")[0]
            if room not in ("builtins", "jinja2", "markupsafe", "koho_pdf"):
                return False
        key = type(obj), attr  # all that Jinja2's own rule asks: templates read some 10,000 attributes for a page
        safe = _SAFE.get(key)
        if safe is None:
            safe = _SAFE[key] = super().is_safe_attribute(obj, attr, value)
        return safe


_SAFE: dict[tuple[type, str], bool] = {}


def render(folders: Sequence[Path], name: str, root: Path, context: Mapping[str, object]) -> Markup:
    """One template of a layout with its context, as HTML (or SVG) text.

    ``folders`` are searched in order; ``root`` is the workspace that findings name files from.
    Raises LayoutError (``template-broken``) for a template that does not work, with its file and line.
    """
    try:
        return Markup(environment_of(tuple(folders)).get_template(name).render(context))
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as fault:
        raise LayoutError(_told(fault, folders[0] / name, root)) from fault


def forget() -> None:
    """Read every template again: somebody may have changed it. Of compiled texts the last thousand or so stay."""
    environment_of.cache_clear()
    _SAFE.clear()  # models are classes of their own in each round
    if len(_COMPILED) > 1000:
        _COMPILED.clear()


@cache
def environment_of(folders: tuple[Path, ...]) -> Environment:
    """One environment for each layout, so that editions share the compiled templates."""
    # Not optimized: to calculate what is constant takes longer than it saves in a template that is used once.
    options = {"autoescape": True, "optimized": False, "trim_blocks": True, "lstrip_blocks": True}
    environment = _Sandbox(loader=_Folders(folders), undefined=_Missing, **options)
    environment.filters |= {name: _asked(each) for name, each in FILTERS.items()}
    return environment


class _Missing(StrictUndefined):
    """A name that nothing has: told in plain words, with the nearest that there is."""

    @property
    def _undefined_message(self) -> str:
        name, holder = str(self._undefined_name), self._undefined_obj
        near = () if holder is missing else difflib.get_close_matches(name, _names_of(holder), 1, 0.6)
        return f"「{name}」というものはありません" + (f"。「{near[0]}」のことではありませんか" if near else "")


def _names_of(holder: object) -> list[str]:
    fields = getattr(type(holder), "model_fields", None)
    names = holder if isinstance(holder, Mapping) else fields if fields is not None else dir(holder)
    return [str(name) for name in names if not str(name).startswith("_")]


def _asked(filtered: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that tells of a name that nothing has before it does anything with it."""

    @pass_context
    def asked(context: Context, value: object, *given: Any, **named: Any) -> Any:
        if isinstance(value, Undefined):
            str(value)
        return filtered(context, value, *given, **named)

    return asked


_IN_WORDS = (
    (r"No filter named '(?P<name>[^']*)'\.?", "「|{name}」というフィルターはありません"),
    (r".*innermost block that needs to be closed is '(?P<name>\w+)'\.?", "「{{% {name} %}}」が閉じられていません"),
    (r"Encountered unknown tag '(?P<name>\w+)'.*", "「{{% {name} %}}」は、ここでは使えません"),
    (r"expected token .*, got '(?P<name>.*)'", "「{name}」から後ろが読めません"),
    (r"(?:unexpected|unknown token) '(?P<name>.*)'", "「{name}」は、ここには書けません"),
    (r"'(?P<name>[^']*)' not found in search path.*|(?P<file>\S+\.(?:html|svg))", "ひな形「{name}」がありません"),
)
"""What Jinja2 says, and what a designer reads."""


def _in_words(fault: Exception) -> str:
    said = str(fault)
    for pattern, words in _IN_WORDS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            name = found["name"] or said
            near = difflib.get_close_matches(name, FILTERS, 1, 0.6) if words.startswith("「|") else ()
            return words.format(name=name) + (f"。「|{near[0]}」のことではありませんか" if near else "")
    return said


def _told(fault: Exception, template: Path, root: Path) -> Finding:
    """The line of the template that failed: the innermost frame in a template."""
    file, line = template, None
    if isinstance(fault, TemplateSyntaxError):
        file, line = Path(fault.filename or template), fault.lineno
    else:
        trace = fault.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name.endswith((".html", ".svg")):
                file, line = Path(name), trace.tb_lineno
            trace = trace.tb_next
    place = file.resolve()
    shown = place.relative_to(root.resolve()).as_posix() if place.is_relative_to(root.resolve()) else place.name
    return error(
        "template-broken",
        f"レイアウトのひな形を組み立てられません（{_in_words(fault)}）。",
        Where(file=shown, line=line),
        "ひな形の変数名と、{{ }}・{% %} の閉じ忘れを確かめてください。",
    )
