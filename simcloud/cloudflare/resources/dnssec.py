"""DNSSEC of a zone."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import one_of
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route
from simcloud.cloudflare.singleton import Singleton


class Dnssec(Singleton):
    """A zone that is signed is `active` at once: its DS record is always at the registrar already.

    Codes are from memory of the API, not verified.
    """

    path = "/zones/{zone_id}/dnssec"
    defaults = {"status": "disabled"}
    removable = True

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "status", ("active", "disabled"), 1004)
        if body.get("dnssec_presigned") is True and body.get("dnssec_multi_signer") is True:
            message = "a zone that is signed elsewhere cannot have several signers"
            yield ApiError(1004, message, "dnssec_presigned")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        if "digest" in old:
            return {}
        tag, digest = call.dice.randrange(1, 65536), call.new_id(64).upper()
        zone = (call.zone() or {}).get("name")
        return {
            "algorithm": "13",
            "digest": digest,
            "digest_algorithm": "SHA256",
            "digest_type": "2",
            "ds": f"{zone}. 3600 IN DS {tag} 13 2 {digest}",
            "flags": 257,
            "key_tag": tag,
            "key_type": "ECDSAP256SHA256",
            "public_key": f"mdsswUyr3DPW132mOi8V9xESWE8jTo0d{call.new_id(31)}==",
        }


SINGLETON = Dnssec()
ROUTES: list[Route] = SINGLETON.routes()
