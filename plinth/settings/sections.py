"""Finds the chapters on settings that a reader names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plinth.errors import ConfigurationError
from stacks.settings.chapters import NAME, Chapter, chapters
from stacks.settings.translate import did_you_mean


def sections(asked: str | None) -> list[Chapter]:
    """All chapters, or those of a section with what lies below it, or the one setting that is meant.

    A name of one's own may be said, as in `services.web.scaling`, or left out, as in `services.scaling`.
    """
    everything = chapters()
    if asked is None:
        return list(everything)
    for named in (False, True):
        matching = _Asked(asked.split("."), named)
        found = [chapter for chapter in everything if chapter.path and matching.has(chapter.path)]
        found = found or [one for chapter in everything if (one := matching.narrowed(chapter)).entries]
        if found:
            return found
    raise _unknown(asked, everything)


@dataclass(frozen=True)
class _Asked:
    """The steps of what is asked for; `named`: whether names of one's own are said in it, or left out."""

    steps: Sequence[str]
    named: bool

    def has(self, path: str) -> bool:
        """Whether `path` is what is asked for, or lies in it."""
        known = path.split(".")
        if not self.named:
            known = [step for step in known if step != NAME]
        return len(known) >= len(self.steps) and all(map(_matches, known, self.steps))

    def narrowed(self, chapter: Chapter) -> Chapter:
        """The chapter with the entries that are asked for, alone."""
        return replace(chapter, entries=tuple(entry for entry in chapter.entries if self.has(entry.path)))


def _matches(known: str, step: str) -> bool:
    return known in (NAME, step)


def _unknown(asked: str, everything: Sequence[Chapter]) -> ConfigurationError:
    top = [chapter.path.removesuffix(f".{NAME}") for chapter in everything if chapter.depth == 1]
    below = [entry.path for chapter in everything for entry in chapter.entries]
    near = did_you_mean(asked, [*(chapter.path for chapter in everything if chapter.path), *below])
    return ConfigurationError(
        f'there is no section "{asked}". Expected one of {", ".join(top)}, or a path within one.',
        fix=f"did you mean {near}?" if near else "plinth config docs lists them all",
    )
