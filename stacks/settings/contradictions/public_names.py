"""What about the names of the product, their zone and their certificates cannot be."""

from collections.abc import Iterator, Sequence

from components.rule_values import MOST_VALUES, values_of
from stacks.settings.problem import Problem
from stacks.settings.root import Settings

# The gateway takes the header's value that the edge sends now, and the one that it sends next.
VALUES_OF_THE_LOCK = 2


def public_names(settings: Settings) -> Iterator[Problem]:
    """Names that lead nowhere or to two, zones that nobody delegates, certificates that nobody shows."""
    yield from _nobody_public(settings)
    yield from _alternative_names(settings)
    yield from _parent_zone(settings)
    yield from _cloudflares_zone(settings)
    yield from _certificate_of_nobody(settings)
    yield from _rules(settings)


def _nobody_public(settings: Settings) -> Iterator[Problem]:
    if not any(one.hosts for one in settings.services.values()):
        yield Problem(
            path="services",
            problem="no name leads to any of them",
            expected="hosts of one service at least",
            fix="give one of them hosts: [@], or [api] beside a site",
            involves=("services",),
        )


def _alternative_names(settings: Settings) -> Iterator[Problem]:
    names, involves = settings.domain.alternative_names, ("domain.alternative_names", "services", "site")
    if names and settings.default_service is None:
        yield Problem(
            path="domain.alternative_names",
            problem="they lead to the service with the host @, and there is none",
            expected="nothing without such a service",
            fix="move them to site.hosts, or to the hosts of a service",
            involves=involves,
        )
        return
    owners = {"origin": "the load balancer itself", "@": f"services.{settings.default_service}"}
    owners |= dict.fromkeys(settings.site.hosts if settings.site else (), "site")
    for name, one in settings.services.items():
        owners |= dict.fromkeys(one.hosts, f"services.{name}")
    for index, label in enumerate(names):
        if label in owners:
            yield Problem(
                path=f"domain.alternative_names[{index}]",
                problem=f"{label} leads to {owners[label]} already",
                expected="a name that nobody else has",
                fix="remove it here or there",
                involves=involves,
            )


def _parent_zone(settings: Settings) -> Iterator[Problem]:
    domain = settings.domain
    if domain.parent_zone_id is None or (domain.provider == "route53" and domain.existing_zone_id is None):
        return
    why = "a zone that exists was delegated by who made it" if domain.existing_zone_id else ""
    yield Problem(
        path="domain.parent_zone_id",
        problem=why or "the stack enters Route 53's name servers there, and the zone is Cloudflare's",
        expected="null with domain.existing_zone_id, and with domain.provider: cloudflare",
        fix="remove domain.parent_zone_id",
        involves=("domain.parent_zone_id", "domain.existing_zone_id", "domain.provider"),
    )


def _cloudflares_zone(settings: Settings) -> Iterator[Problem]:
    domain = settings.domain
    if domain.provider == "cloudflare" and (domain.existing_zone_id or "").startswith("Z"):
        yield Problem(
            path="domain.existing_zone_id",
            problem=f"{domain.existing_zone_id} is not the id of a zone at Cloudflare",
            expected="32 hexadecimal digits",
            fix="correct it, or set domain.provider to route53",
            involves=("domain.existing_zone_id", "domain.provider"),
        )


def _certificate_of_nobody(settings: Settings) -> Iterator[Problem]:
    unused = settings.edge.kind != "cloudfront" and settings.site is None
    if unused and settings.domain.existing_viewer_certificate_arn is not None:
        yield Problem(
            path="domain.existing_viewer_certificate_arn",
            problem="there is no CloudFront that would show it",
            expected="null without edge.kind: cloudfront and without a site",
            fix="remove it; the load balancer's is domain.existing_origin_certificate_arn",
            involves=("domain.existing_viewer_certificate_arn", "edge.kind", "site"),
        )


def _rules(settings: Settings) -> Iterator[Problem]:
    room = MOST_VALUES - (0 if settings.edge.kind == "none" else VALUES_OF_THE_LOCK)
    for name, one in settings.services.items():
        if "@" in one.hosts:
            yield from _paths_of_the_default(name, one.paths)
            continue
        if (wanted := values_of(one.hosts, one.paths)) > room:
            yield Problem(
                path=f"services.{name}.paths",
                problem=f"{wanted} hosts and paths lead here by one rule of the load balancer",
                expected=f"at most {room}: AWS takes {MOST_VALUES} values in a rule"
                + ("" if room == MOST_VALUES else ", the edge's secret header among them"),
                fix="join paths by a pattern such as /api/*",
                involves=("services", "edge.kind"),
            )


def _paths_of_the_default(name: str, paths: Sequence[str]) -> Iterator[Problem]:
    if paths:
        yield Problem(
            path=f"services.{name}.paths",
            problem="this service takes every path that no other one takes",
            expected="no paths beside the host @",
            fix="remove them, or give @ to another service",
            involves=("services",),
        )
