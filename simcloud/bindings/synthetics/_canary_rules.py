"""What Synthetics refuses in a canary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.bindings.synthetics import _code, _runtimes, _schedule
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_CODE = "ValidationException"


def problems(new: Props) -> Iterator[Refusal]:
    """Everything in the known properties of a canary that AWS refuses."""
    yield from _code.problems(new)
    version, location, schedule = new["runtimeVersion"], new["artifactS3Location"], new["schedule"]
    if isinstance(version, str) and (fault := _runtimes.problem(version)):
        yield Refusal(_CODE, fault, "runtimeVersion")
    if isinstance(location, str):
        yield from _location_problems(location)
    expression = schedule.get("expression") if isinstance(schedule, Mapping) else None
    if isinstance(expression, str) and (fault := _schedule.problem(expression)):
        yield Refusal(_CODE, fault, "schedule.expression")
    yield from _run_problems(new.get("runConfig"), expression)
    # AWS: «failure_retention_period» of the provider's page: 1 to 455 days; read 2026-11.
    for name in ("successRetentionPeriod", "failureRetentionPeriod"):
        days = new.get(name)
        if isinstance(days, int) and not 1 <= days <= 455:
            yield Refusal(_CODE, f"{name} {days} is not within 1-455 days.", name)


def _location_problems(location: str) -> Iterator[Refusal]:
    bucket = location.removeprefix("s3://").split("/", 1)[0]
    # AWS: CreateCanary, Synthetics API reference: the bucket's name has no period (botocore 1.44.5), read 2026-11.
    if not bucket or "." in bucket or ":" in bucket:
        yield Refusal(
            _CODE,
            f"{location!r} must be a bucket without a period in its name, and a prefix: s3://bucket/prefix.",
            "artifactS3Location",
        )


# AWS: CanaryRunConfigInput, Synthetics API reference (botocore 1.44.5), read 2026-11.
def _run_problems(config: Value, expression: Value) -> Iterator[Refusal]:
    if not isinstance(config, Mapping):
        return
    memory, seconds = config.get("memoryInMb"), config.get("timeoutInSeconds")
    if isinstance(memory, int) and memory % 64:
        yield Refusal(_CODE, f"memoryInMb {memory} is not a multiple of 64.", "runConfig.memoryInMb")
    between = _schedule.minutes(expression) if isinstance(expression, str) else None
    if isinstance(seconds, int) and between and seconds > between * 60:
        yield Refusal(
            _CODE,
            f"timeoutInSeconds {seconds} is longer than the {between * 60} seconds between two runs.",
            "runConfig.timeoutInSeconds",
        )
