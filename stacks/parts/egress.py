"""Where a service's tasks may go, besides what relations say."""

from components.destination import Destination, https_anywhere
from stacks.settings.egress import HTTPS, ports_of
from stacks.settings.root import Settings
from stacks.settings.service import Service

_WHAT_FOR = {
    HTTPS: https_anywhere().description,
    80: "HTTP downloads",
    25: "Mail between servers (SMTP)",
    587: "Mail to a provider (SMTP submission)",
}
_ANYWHERE, _ANYWHERE_IPV6 = "0.0.0.0/0", "::/0"


def destinations(settings: Settings, service: Service) -> tuple[Destination, ...]:
    """The whole internet, on the ports that were asked for or are needed, and on no other."""
    ranges = (_ANYWHERE, _ANYWHERE_IPV6) if settings.network.ipv6 else (_ANYWHERE,)
    return tuple(
        Destination(port, cidr, _WHAT_FOR.get(port, f"Port {port} of the internet"))
        for port in ports_of(settings, service)
        for cidr in ranges
    )
