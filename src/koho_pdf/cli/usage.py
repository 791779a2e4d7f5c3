"""How a command line is read and explained in Japanese: argparse with its words in the user's language."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from koho_pdf.errors import UsageError
from koho_pdf.findings import error
from koho_pdf.legible import is_plain, of_text

# argparse's own messages (Lib/argparse.py), and ours.
_WORDS = (
    (r"the following arguments are required: (.+)", r"「\1」を書いてください。"),
    (r"unrecognized arguments: (.+)", r"「\1」という指定はありません。"),
    (
        r"argument (?:\S+: )?invalid choice: '?([^' ]+)'? \(choose from (.+)\)",
        r"「\1」は使えません。\2 から選んでください。",
    ),
    (r"argument (\S+): expected one argument", r"「\1」のあとに値を書いてください。"),
)


class Usage(argparse.ArgumentParser):
    """A parser whose help and mistakes are Japanese, with an example at the foot of every help.

    A mistake raises UsageError (``usage``), so that it ends where every other error ends. ``commands`` are the
    parsers of its commands by name. ``otherwise`` is the option that a first word belongs to which is no command.
    """

    otherwise = ""

    def __init__(self, description: str, example: str, **more: Any) -> None:
        super().__init__(
            description=description,
            epilog=f"例: {example}",
            prog=more.pop("prog", "koho"),
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Help,
            **more,
        )
        self._positionals.title, self._optionals.title = "書くもの", "指定"
        self.add_argument("-h", "--help", action="help", help="この説明を出します")
        self._commands: Any = None
        self.commands: dict[str, Usage] = {}

    def command(self, call: Callable[[argparse.Namespace], int], example: str, alone: bool = False) -> Usage:
        """Add a command. Its name is that of the function (``list_`` becomes ``list``), its help the docstring. A
        command that has commands of its own (``koho archive list``) is a ``Usage`` to which they are added;
        ``alone`` if it also works without one of them (``koho layouts``).
        """
        if self._commands is None:
            self._commands = self.add_subparsers(title="命令", metavar="命令", required=not alone, parser_class=Usage)
        words = call.__doc__ or ""
        name = call.__name__.rstrip("_")
        made: Usage = self._commands.add_parser(
            name, prog=f"{self.prog} {name}", help=words, description=words, example=example
        )
        made.set_defaults(command=call)
        self.commands[name] = made
        return made

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The options that it knows; a first word that is no command of its own is the value of ``otherwise``."""
        if self.otherwise and args and not args[0].startswith("-") and args[0] not in self.commands:
            args = [self.otherwise, *args]
        return super().parse_known_args(args, namespace)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The options. Raises UsageError if a word is not valid text (names of files may be any bytes)."""
        options = super().parse_args(args, namespace)
        for said in vars(options).values():
            for word in said if isinstance(said, list) else [said]:
                if isinstance(word, str) and not is_plain(word):
                    told = f"「{of_text(word[:60])}」に、文字でないもの（改行などか、UTF-8 でないもの）があります。"
                    raise UsageError(error("usage", told, hint="改行や見えない文字を除いて、書き直してください。"))
        return options

    def error(self, message: str) -> NoReturn:
        """Tell the mistake in Japanese, and where to read on."""
        told = message
        for pattern, words in _WORDS:
            told = re.sub(pattern, words, told)
        raise UsageError(error("usage", told, hint=f"書き方は {self.prog} --help で見られます。"))


class _Help(argparse.HelpFormatter):
    """Puts each help text on a line of its own, because columns do not line up where characters are two cells wide."""

    def __init__(self, prog: str, **more: Any) -> None:
        super().__init__(prog, max_help_position=8, width=100, **more)

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "使い方: ")


def names_in_utf8() -> None:
    """Restart in Python's UTF-8 mode (PEP 540) if the locale has another encoding (EUC-JP, Shift_JIS), so that files
    have the same names on every machine. The terminal's output stays in its own encoding.
    """
    if sys.getfilesystemencoding().lower() == "utf-8" or os.environ.get("PYTHONUTF8") == "1":
        return
    os.environ["PYTHONUTF8"] = "1"
    os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606
