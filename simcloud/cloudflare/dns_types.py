"""The types of records, and the parts that those have which are more than one text."""

from __future__ import annotations

from collections.abc import Mapping

# Cloudflare: `type` and `data` of cloudflare_dns_record in the provider's schema 6.23.1, read 2026-11.
PARTS: Mapping[str, tuple[str, ...]] = {
    "CAA": ("flags", "tag", "value"),
    "CERT": ("type", "key_tag", "algorithm", "certificate"),
    "DNSKEY": ("flags", "protocol", "algorithm", "public_key"),
    "DS": ("key_tag", "algorithm", "digest_type", "digest"),
    "HTTPS": ("priority", "target", "value"),
    "LOC": ("lat_degrees", "lat_direction", "long_degrees", "long_direction"),
    "NAPTR": ("order", "preference", "flags", "service", "regex", "replacement"),
    "SMIMEA": ("usage", "selector", "matching_type", "certificate"),
    "SRV": ("weight", "port", "target"),
    "SSHFP": ("algorithm", "type", "fingerprint"),
    "SVCB": ("priority", "target", "value"),
    "TLSA": ("usage", "selector", "matching_type", "certificate"),
    "URI": ("weight", "target"),
}
SIMPLE = ("A", "AAAA", "CNAME", "MX", "NS", "OPENPGPKEY", "PTR", "TXT")
TYPES = (*SIMPLE, *PARTS)
QUOTED = frozenset({"value", "regex", "service"})
"""Parts that stand in quotes in the content of CAA and NAPTR."""
LIMITS: Mapping[str, tuple[int, int]] = {
    "algorithm": (0, 255),
    "digest_type": (0, 255),
    "key_tag": (0, 65535),
    "lat_degrees": (0, 90),
    "long_degrees": (0, 180),
    "matching_type": (0, 255),
    "order": (0, 65535),
    "port": (0, 65535),
    "preference": (0, 65535),
    "priority": (0, 65535),
    "protocol": (0, 255),
    "selector": (0, 255),
    "usage": (0, 255),
    "weight": (0, 65535),
}
CAA_TAGS = ("issue", "issuewild", "iodef", "issuemail", "issuevmc")
