"""`python -m simcloud HOME`: serve the simulated cloud that is kept in HOME."""

import sys
from pathlib import Path

from simcloud.server import serve

serve(Path(sys.argv[1]))
