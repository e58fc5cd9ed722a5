"""`plinth sim shell`."""

import os

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.options import tools_of
from plinth.engine.session import find_place_anywhere
from plinth.engine.shell_session import open_shell_session
from plinth.errors import ConfigurationError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def shell(context: typer.Context) -> None:
    """Open a SIMULATED shell, or run a command in it.

    In it plain pulumi, aws and boto3 talk to the simulated cloud. A command: plinth sim shell -- aws s3 ls
    """
    with framed("sim shell"):
        tools = tools_of(context)
        session = open_shell_session(tools, find_place_anywhere(tools))
        command = context.args or [tools.environ.get("SHELL") or "/bin/sh"]
        if not context.args:
            typer.echo(_greeting(session.running.http_url), err=True)
        try:
            os.execvpe(command[0], command, dict(session.env))
        except OSError as error:
            raise ConfigurationError(
                f"{command[0]}: {error.strerror}.", fix="name a program that is on PATH"
            ) from None


def _greeting(http_url: str) -> str:
    return (
        f"SIMULATED shell: pulumi, aws and boto3 talk to the simulated cloud at {http_url}.\n"
        "For example: pulumi preview -s production, aws ec2 describe-subnets. Leave it with exit."
    )
