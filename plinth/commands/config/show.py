"""`plinth config show`."""

from typing import Annotated, Any

import typer

from plinth.commands.config.options import AsJson, Stack
from plinth.commands.frame import framed, tell

Path = Annotated[
    str | None, typer.Argument(metavar="[PATH]", help="One section or setting: services.web.cpu, edge.")
]


def show(stack: Stack, path: Path = None, as_json: AsJson = False) -> None:
    """Show the settings in force: the stack's file over its system over its environment."""
    with framed("config show", as_json=as_json):
        from plinth.paths import project_root
        from plinth.render.json import document
        from plinth.settings.in_force import settings_of
        from plinth.settings.value_at import value_at

        found = settings_of(stack, project_root())
        value = value_at(found, path) if path else found
        content = {"stack": stack, "path": path, "value": value}
        tell(document("config show", content) if as_json else as_text(value))


def as_text(value: Any) -> str:
    """YAML for sections and lists, the value itself for one setting."""
    import yaml

    from stacks.settings.problem import as_yaml

    if isinstance(value, dict | list) and value:
        return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110).rstrip()
    return as_yaml(value)
