"""Errors, warnings and notes from diagnostics: each text once, without the engine's own noise."""

from collections.abc import Iterable, Sequence

from plinth.report.event import Event
from plinth.report.model import Failure
from plinth.report.tracebacks import without_foreign_frames
from plinth.report.urn import STACK_TYPE, name_of, short_type, type_of

CONFIGURATION_MARK = "Configuration of stack"

_PREFIXES = (
    "error: ",
    "an unhandled error occurred: ",
    "python inline source runtime error: ",
)
# What the engine adds after the real error has been said.
_NOISE = (
    "update failed",
    "preview failed",
    "refresh failed",
    "destroy failed",
    "resource monitor shut down",
)
_WARNING = "warning: "
CANCELED = ("update canceled", "preview canceled", "refresh canceled", "destroy canceled")
_NOISE_PARTS = (
    "using pulumi-language-python from $PATH",
    "Program exited with non-zero exit code",
    # What was under way when another resource failed.
    "context canceled",
)


def failures(events: Sequence[Event]) -> tuple[Failure, ...]:
    """Error diagnostics in order, each once; without any, what the program wrote to stderr as an error."""
    found = (_failure(event) for event in _diagnostics(events, "error"))
    told = tuple(dict.fromkeys(found))
    return tuple(failure for failure in told if not _is_noise(failure.text)) if told else _spoken(events)


def warnings(events: Sequence[Event]) -> tuple[str, ...]:
    """Warnings of the engine and of the program in order, each once."""
    texts = (event.body["message"].strip() for event in _diagnostics(events, "warning"))
    spoken = (line.removeprefix(_WARNING) for line in _printed(events) if line.startswith(_WARNING))
    return tuple(dict.fromkeys(text for text in (*texts, *spoken) if not _is_noise(text)))


def notes(events: Sequence[Event]) -> tuple[str, ...]:
    """What else the program printed, line by line, without what already counts as its error."""
    said = "\n".join(event.body["message"] for event in _diagnostics(events, "error"))
    lines = _printed(events)
    end = _begin_of_spoken(lines) if not said else None
    return tuple(
        line
        for line in lines[:end]
        if line.strip() and _bare(line) not in said and not line.startswith(_WARNING)
    )


def is_configuration(failure: Failure) -> bool:
    """Whether the program refused its own settings (the text it promises to begin with)."""
    return failure.text.startswith(CONFIGURATION_MARK)


def _diagnostics(events: Iterable[Event], *severities: str) -> Iterable[Event]:
    for event in events:
        lasting = event.kind == "diagnosticEvent" and not event.body.get("ephemeral")
        if lasting and event.body.get("severity") in severities:
            yield event


def _spoken(events: Sequence[Event]) -> tuple[Failure, ...]:
    lines = _printed(events)
    begin = _begin_of_spoken(lines)
    if begin is None:
        return ()
    return (Failure(without_foreign_frames(_bare("\n".join(lines[begin:]).strip()))),)


def _printed(events: Sequence[Event]) -> list[str]:
    return [event.body["message"].strip("\n") for event in _diagnostics(events, "info", "info#err")]


def _begin_of_spoken(lines: Sequence[str]) -> int | None:
    """Where a program that could not reach the engine's log began to tell its error on stderr."""
    return next((number for number, line in enumerate(lines) if line.startswith("error: ")), None)


def _failure(event: Event) -> Failure:
    urn = event.body.get("urn", "")
    text = without_foreign_frames(_bare(event.body["message"].strip()))
    if not urn or type_of(urn) == STACK_TYPE:
        return Failure(text)
    return Failure(text, urn, name_of(urn), short_type(type_of(urn)))


def _bare(text: str) -> str:
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


def _is_noise(text: str) -> bool:
    return text in _NOISE or text in CANCELED or any(part in text for part in _NOISE_PARTS)
