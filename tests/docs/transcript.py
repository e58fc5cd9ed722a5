"""Comparing a transcript in a page with what the command printed now: all but times and ids must be the same."""

import re

from tests.docs.blocks import LEFT_OUT

_MASKS = (
    (re.compile(r"\b\d+ min \d+ s|\b\d+(\.\d+)? s\b"), "# s"),
    (re.compile(r"\s*\(# s\)$"), ""),
    (re.compile(r"\b(start|policy pack|program|resources|policies on the whole stack|end) \d+\.\d"), r"\1 #"),
    (re.compile(r"\b\d+\.\d+\.\d+\.\d+(:\d+)?"), "#"),
    # The six characters that end the ARN of a secret.
    (re.compile(r"(?<=-)[A-Za-z0-9]{6}$"), "#"),
    # Ids that the cloud gave out: hexadecimal, or capitals with digits, of some length.
    (re.compile(r"\b(?=[0-9a-f-]*\d)[0-9a-f]{7,}(-[0-9a-f]{4,})*\b"), "#"),
    (re.compile(r"\b(?=\w*\d)[A-Za-z0-9]{12,}\b"), "#"),
    (re.compile(r" +"), " "),
)


def difference(shown: str, printed: str) -> str:
    """Empty if the page shows what was printed; else the first line of the page that was not printed there."""
    rest = [_masked(line) for line in printed.splitlines() if line.strip()]
    may_skip = False
    for line in (line for line in shown.splitlines() if line.strip()):
        if line.strip() == LEFT_OUT:
            may_skip = True
            continue
        if not may_skip:
            if not rest or rest[0] != _masked(line):
                return f"shown: {line}\nprinted: {rest[0] if rest else '(nothing more)'}"
            rest = rest[1:]
        elif _masked(line) in rest:
            rest = rest[rest.index(_masked(line)) + 1 :]
            may_skip = False
        else:
            return f"shown: {line}\nprinted nowhere after what is shown before it"
    return "" if may_skip or not rest else f"not shown: {rest[0]}"


def _masked(line: str) -> str:
    for pattern, stand_in in _MASKS:
        line = pattern.sub(stand_in, line)
    return line.strip()
