"""Actions of a PDF (ISO 32000-1, 12.6) that run or open something when somebody only looks at a page."""

from __future__ import annotations

import pikepdf

from koho_pdf.preflight.pdf.pdf_names import name_of

_PLACES = {"GoTo", "GoToR", "GoToE", "Thread", "URI", "Named"}  # they lead to another place and do nothing
_MOST = 2_000  # entries of an outline


def acts(holder: pikepdf.Object) -> bool:
    """Whether an annotation, a form field or an entry of the outline does more than lead to a place."""
    return "/AA" in holder or is_script(holder.get("/A"))


def is_script(action: pikepdf.Object | None, depth: int = 0) -> bool:
    """Whether an action, or one that follows it (``Next``), runs or opens something."""
    if not isinstance(action, pikepdf.Dictionary) or depth > 8:
        return False
    after = action.get("/Next")
    following = list(after)[:16] if isinstance(after, pikepdf.Array) else [after]
    return name_of(action.get("/S")) not in _PLACES or any(is_script(each, depth + 1) for each in following)


def outline_acts(root: pikepdf.Object) -> bool:
    """Whether an entry of the outline (12.3.3) does."""
    waiting, seen = [root.get("/Outlines")], set[tuple[int, int]]()
    for _ in range(_MOST):
        if not waiting:
            break
        entry = waiting.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        if entry.is_indirect:
            seen.add(entry.objgen)
        if acts(entry):
            return True
        waiting += [entry.get("/Next"), entry.get("/First")]
    return False
