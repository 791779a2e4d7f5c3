"""How a value of the manuscript says that it cannot be read: findings that do not yet know where they stand."""

from __future__ import annotations

from koho_pdf.findings import Finding


class Refusal(ValueError):
    """One value cannot be read, for one or more reasons; whoever knows its file, line and field adds them.

    It is a ``ValueError`` so that pydantic collects it together with all the others.
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(finding.message for finding in findings))
        self.findings = findings
