"""The `pulumi` of `plinth sim shell`: the real CLI, after which the project's files are as before.

With a passphrase the CLI writes an `encryptionsalt:` into Pulumi.<stack>.yaml. That salt belongs to the simulated
state, not to the project, so it is taken out again; what a `pulumi config set` changed stays.
"""

import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

_SALT_LINE = re.compile(rb"^encryptionsalt:[^\n]*\n?", re.MULTILINE)
_STATE_SALT = re.compile(rb'"salt":"([^"]+)"')

_DEPLOYS = frozenset({"up", "update", "preview", "pre"})

Files = Mapping[Path, bytes]


def main(argv: Sequence[str]) -> int:
    """`argv`: the real CLI, the simulated backend's folder, then what the user typed."""
    program, backend, args = argv[0], Path(argv[1]), list(argv[2:])
    folder = _project_folder(args, Path.cwd())
    if folder is None:
        return _run(program, args)
    if "init" in args:
        _make_room(backend, folder, args)
    else:
        _make_stack(program, backend, folder, args)
    before = _config_files(folder)
    try:
        return _run(program, args)
    finally:
        restore(before, _config_files(folder), _salts(backend), removing="rm" in args or "remove" in args)


def _make_room(backend: Path, folder: Path, args: Sequence[str]) -> None:
    """`pulumi stack init NAME`: the shell may have made that stack already."""
    words = [word for word in args if not word.startswith("-")]
    if "stack" not in words or not (folder / "Pulumi.yaml").is_file():
        return
    # Only here: every other command does without these imports.
    from plinth.engine.layout import Layout
    from plinth.engine.project import project_name
    from plinth.engine.stack_files import make_room
    from plinth.errors import ConfigurationError

    try:
        layout = Layout(backend.parent, project_name(folder))
    except ConfigurationError:
        return
    for word in words[words.index("init") + 1 :]:
        make_room(layout, word.rsplit("/", 1)[-1])


def _make_stack(program: str, backend: Path, folder: Path, args: Sequence[str]) -> None:
    """`pulumi up -s NAME`: in the simulated cloud a stack is made when it is first deployed or previewed."""
    stack = _stack_option(args)
    if stack is None or not _DEPLOYS.intersection(args) or not (folder / "Pulumi.yaml").is_file():
        return
    # Only here: every other command does without these imports.
    from plinth.engine.layout import Layout
    from plinth.engine.project import check_stack_name, project_name
    from plinth.engine.stack_files import scratch_project
    from plinth.engine.state import stack_exists
    from plinth.errors import ConfigurationError

    try:
        layout, stack = Layout(backend.parent, project_name(folder)), check_stack_name(stack)
    except ConfigurationError:
        return
    if not stack_exists(layout, stack):
        scratch_project(layout, folder)
        subprocess.run(
            [program, "stack", "init", stack, "--no-select", "--non-interactive", "--color", "never"],
            cwd=layout.scratch,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def _stack_option(args: Sequence[str]) -> str | None:
    """What follows `-s` or `--stack`, without an organisation."""
    found = None
    for number, arg in enumerate(args):
        if arg in ("-s", "--stack") and number + 1 < len(args):
            found = args[number + 1]
        elif arg.startswith("--stack="):
            found = arg.removeprefix("--stack=")
    return None if found is None else found.rsplit("/", 1)[-1]


def restore(
    before: Files, after: Files, simulated_salts: frozenset[bytes], *, removing: bool = False
) -> None:
    """Bring every file back to what the user made of it."""
    for path, content in after.items():
        wanted = _wanted(before.get(path), content, simulated_salts)
        if wanted is None:
            path.unlink()
        elif wanted != content:
            path.write_bytes(wanted)
    for path in before.keys() - after.keys():
        # `stack rm` of a simulated stack takes the project's file along.
        if removing:
            path.write_bytes(before[path])


def _wanted(before: bytes | None, after: bytes, simulated_salts: frozenset[bytes]) -> bytes | None:
    """The content that should be there; None for a file that should not be."""
    if before == after and not _has_simulated_salt(after, simulated_salts):
        return after
    if before is not None and _SALT_LINE.search(before) and not _has_simulated_salt(before, simulated_salts):
        return after
    bare = _SALT_LINE.sub(b"", after)
    if before is None:
        return bare if bare.strip() else None
    clean = _SALT_LINE.sub(b"", before)
    return clean if _same_meaning(clean, bare) else bare


def _has_simulated_salt(content: bytes, simulated_salts: frozenset[bytes]) -> bool:
    """True for a line that an interrupted run of ours left behind."""
    return any(salt in line for line in _SALT_LINE.findall(content) for salt in simulated_salts)


def _same_meaning(one: bytes, other: bytes) -> bool:
    """The CLI may have laid out the file anew while it added its line."""
    if one == other:
        return True

    return bool(yaml.safe_load(one) == yaml.safe_load(other))


def _salts(backend: Path) -> frozenset[bytes]:
    states = backend.glob(".pulumi/stacks/*/*.json")
    return frozenset(salt for state in states for salt in _STATE_SALT.findall(state.read_bytes()))


def _project_folder(args: Sequence[str], cwd: Path) -> Path | None:
    start = (cwd / _cwd_option(args)).resolve()
    for folder in (start, *start.parents):
        if (folder / "Pulumi.yaml").is_file() or (folder / "Pulumi.yml").is_file():
            return folder
    return None


def _cwd_option(args: Sequence[str]) -> str:
    for number, arg in enumerate(args):
        if arg in ("-C", "--cwd") and number + 1 < len(args):
            return args[number + 1]
        if arg.startswith("--cwd="):
            return arg.removeprefix("--cwd=")
    return "."


def _config_files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.glob("Pulumi.*.yaml")}


def _run(program: str, args: Sequence[str]) -> int:
    """The CLI's exit code. Ctrl-C reaches it from the terminal by itself; other signals are passed on."""
    process = subprocess.Popen([program, *args])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: process.send_signal(received))
    code = process.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
