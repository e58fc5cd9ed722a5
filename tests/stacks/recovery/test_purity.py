"""The computation needs neither the AWS SDK nor settings, so that a check of settings can use it."""

import subprocess
import sys

HEAVY = ("pulumi", "pulumi_aws", "pydantic", "stacks.settings")


def test_it_loads_neither_pulumi_nor_settings() -> None:
    program = (
        "import sys, stacks.recovery.shortfalls, stacks.recovery.document\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
