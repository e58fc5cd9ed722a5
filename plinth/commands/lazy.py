"""Command groups that import a command only when it is asked for, so that `plinth --help` stays quick."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command


def lazy_group(table: Mapping[str, str]) -> type[TyperGroup]:
    """A group of the commands in `table`: name to `module:name` of a function or a Typer application."""

    class LazyGroup(TyperGroup):
        def list_commands(self, ctx: Any) -> list[str]:
            return [*table, *super().list_commands(ctx)]

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            if cmd_name in table and cmd_name not in self.commands:
                self.add_command(_loaded(cmd_name, table[cmd_name]), cmd_name)
            return super().get_command(ctx, cmd_name)

    return LazyGroup


def _loaded(name: str, where: str) -> Any:
    module, _, attribute = where.partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        application = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        application.command(name)(found)
        found = application
    command = get_command(found)
    command.name = name
    return command
