"""The edge of an environment: a Cloudflare zone set, ruled and locked, with the same outputs as CloudFront's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi

from components.cloudflare_args import (
    CloudflareEdgeArgs,
    CloudflareOptions,
    FirewallRule,
    LogDelivery,
    OriginPulls,
    Pools,
    RegionOrigin,
)
from components.cloudflare_checks import check_cloudflare
from components.cloudflare_plans import Plan
from components.dns_cloudflare import CloudflareDns
from components.dns_zone import NameZone, label_of
from components.edge_kind import EdgeKind
from components.edge_lock import OriginLock
from components.errors import ComponentError
from components.gateway_ingress import Ingress, RequiredHeader

__all__ = [
    "CloudflareEdge",
    "CloudflareEdgeArgs",
    "CloudflareOptions",
    "FirewallRule",
    "LogDelivery",
    "OriginPulls",
    "Plan",
    "Pools",
    "RegionOrigin",
]

# The modules that import Cloudflare's SDK, which takes seconds, are imported where they are needed: whoever has no
# Cloudflare does not wait for it.


class CloudflareEdge(pulumi.ComponentResource):
    """A Cloudflare zone as the way in.

    `origin_ingress` admits Cloudflare's addresses and, of their many customers, this zone only: by a secret header,
    and by a client certificate where one is given. It is known once the zone sends them.
    """

    kind = EdgeKind.CLOUDFLARE
    component_name: str
    domain_names: Sequence[str]
    origin_ingress: Ingress
    prefix_list_ids: Mapping[str, pulumi.Output[str]]
    log_challenge_key: pulumi.Output[str] | None

    def __init__(
        self, name: str, args: CloudflareEdgeArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        check_cloudflare(name, args)
        super().__init__("plinth:edge:CloudflareEdge", name, {}, opts)
        self.component_name, self.domain_names, self._args = name, tuple(args.aliases), args
        self._set()
        lock = self._lock()
        self.origin_ingress = self._ingress(None if lock is None else self._sent(lock))
        self._balance(lock)
        self.log_challenge_key = self._deliver_logs()
        self.register_outputs({"domain_names": list(self.domain_names)})

    def publish(self, dns: NameZone) -> None:
        """Let Cloudflare answer for the public names; with pools their load balancers do so already."""
        if not isinstance(dns, CloudflareDns) or dns.zone_name != self._args.zone_name:
            raise ComponentError(
                self.component_name,
                f"the names are to be published in the zone {dns.zone_name} of {dns.kind}",
                expected=f"the Cloudflare zone {self._args.zone_name}, for which this edge was made",
                fix="keep the zone at Cloudflare (CloudflareDns), or use the CloudFront edge",
            )
        if self._args.pools is not None:
            return
        for host in self.domain_names:
            dns.proxied(label_of(host, dns.zone_name), host, self._args.origin_domain)

    def _set(self) -> None:
        from components.cloudflare_zone import rule_zone, set_zone

        set_zone(self, self.component_name, self._args)
        rule_zone(self, self.component_name, self._args)

    def _lock(self) -> OriginLock | None:
        if self._args.lock is None:
            return None
        opts = pulumi.ResourceOptions(parent=self)
        return OriginLock(f"{self.component_name}-lock", self._args.lock, opts)

    def _sent(self, lock: OriginLock) -> RequiredHeader:
        """What the zone sends from now on; its values are known once it does."""
        from components.cloudflare_zone import send_secret

        sent = send_secret(self, self.component_name, self._args, lock.header.name, lock.sent)
        values = [
            pulumi.Output.all(value, sent.id).apply(lambda known: str(known[0]))
            for value in lock.header.values
        ]
        return RequiredHeader(name=lock.header.name, values=values)

    def _ingress(self, header: RequiredHeader | None) -> Ingress:
        from components.cloudflare_origin import prefix_lists, pull_with_certificate

        args, name = self._args, self.component_name
        self.prefix_list_ids = prefix_lists(self, name, args.tags)
        pulls = args.origin_pulls
        trusted = pull_with_certificate(self, name, args.zone_id, pulls, args.tags) if pulls else None
        return Ingress(prefix_list_ids=self.prefix_list_ids, header=header, trust_store_arn=trusted)

    def _balance(self, lock: OriginLock | None) -> None:
        if self._args.pools is None:
            return
        from components.cloudflare_pools import balance

        secret = RequiredHeader(name=lock.header.name, values=[lock.sent]) if lock else None
        balance(self, self.component_name, self._args, self._args.pools, secret)

    def _deliver_logs(self) -> pulumi.Output[str] | None:
        if self._args.logs is None:
            return None
        from components.cloudflare_logs import deliver_logs

        return deliver_logs(self, self.component_name, self._args.zone_id, self._args.logs)
