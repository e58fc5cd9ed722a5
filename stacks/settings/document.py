"""Writes `docs/settings.md` from the schema: `python -m stacks.settings.document > docs/settings.md`."""

import html
import sys
from collections.abc import Iterator

from stacks.settings.chapters import NAME, Chapter, Entry, chapters
from stacks.settings.problem import as_yaml

INTRODUCTION = """\
# Settings

Generated from `stacks/settings/` by `python -m stacks.settings.document`; do not edit.

A stack's settings are what its environment says (`stacks/environments.py`), over that what its system says
(`stacks/systems/`), over that `plinth:overrides` of its stack file. Change one with, for example,
`pulumi config set -s dev --path plinth:overrides.network.nat per_az`. Unknown keys and contradictions are
refused, all at once, before anything is created.

`<name>` in a path is a name of one's own, such as that of a service: `services.web.cpu`. What is said of
`services.*` holds for every service, below what is said of one of them.

`plinth config docs network` prints a section, `plinth config show production` the settings in force, `plinth config
diff staging production` what differs, `plinth config check` everything that is wrong. An editor with a YAML language
server completes and checks stack files by [settings.schema.json](settings.schema.json).
"""


def markdown() -> str:
    """All settings, section by section, with their values per environment."""
    return "\n".join([INTRODUCTION, *(line for chapter in chapters() for line in _section(chapter))])


def _section(chapter: Chapter) -> Iterator[str]:
    yield f"{'#' * max(chapter.depth + 1, 2)} {_title(chapter)}"
    yield ""
    yield from ([chapter.promise, ""] if chapter.path else [])
    yield "| setting | meaning | takes | value | why |"
    yield "|---|---|---|---|---|"
    yield from (_row(entry) for entry in chapter.entries)
    yield ""


def _title(chapter: Chapter) -> str:
    if not chapter.path:
        return "Top level"
    return f"`{chapter.path}`" if NAME in chapter.path else chapter.path


def _row(entry: Entry) -> str:
    words = (html.escape(text, quote=False) for text in (entry.meaning, entry.takes))
    cells = [f"`{entry.path}`", *words, _value(entry), entry.why]
    return ("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |").replace("\n", " ")


def _value(entry: Entry) -> str:
    values = [as_yaml(value) for value in entry.values.values()]
    if not values:
        return f"by {entry.given_by}"
    if len(set(values)) == 1:
        return f"`{values[0]}`"
    return "<br>".join(f"{environment}: `{as_yaml(value)}`" for environment, value in entry.values.items())


if __name__ == "__main__":
    sys.stdout.write(markdown())
