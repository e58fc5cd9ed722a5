from __future__ import annotations

from simcloud.bindings.cloudflare.dns_record import DnsRecord


class Record(DnsRecord):
    """The old name of DnsRecord."""

    token = "cloudflare:index/record:Record"
