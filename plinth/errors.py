"""Everything that `plinth` refuses or fails at, one exit code each.

PlinthError
├── EngineFailed             1  the engine or the program ended with an error that belongs to no resource
├── SimulationFailed         1  the simulated cloud did not start or does not answer
├── StackLocked              1  another run is working on this stack
├── ConfigurationError       2  the project, its configuration or the command line is wrong
├── EngineMissing            2  there is no usable Pulumi engine on this machine
├── ConfirmationRequired     2  a question would be needed and nobody is there to answer
├── AuthenticationError      3  the cloud does not accept who we say we are
├── ResourceFailed           4  the provider refused or failed at a resource
├── PolicyViolated           5  a mandatory policy is violated
├── StackNotFound            6  the named environment was never brought up
├── ChangesFound             7  --expect-no-changes, and there are changes
├── Cancelled                8  the user interrupted or declined
├── TimedOut                 9  something took longer than it was given
└── InternalError          255  a mistake of ours: the log file has the traceback
"""

from typing import ClassVar

from plinth.exit_codes import ExitCode


class PlinthError(Exception):
    """A failure to be shown as text, never as a traceback: what is wrong, and how to fix it."""

    exit_code: ClassVar[ExitCode] = ExitCode.ERROR

    def __init__(self, message: str, *, fix: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return self.message if self.fix is None else f"{self.message}\nFix: {self.fix}"


class EngineFailed(PlinthError):
    exit_code = ExitCode.ERROR


class SimulationFailed(PlinthError):
    exit_code = ExitCode.ERROR


class StackLocked(PlinthError):
    exit_code = ExitCode.ERROR


class ConfigurationError(PlinthError):
    exit_code = ExitCode.CONFIGURATION


class EngineMissing(PlinthError):
    exit_code = ExitCode.CONFIGURATION


class ConfirmationRequired(PlinthError):
    exit_code = ExitCode.CONFIGURATION


class AuthenticationError(PlinthError):
    exit_code = ExitCode.AUTHENTICATION


class ResourceFailed(PlinthError):
    exit_code = ExitCode.RESOURCE


class PolicyViolated(PlinthError):
    exit_code = ExitCode.POLICY


class StackNotFound(PlinthError):
    exit_code = ExitCode.STACK_NOT_FOUND


class ChangesFound(PlinthError):
    exit_code = ExitCode.CHANGES


class Cancelled(PlinthError):
    exit_code = ExitCode.CANCELLED


class TimedOut(PlinthError):
    exit_code = ExitCode.TIMEOUT


class InternalError(PlinthError):
    exit_code = ExitCode.INTERNAL
