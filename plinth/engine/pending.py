"""Creations that an interrupted run left open in the state file.

The engine refuses to guess what became of them and warns on every run. The simulated cloud takes up what was
created but never acknowledged when the same creation is asked for again, so here they can be forgotten.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from plinth.engine.layout import Layout
from plinth.report.urn import name_of

_KEY = "pending_operations"
_SHOWN = 3


def forget_pending_creations(layout: Layout, stack: str) -> tuple[str, ...]:
    """Rewrites the state file, in one step, only if there are any; says in one line what was forgotten."""
    file = layout.state_file(stack)
    # Looked for as text first: parsing a big state costs more than the whole rest of a warm start.
    if not file.is_file() or _KEY.encode() not in file.read_bytes():
        return ()
    state = json.loads(file.read_bytes())
    latest = state["checkpoint"].get("latest") or {}
    forgotten = [op for op in latest.get(_KEY) or () if op.get("type") == "creating"]
    if not forgotten:
        return ()
    kept = [op for op in latest[_KEY] if op.get("type") != "creating"]
    latest[_KEY] = kept
    if not kept:
        del latest[_KEY]
    _replace(file, json.dumps(state, separators=(",", ":")))
    return (_line(forgotten),)


def _line(forgotten: list[dict[str, Any]]) -> str:
    names = [name_of(op["resource"]["urn"]) for op in forgotten]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    noun = "creation" if len(names) == 1 else "creations"
    listed = ", ".join(names[:_SHOWN])
    return f"An earlier run was cut off: {len(names)} unfinished {noun} will be taken up ({listed}{more})."


def _replace(file: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=file.parent.parent, delete=False) as out:
        out.write(text)
    Path(out.name).replace(file)
