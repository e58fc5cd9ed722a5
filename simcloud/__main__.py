"""`python -m simcloud HOME`: serve the simulated cloud that is kept in HOME."""

import sys
from pathlib import Path
from types import ModuleType
from typing import cast

# time_machine loads pytest for a fixture that nobody here wants: a tenth of a second of every start.
sys.modules["pytest"] = cast(ModuleType, None)

from simcloud.server import serve  # noqa: E402

serve(Path(sys.argv[1]))
