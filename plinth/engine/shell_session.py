"""The session behind `plinth sim shell` and `plinth sim env`: plain `pulumi` works at once."""

from plinth.engine.project import configured_stacks
from plinth.engine.session import Place, Session, Tools, open_session
from plinth.engine.shim_script import write_shims
from plinth.engine.stack_files import premake_stack


def open_shell_session(tools: Tools, place: Place) -> Session:
    """With our `pulumi` first on PATH, and a stack for every environment that the project configures."""
    session = open_session(tools, place, first_on_path=(place.layout.bin,))
    # `pulumi stack init` refuses a state folder that is not there.
    place.layout.backend.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_shims(place.layout, session.installed.program)
    for stack in configured_stacks(place.root):
        premake_stack(session.installed.engine, place.layout, place.root, stack, session.env)
    return session
