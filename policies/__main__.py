"""Starts the pack as a Pulumi analyzer; run by the engine for `--policy-pack policies`."""

import sys
from importlib import import_module
from pathlib import Path

# The engine runs this folder as a program, so Python looks for modules in it instead of beside it.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

if __name__ == "__main__":
    sys.exit(import_module("policies.crossguard").serve())
