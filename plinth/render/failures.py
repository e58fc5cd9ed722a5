"""What went wrong, in the words of whoever refused."""

from collections.abc import Sequence

from rich.text import Text

from plinth.report.model import Failure


def failure_lines(failures: Sequence[Failure]) -> list[Text]:
    """Each text once, below the resource it is about."""
    lines: list[Text] = []
    for failure in failures:
        if failure.name:
            lines.append(Text(f"ERROR  {failure.type}  {failure.name}", style="bold red"))
            lines.extend(Text(f"  {line}") for line in failure.text.splitlines())
        else:
            first, *rest = failure.text.splitlines()
            lines.append(Text.assemble(("ERROR  ", "bold red"), first))
            lines.extend(Text(line) for line in rest)
    return lines
