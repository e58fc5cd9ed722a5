"""Where a request spends its time, for a sample of the requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError
from components.iam_policy import allow, document
from components.xray_policy import HAND_IN_TRACES

# AWS: API reference of X-Ray CreateGroup and SamplingRule: name lengths (botocore 1.44.5), read 2026-11.
_LONGEST_NAME = 32
# Below AWS's own rule, which is 10000, and in the order in which ours must be asked.
_UNTRACED_PRIORITY, _PRIORITY = 100, 1000


@dataclass(frozen=True, kw_only=True)
class TracingArgs:
    """`first_per_second` requests are always traced, and `share_percent` of the rest; never those of `untraced_paths`.

    `slow_seconds` is from when on a trace counts as slow. `service_name` is what the application calls itself in its
    traces; a pattern such as `la-prod-*` needs `shown`, the names that the group shows. With `kms_key_arn`, X-Ray
    encrypts with it: for the whole account in this region, so only one stack says so.
    """

    service_name: str = "*"
    shown: tuple[str, ...] = ()
    share_percent: float = 5
    first_per_second: int = 1
    slow_seconds: float = 2
    untraced_paths: tuple[str, ...] = ("/api/health",)
    insights: bool = True
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Tracing(pulumi.ComponentResource):
    """Which requests are traced, and a group of those that failed or were slow."""

    component_name: str
    group_arn: pulumi.Output[str]

    def __init__(self, name: str, args: TracingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check(name, args)
        super().__init__("plinth:tracing:Tracing", name, {}, opts)
        self.component_name, self._args = name, args
        for number, path in enumerate(args.untraced_paths, start=1):
            self._rule(f"{name}-not-{number}", _UNTRACED_PRIORITY + number, path, share=0, first=0)
        self._rule(name, _PRIORITY, "*", share=args.share_percent / 100, first=args.first_per_second)
        self._encrypt()
        self.group_arn = self._group().arn
        self.register_outputs({"group_arn": self.group_arn})

    def grant_write(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role hand in traces and ask for the rules; `grantee` names the grant."""
        aws.iam.RolePolicy(
            f"{self.component_name}-{grantee}-write",
            role=role_name,
            policy=document(allow("HandInTraces", HAND_IN_TRACES, ["*"])),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _rule(self, name: str, priority: int, path: str, *, share: float, first: int) -> None:
        aws.xray.SamplingRule(
            name,
            rule_name=name,
            priority=priority,
            fixed_rate=share,
            reservoir_size=first,
            service_name=self._args.service_name,
            url_path=path,
            service_type="*",
            host="*",
            http_method="*",
            resource_arn="*",
            version=1,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _group(self) -> aws.xray.Group:
        name = self.component_name
        return aws.xray.Group(
            name,
            group_name=name,
            filter_expression=filter_expression(_shown(self._args), self._args.slow_seconds),
            insights_configuration={"insights_enabled": self._args.insights, "notifications_enabled": False},
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _encrypt(self) -> None:
        if self._args.kms_key_arn is None:
            return
        aws.xray.EncryptionConfig(
            f"{self.component_name}-encryption",
            type="KMS",
            key_id=self._args.kms_key_arn,
            opts=pulumi.ResourceOptions(parent=self),
        )


def filter_expression(service_names: Sequence[str], slow_seconds: float) -> str:
    """The traces that somebody wants to see, in X-Ray's notation; of no service in particular: of all."""
    bad = f"(fault = true OR error = true OR responsetime > {slow_seconds:g})"
    if not service_names:
        return bad
    services = " OR ".join(f'service("{name}")' for name in service_names)
    return f"{services} AND {bad}" if len(service_names) == 1 else f"({services}) AND {bad}"


def _shown(args: TracingArgs) -> Sequence[str]:
    return args.shown or (() if args.service_name == "*" else (args.service_name,))


def check(where: str, args: TracingArgs) -> None:
    """Raises ComponentError for the first thing that is wrong."""
    longest = f"{where}-not-{len(args.untraced_paths)}" if args.untraced_paths else where
    if len(longest) > _LONGEST_NAME:
        raise ComponentError(
            where,
            f"{longest} is too long for the name of a sampling rule",
            expected=f"at most {_LONGEST_NAME} characters",
            fix="shorten the component's name",
        )
    if not 0 <= args.share_percent <= 100:
        raise ComponentError(
            where,
            f"{args.share_percent:g} % of the requests are to be traced",
            expected="0 to 100",
            fix="correct share_percent",
        )
    if args.first_per_second < 0 or args.slow_seconds <= 0:
        raise ComponentError(
            where,
            f"{args.first_per_second} requests per second are always traced, and {args.slow_seconds:g} s are slow",
            expected="0 or more requests, and more than 0 seconds",
            fix="correct first_per_second or slow_seconds",
        )
    if args.service_name != "*" and "*" in args.service_name and not args.shown:
        raise ComponentError(
            where,
            f"the services {args.service_name} are a pattern, and X-Ray filters traces by whole names",
            expected="`shown` beside a pattern",
            fix="name the services in `shown`",
        )
    if any('"' in name for name in (args.service_name, *args.shown)):
        raise ComponentError(
            where,
            "the service's name contains a quote",
            expected="the name that the application gives itself in its traces",
            fix="correct service_name",
        )
