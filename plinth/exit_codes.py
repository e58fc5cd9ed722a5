"""The exit codes of `plinth`: the Pulumi CLI's own table, number for number."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script may conclude from how `plinth` ended."""

    # Pulumi: pkg/cmd/pulumi/cmd/exit_codes.go of v3.259.0, read 2026-11
    OK = 0
    ERROR = 1
    CONFIGURATION = 2
    AUTHENTICATION = 3
    RESOURCE = 4
    POLICY = 5
    STACK_NOT_FOUND = 6
    CHANGES = 7
    CANCELLED = 8
    TIMEOUT = 9
    INTERNAL = 255
