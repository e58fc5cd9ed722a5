"""Which exit code an engine run deserves."""

from plinth.engine.driver import Finished
from plinth.exit_codes import ExitCode
from plinth.report.failures import is_configuration
from plinth.report.model import Report, Result


def exit_code(report: Report, finished: Finished, *, expect_no_changes: bool = False) -> ExitCode:
    """Pulumi's table, told from what happened: the CLI itself ends with 1 for most of these."""
    if finished.interrupted or report.result is Result.CANCELED:
        return ExitCode.CANCELLED
    if finished.returncode == 0 and not report.incomplete:
        return ExitCode.CHANGES if expect_no_changes and report.changes else ExitCode.OK
    return _of_failure(report, finished)


def _of_failure(report: Report, finished: Finished) -> ExitCode:
    if any(is_configuration(failure) for failure in report.failures):
        return ExitCode.CONFIGURATION
    if report.verdicts.mandatory:
        return ExitCode.POLICY
    if any(failure.urn for failure in report.failures):
        return ExitCode.RESOURCE
    # Not every number of the CLI is in the table: a killed engine ends with a negative one.
    return ExitCode(finished.returncode) if finished.returncode in _FAILURES else ExitCode.ERROR


_FAILURES = frozenset(code.value for code in ExitCode if code is not ExitCode.OK)
