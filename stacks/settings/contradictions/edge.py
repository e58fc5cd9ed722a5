"""What about the edge and the load balancer behind it cannot be."""

from collections.abc import Iterator

from components.edge_paths import TAKEN_LABELS, KeptPaths, check_paths
from components.gateway_headers import unsaid
from components.security_headers import SecurityHeaders, check_headers
from components.waf_checks import rate_problems, restriction_problems
from stacks.parts.firewall import waf_args
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

TLS_1_3_ALONE = "ELBSecurityPolicy-TLS13-1-3-2021-06"
BOTH_TLS = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"

# A header is said by a setting of this name.
SETTINGS_OF_HEADERS = {
    "Referrer-Policy": "referrer",
    "Permissions-Policy": "permissions_policy",
    "X-XSS-Protection": "block_xss",
    "Content-Security-Policy": "content_security_policy",
    "X-Frame-Options": "frame",
}


def edge(settings: Settings) -> Iterator[Problem]:
    """Rates, restrictions, paths and headers that cannot be, and wishes that no edge is there to grant."""
    yield from _tls(settings)
    yield from _rates(settings)
    yield from _restriction(settings)
    yield from _paths(settings)
    yield from _labels(settings)
    yield from _headers(settings)
    if settings.edge.kind == "none":
        yield from _nobody_keeps(settings)
        yield from _nobody_says(settings)


def _tls(settings: Settings) -> Iterator[Problem]:
    if settings.edge.kind == "cloudfront" and settings.gateway.tls_policy == TLS_1_3_ALONE:
        yield Problem(
            path="gateway.tls_policy",
            problem="CloudFront speaks TLS 1.2 to the load balancer, which would take TLS 1.3 alone",
            expected="a policy that takes TLS 1.2 as well behind CloudFront",
            fix=SetTo(path="gateway.tls_policy", value=BOTH_TLS),
            involves=("gateway.tls_policy", "edge.kind"),
        )


def _rates(settings: Settings) -> Iterator[Problem]:
    for problem, expected, fix in rate_problems(waf_args(settings)):
        involves = ("edge.rate_limits", "edge.rate_limit_per_5_minutes")
        yield Problem(path="edge.rate_limits", problem=problem, expected=expected, fix=fix, involves=involves)


def _restriction(settings: Settings) -> Iterator[Problem]:
    paths, ranges = settings.edge.restricted_paths, settings.edge.restricted_to
    involves = ("edge.restricted_paths", "edge.restricted_to")
    if bool(paths) != bool(ranges):
        missing, given = involves if ranges else involves[::-1]
        yield Problem(
            path=missing,
            problem=f"{given} is set, and {missing} is empty",
            expected="paths, and the address ranges that may reach them",
            fix=f"set {missing}, or empty {given}",
            involves=involves,
        )
        return
    if (wanted := waf_args(settings).restricted) is not None:
        for problem, expected, fix in restriction_problems(wanted):
            yield Problem(
                path="edge.restricted_to", problem=problem, expected=expected, fix=fix, involves=involves
            )


def _paths(settings: Settings) -> Iterator[Problem]:
    edge = settings.edge
    kept = [KeptPaths(label=label, **one.model_dump()) for label, one in edge.kept.items()]
    involves = ("edge.kept", "edge.static_paths", "edge.api_paths")
    yield from refused(
        "edge.kept", involves, lambda: check_paths("edge", kept, (*edge.static_paths, *edge.api_paths))
    )


def _labels(settings: Settings) -> Iterator[Problem]:
    for label in settings.edge.kept:
        if label in TAKEN_LABELS:
            yield Problem(
                path=f"edge.kept.{label}",
                problem=f"the edge itself calls something {label}",
                expected=f"none of {', '.join(TAKEN_LABELS)}",
                fix="give it another name",
                involves=("edge.kept",),
            )


def _headers(settings: Settings) -> Iterator[Problem]:
    said = _said(settings)
    involves = ("edge.headers",)
    yield from refused("edge.headers.hsts_preload", involves, lambda: check_headers("edge", said))


def _nobody_keeps(settings: Settings) -> Iterator[Problem]:
    edge = settings.edge
    wished: dict[str, tuple[bool, object]] = {
        "kept": (bool(edge.kept), {}),
        "static_browser_ttl_seconds": (edge.static_browser_ttl_seconds is not None, None),
    }
    for name, (asked, nothing) in wished.items():
        if asked:
            yield Problem(
                path=f"edge.{name}",
                problem="there is no edge that could keep answers or tell browsers to",
                expected=f"{'nothing' if nothing == {} else 'null'} with edge.kind: none",
                fix=f"remove edge.{name}, or choose an edge",
                involves=("edge.kind", f"edge.{name}"),
            )


def _nobody_says(settings: Settings) -> Iterator[Problem]:
    """A site says every header itself, so with one they are not lost."""
    for header in unsaid(_said(settings)) if settings.site is None else ():
        override = header in ("Content-Security-Policy", "X-Frame-Options")
        why = " beside what the application says, only instead" if override else ""
        setting = f"edge.headers.{SETTINGS_OF_HEADERS[header]}"
        yield Problem(
            path=setting,
            problem=f"without an edge the load balancer answers, which cannot say {header}{why}",
            expected="what is the default, with edge.kind: none",
            fix=("set edge.headers.override to true, or " if override else "")
            + "remove it and let the application say it",
            involves=("edge.kind", "edge.headers"),
        )


def _said(settings: Settings) -> SecurityHeaders:
    return SecurityHeaders(**settings.edge.headers.model_dump())
