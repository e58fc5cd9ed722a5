from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.servicediscovery._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_WORDS = {"ttl": "TTL"}
_LONGEST_TTL = 2_147_483_647
# AWS: CreateService, Cloud Map API Reference: `Name`; from memory, not verified.
_DNS_NAME = re.compile(r"[a-zA-Z0-9_]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?")


class Service(Binding):
    """A service of a namespace: a name behind which instances are registered."""

    token = "aws:servicediscovery/service:Service"
    service = "servicediscovery"
    operation = "create_service"
    parameters = {"Name": "name", "DnsConfig.DnsRecords": "dnsConfig.dnsRecords"}
    replaces = frozenset({"name", "namespaceId", "type", "healthCheckCustomConfig"})
    defaults = {"forceDestroy": False}
    autoname = AutoName(limit=127)
    tagging = TAGS
    references = (Reference("namespaceId", "namespace"), Reference("dnsConfig.namespaceId", "namespace"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Name": new["name"],
                "NamespaceId": new.get("namespaceId"),
                "Description": new.get("description"),
                "DnsConfig": _routed(_words.to_api(new.get("dnsConfig"), _WORDS)),
                "HealthCheckConfig": _words.to_api(new.get("healthCheckConfig"), {}),
                "HealthCheckCustomConfig": _words.to_api(new.get("healthCheckCustomConfig"), {}),
                "Type": new.get("type"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        request = {**self.request(ctx, new), "CreatorRequestId": uuid.uuid4().hex}
        return self.identify(ctx, ctx.client(self.service).create_service(**request), new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Service"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        request = self.request(ctx, new)
        dns = request.get("DnsConfig")
        change = {
            "Description": new.get("description", ""),
            "DnsConfig": {"DnsRecords": dns["DnsRecords"]} if dns else None,
            "HealthCheckConfig": request.get("HealthCheckConfig"),
        }
        ctx.client(self.service).update_service(Id=identity, Service=without_none(change))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client(self.service).get_service(Id=identity)["Service"]
        return {
            "arn": found["Arn"],
            "name": found["Name"],
            "namespaceId": found["NamespaceId"],
            "type": found["Type"],
            "description": found.get("Description") or None,
            "dnsConfig": _words.from_api(found.get("DnsConfig"), _WORDS) or None,
            "healthCheckConfig": _words.from_api(found.get("HealthCheckConfig"), {}) or None,
            "healthCheckCustomConfig": _words.from_api(found.get("HealthCheckCustomConfig"), {}) or None,
        }

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """Types of records and the namespace are for good; only TTLs change in place."""
        return frozenset({"dnsConfig"}) if _fixed(old) != _fixed(new) else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        cloud_map = ctx.client(self.service)
        if old.get("forceDestroy"):
            for instance in cloud_map.list_instances(ServiceId=identity)["Instances"]:
                cloud_map.deregister_instance(ServiceId=identity, InstanceId=instance["Id"])
        cloud_map.delete_service(Id=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        dns, name = new.get("dnsConfig"), new["name"]
        if dns is None and new.get("namespaceId") is None:
            yield Refusal("InvalidInput", "a namespaceId is needed, here or in dnsConfig.", "namespaceId")
        if dns is not None and isinstance(name, str) and not _DNS_NAME.fullmatch(name):
            yield Refusal("InvalidInput", f"{name!r} cannot be part of a domain name.", "name")
        if dns is not None and new.get("type") == "HTTP":
            yield Refusal("InvalidInput", "type HTTP has no dnsConfig.", "dnsConfig")
        if new.get("healthCheckConfig") is not None and new.get("healthCheckCustomConfig") is not None:
            yield Refusal(
                "InvalidInput",
                "healthCheckConfig and healthCheckCustomConfig exclude each other.",
                "healthCheckCustomConfig",
            )
        if isinstance(dns, dict):
            yield from _record_problems(dns)
        yield from _namespace_problems(ctx, new)


# AWS: DnsRecord and DnsConfig, Cloud Map API Reference; from memory of AWS's documentation, not verified.
def _record_problems(dns: Mapping[str, Value]) -> Iterator[Refusal]:
    records, path = dns.get("dnsRecords"), "dnsConfig.dnsRecords"
    if not isinstance(records, list):
        return
    types = [record.get("type") for record in records if isinstance(record, dict)]
    if not types:
        yield Refusal("InvalidInput", "at least one record is needed.", path)
    if "CNAME" in types and len(types) > 1:
        yield Refusal("InvalidInput", "CNAME goes with no other record type.", path)
    if "CNAME" in types and dns.get("routingPolicy", "MULTIVALUE") != "WEIGHTED":
        yield Refusal("InvalidInput", "CNAME needs the routing policy WEIGHTED.", "dnsConfig.routingPolicy")
    if len(set(map(str, types))) < len(types):
        yield Refusal("InvalidInput", "each record type can be given once.", path)
    for position, record in enumerate(records):
        ttl = record.get("ttl") if isinstance(record, dict) else None
        if isinstance(ttl, int) and ttl > _LONGEST_TTL:
            yield Refusal(
                "InvalidInput",
                f"{ttl} seconds: at most {_LONGEST_TTL} are allowed.",
                f"{path}[{position}].ttl",
            )


def _namespace_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What a namespace without, or with private, DNS does not go with."""
    dns = new.get("dnsConfig") if isinstance(new.get("dnsConfig"), dict) else {}
    identity = new.get("namespaceId") or (dns or {}).get("namespaceId")
    if not isinstance(identity, str):
        return
    listed = ctx.client("servicediscovery").list_namespaces()["Namespaces"]
    kind = next((namespace["Type"] for namespace in listed if namespace["Id"] == identity), None)
    if kind == "HTTP" and dns:
        yield Refusal("InvalidInput", f"{identity} is an HTTP namespace: it has no DNS.", "dnsConfig")
    if kind == "DNS_PRIVATE" and new.get("healthCheckConfig") is not None:
        yield Refusal(
            "InvalidInput",
            "healthCheckConfig is for public DNS namespaces only.",
            "healthCheckConfig",
            "use healthCheckCustomConfig.",
        )


def _routed(dns: Value) -> Value:
    return {"RoutingPolicy": "MULTIVALUE", **dns} if isinstance(dns, dict) else dns


def _fixed(props: Props) -> tuple[Value, list[Value]]:
    config = props.get("dnsConfig") or {}
    return config.get("namespaceId"), [record.get("type") for record in config.get("dnsRecords") or ()]
