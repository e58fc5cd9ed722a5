"""`plinth config diff`."""

from typing import TYPE_CHECKING, Any

from plinth.commands.config.options import AsJson, Stack
from plinth.commands.frame import framed, tell

if TYPE_CHECKING:
    from plinth.settings.difference import Difference


def diff(a: Stack, b: Stack, as_json: AsJson = False) -> None:
    """Show where the settings of two stacks differ, with both values."""
    with framed("config diff", as_json=as_json):
        from plinth.paths import project_root
        from plinth.render.json import document
        from plinth.render.settings import difference_lines
        from plinth.settings.difference import differences
        from plinth.settings.in_force import settings_of

        root = project_root()
        found = list(differences(settings_of(a, root), settings_of(b, root)))
        content = {"a": a, "b": b, "differences": [described(one) for one in found]}
        tell(document("config diff", content) if as_json else "\n".join(difference_lines(a, b, found)))


def described(one: "Difference") -> dict[str, Any]:
    """Its path, and the value of each stack that has one."""
    from plinth.settings.difference import ABSENT

    values = {"a": one.a, "b": one.b}
    return {"path": one.path, **{stack: value for stack, value in values.items() if value is not ABSENT}}
