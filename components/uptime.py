"""Whether the product answers, asked from several regions of the world all day and night."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError
from components.uptime_metrics import UptimeMetrics

__all__ = ["Uptime", "UptimeArgs"]

# AWS: API reference of Route 53, HealthCheckConfig: Regions (at least three, of these), RequestInterval,
# FailureThreshold (documentation text in botocore 1.44.5), read 2026-11.
_REGIONS = (
    "us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1",
    "sa-east-1",
)  # fmt: skip
_FEWEST_REGIONS = 3
_INTERVALS = (10, 30)
_MOST_FAILURES = 10


@dataclass(frozen=True, kw_only=True)
class UptimeArgs:
    """`https://host/path` is asked every `every_seconds` (10 or 30) from each of `regions`, three or more.

    It is down once `failures` answers in a row did not come, or were no 2xx or 3xx.
    """

    host: str
    path: str = "/"
    regions: Sequence[str] = ("us-east-1", "eu-west-1", "ap-southeast-1")
    every_seconds: int = 30
    failures: int = 3
    tags: Mapping[str, str] = field(default_factory=dict)


class Uptime(pulumi.ComponentResource):
    """A health check of Route 53; its alarm is made by `Alarms.watch_uptime`, in us-east-1."""

    component_name: str
    health_check_id: pulumi.Output[str]

    def __init__(self, name: str, args: UptimeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:uptime:Uptime", name, {}, opts)
        self.component_name, self._args = name, args
        self.health_check_id = self._health_check().id
        self.register_outputs({"health_check_id": self.health_check_id})

    def metrics(self) -> UptimeMetrics:
        """What it reports."""
        return UptimeMetrics(health_check=self.health_check_id)

    def _health_check(self) -> aws.route53.HealthCheck:
        args = self._args
        return aws.route53.HealthCheck(
            self.component_name,
            type="HTTPS",
            fqdn=args.host,
            port=443,
            resource_path=args.path,
            enable_sni=True,
            regions=list(args.regions),
            request_interval=args.every_seconds,
            failure_threshold=args.failures,
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self),
        )


def _check(where: str, args: UptimeArgs) -> None:
    if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,63}", args.host) or not args.path.startswith("/"):
        raise _refused(
            where,
            f"it cannot ask {args.host}{args.path}",
            "a host name, and a path that begins with /",
            "host",
        )
    wrong = sorted(set(args.regions) - set(_REGIONS))
    if wrong or len(set(args.regions)) < _FEWEST_REGIONS:
        raise _refused(
            where,
            f"it is asked from {', '.join(wrong or args.regions) or 'nowhere'}",
            f"{_FEWEST_REGIONS} or more of {', '.join(_REGIONS)}",
            "regions",
        )
    if args.every_seconds not in _INTERVALS:
        raise _refused(
            where, f"it is asked every {args.every_seconds} s", "10 or 30 seconds", "every_seconds"
        )
    if not 1 <= args.failures <= _MOST_FAILURES:
        raise _refused(
            where, f"it is down after {args.failures} failures", f"1 to {_MOST_FAILURES}", "failures"
        )


def _refused(where: str, problem: str, expected: str, argument: str) -> ComponentError:
    return ComponentError(where, problem, expected=expected, fix=f"correct {argument}")
