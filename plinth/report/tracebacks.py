"""Shortening a Python traceback to the frames that its reader wrote."""

from collections.abc import Iterator, Sequence

_MARK = "Traceback (most recent call last):"
_FOREIGN = (
    "/site-packages/",
    "/lib/python3",
    "<frozen ",
    "pulumi-language-python",
    "language_host",
)


def without_foreign_frames(text: str) -> str:
    """The error first, then the reader's own frames; a text without a traceback comes back as it is."""
    head, mark, body = text.partition(_MARK)
    if not mark:
        return text
    lines = body.strip("\n").splitlines()
    message = _message(lines) or [head.strip()]
    return "\n".join([*message, *_own_frames(lines)])


def _message(lines: Sequence[str]) -> list[str]:
    """The last lines: those after the last indented one."""
    last_frame = max((i for i, line in enumerate(lines) if line.startswith(" ")), default=-1)
    return [line for line in lines[last_frame + 1 :] if line.strip()]


def _own_frames(lines: Sequence[str]) -> Iterator[str]:
    keep = False
    for line in lines:
        if line.startswith("  File "):
            keep = not any(part in line for part in _FOREIGN)
        elif not line.startswith(" "):
            keep = False
        if keep:
            yield line
