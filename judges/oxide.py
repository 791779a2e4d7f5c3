"""pdf_oxide: does a renderer of another make find ink on the same plates?

It runs in the judges' own environment; its validators are not asked (see ``docs/conformance.md``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from judges.plates import bleed_boxes, plates_fault
from judges.spoiling import black_alone
from judges.verdict import TOOLS, Case, Judge, Verdict, said_by

_PYTHON = TOOLS / "bin" / "python"
_INKED = """
import json, sys
import pdf_oxide
inked = {}
for path, boxes in json.load(sys.stdin):
    pdf, inked[path] = pdf_oxide.PdfDocument(path), []
    for page, (left, top, right, bottom) in enumerate(boxes):
        for plate in pdf.render_separations(page, 72):
            width, height = plate.width, plate.height
            columns = range(round(left * width) + 1, round(right * width) - 1)
            rows = range(round(top * height) + 1, round(bottom * height) - 1)
            if any(any(plate.data[row * width + columns.start : row * width + columns.stop]) for row in rows):
                inked[path].append(plate.ink_name)
print(json.dumps(inked))
"""


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    asked = json.dumps([(str(case.path), bleed_boxes(case.path)) for case in cases])
    done = said_by(_PYTHON, "-c", _INKED, given=asked)
    assert done.returncode == 0, done.stderr
    inked = json.loads(done.stdout)
    verdicts = []
    for case in cases:
        assert case.press is not None
        fault = plates_fault(set(inked[str(case.path)]), case.press.inks.plates)
        verdicts.append(Verdict(not fault, fault))
    return verdicts


JUDGE = Judge(
    "pdf_oxide: plates",
    "the same question about plates, to another renderer.",
    lambda: said_by(
        _PYTHON, "-c", "from importlib.metadata import version; print(version('pdf_oxide'))"
    ).stdout.strip(),
    lambda case: case.press is not None,
    _judge,
    "judged as a job in black alone",
    black_alone,
)
