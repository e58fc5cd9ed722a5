"""Stack outputs as a table; a secret is only ever the word [secret]."""

import json
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from plinth.report.model import Output


def output_table(outputs: Sequence[Output]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 1))
    table.add_column("name", no_wrap=True)
    table.add_column("value", overflow="fold")
    for output in outputs:
        table.add_row(Text(output.name), Text(_shown(output.value)))
    return table


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
