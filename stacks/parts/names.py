"""Which public names the product has, and who answers for them."""

from collections.abc import Iterator, Mapping

from stacks.settings.root import Settings


def service_names(settings: Settings) -> tuple[str, ...]:
    """The names that lead to services, those of the default service first."""
    return _hosts(settings, _service_labels(settings))


def site_names(settings: Settings) -> tuple[str, ...]:
    """The names that lead to the static site; none without one."""
    return _hosts(settings, settings.site.hosts if settings.site else ())


def main_name(settings: Settings) -> str:
    """The name that people type: the zone's own where somebody answers for it."""
    own = settings.domain.zone_name
    known = (*site_names(settings), *service_names(settings))
    return own if own in known or not known else known[0]


def service_urls(settings: Settings) -> Mapping[str, str]:
    """Where each public service begins: its first name, or its first path under a name of the default service."""
    return {name: _url(settings, name) for name, one in settings.services.items() if one.public}


def _service_labels(settings: Settings) -> Iterator[str]:
    if settings.default_service is not None:
        yield "@"
        yield from settings.domain.alternative_names
    for one in settings.services.values():
        yield from one.hosts


def _hosts(settings: Settings, labels: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(settings.domain.host(label) for label in labels))


def _url(settings: Settings, name: str) -> str:
    one = settings.services[name]
    host = settings.domain.host(one.hosts[0] if one.hosts else "@")
    path = one.paths[0].partition("*")[0] if one.paths else ""
    return f"https://{host}{path}".rstrip("/")
