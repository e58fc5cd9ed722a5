"""Balancers speak TLS; plain HTTP only redirects to HTTPS.

Matters here because CloudFront talks to the balancer over the internet, with the users' cookies.
"""

from collections.abc import Iterator

from policies import tokens
from policies.resource import Resource
from policies.verdict import Verdict, require
from policies.view import Truth, all_of, any_of

TYPES = (tokens.LISTENER,)

_ENCRYPTED = ("HTTPS", "TLS", "QUIC", "TCP_QUIC")


def check(listener: Resource) -> Iterator[Verdict]:
    protocol = listener.at("protocol")
    acceptable = any_of([protocol.equals(*_ENCRYPTED), _only_redirects(listener)])
    yield require(acceptable, "is neither encrypted nor a redirect to HTTPS", protocol.path)


def _only_redirects(listener: Resource) -> Truth:
    actions = listener.at("defaultActions").items()
    redirects = [
        all_of(
            [
                one.at("type").equals("redirect"),
                one.at("redirect", "protocol").equals("HTTPS"),
            ]
        )
        for one in actions
    ]
    return all_of(redirects) if redirects else Truth.FALSE
