"""Logpush: jobs that bring logs to a destination, and proofs that it is one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import is_unknown, items_of, number_of, one_of, part_of, text_of, within
from simcloud.cloudflare.collection import Collection, require_scope, without_nulls
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route

# Cloudflare: datasets and limits in the provider's documentation 6.23.1, read 2026-11; which are of zones, and the
# forms of destinations, are from memory of the Logpush pages, not verified.
ZONE_DATASETS = (
    "dns_logs", "firewall_events", "http_requests", "nel_reports", "page_shield_events", "spectrum_events",
    "turnstile_events", "websocket_analytics", "zaraz_events", "email_security_alerts",
)  # fmt: skip
ACCOUNT_DATASETS = (
    "access_requests", "account_abuse_protection_events", "audit_logs", "audit_logs_v2", "biso_user_actions",
    "casb_findings", "device_posture_results", "dex_application_tests", "dex_device_state_events",
    "dlp_forensic_copies", "dns_firewall_logs", "email_security_alerts", "email_security_post_delivery_events",
    "gateway_dns", "gateway_http", "gateway_network", "ipsec_logs", "magic_bgp_logs", "magic_ids_detections",
    "mcp_portal_logs", "mnm_flow_logs", "network_analytics_logs", "sinkhole_http_logs", "ssh_logs",
    "turnstile_events", "warp_config_changes", "warp_toggle_changes", "workers_trace_events",
    "zero_trust_network_sessions",
)  # fmt: skip
_SCHEMES = ("s3", "gs", "azure", "r2", "https", "http", "splunk", "sumo", "datadog", "newrelic", "bigquery")
_PROVEN = ("s3", "gs", "azure")
"""Destinations of which one must prove that they are one's own."""
_FAILED = 1002
_NAME = re.compile(r"[A-Za-z0-9.-]{0,512}")


class Jobs(Collection):
    """A challenge is taken for answered by any text: nothing is written to a bucket, so none can be compared."""

    missing = (1001, "job not found")
    required = ("destination_conf",)
    defaults = {"dataset": "http_requests", "enabled": False, "frequency": "high", "kind": ""}
    stamps = ("", "")
    fixed = frozenset({"dataset", "kind"})
    hidden = frozenset({"ownership_challenge"})
    updates = ("PUT",)
    datasets: tuple[str, ...]

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "dataset", self.datasets, _FAILED)
        yield from destination_problems(body)
        yield from one_of(body, "frequency", ("high", "low"), _FAILED)
        yield from one_of(body, "kind", ("", "edge"), _FAILED)
        name = text_of(body, "name")
        if name is not None and not _NAME.fullmatch(name):
            yield ApiError(_FAILED, f"name {name!r} may hold letters, digits, - and . only", "name")
        for limit, low, high in _LIMITS:
            if number_of(body, limit) != 0:
                yield from within(body, limit, low, high, _FAILED)
        yield from _options(body)

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        scheme = urlsplit(text_of(body, "destination_conf") or "").scheme
        answered = is_unknown(body, "ownership_challenge") or bool(body.get("ownership_challenge"))
        if scheme in _PROVEN and not answered:
            message = f"ownership_challenge is required for a destination of {scheme}"
            yield ApiError(_FAILED, message, "ownership_challenge")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {"id": int(call.params.get("id") or old.get("id") or call.dice.randrange(10**5, 10**8)),
                "last_complete": None, "last_error": None, "error_message": None}  # fmt: skip

    def identity(self, call: Call, body: Body) -> str:
        raise AssertionError("ids of jobs are numbers: see create")  # pragma: no cover

    def create(self, call: Call) -> Body:
        require_scope(call)
        body = self.checked(call, without_nulls(call.body), "")
        made = {**body, **self.computed(call, body, {})}
        call.store.put(self.kind(call), str(made["id"]), made)
        return self.shown(made)

    def _stamped(self, call: Call, old: Record) -> Body:
        return {}


class ZoneJobs(Jobs):
    """Of a zone's logs."""

    path = "/zones/{zone_id}/logpush/jobs"
    datasets = ZONE_DATASETS


class AccountJobs(Jobs):
    """Of an account's logs."""

    path = "/accounts/{account_id}/logpush/jobs"
    datasets = ACCOUNT_DATASETS


def destination_problems(body: Body) -> Iterator[ApiError]:
    """What is wrong with `destination_conf`."""
    destination = text_of(body, "destination_conf")
    if destination is None:
        return
    location = urlsplit(destination)
    if location.scheme not in _SCHEMES or not location.netloc:
        expected = ", ".join(f"{scheme}://" for scheme in _SCHEMES)
        message = f"invalid destination_conf {destination!r}: expected {expected} followed by a place"
        yield ApiError(_FAILED, message, "destination_conf")
    elif location.scheme == "s3" and not parse_qs(location.query).get("region"):
        message = "invalid destination_conf: s3://bucket/path needs ?region=<region of the bucket>"
        yield ApiError(_FAILED, message, "destination_conf")
    elif location.scheme == "r2" and not {"account-id", "access-key-id", "secret-access-key"} <= set(
        parse_qs(location.query)
    ):
        message = "invalid destination_conf: r2:// needs account-id, access-key-id and secret-access-key"
        yield ApiError(_FAILED, message, "destination_conf")


def _options(body: Body) -> Iterator[ApiError]:
    options = part_of(body, "output_options")
    yield from one_of(options, "output_type", ("ndjson", "csv"), _FAILED, "output_options.output_type")
    formats = ("unixnano", "unix", "rfc3339", "rfc3339ms", "rfc3339ns")
    yield from one_of(options, "timestamp_format", formats, _FAILED, "output_options.timestamp_format")
    yield from within(options, "sample_rate", 0, 1, _FAILED, "output_options.sample_rate")
    if (
        "field_names" in options
        and not is_unknown(options, "field_names")
        and not items_of(options, "field_names")
    ):
        yield ApiError(
            _FAILED, "field_names is empty: no field would be pushed", "output_options.field_names"
        )


def _challenge(call: Call) -> Body:
    require_scope(call)
    body = without_nulls(call.body)
    for error in destination_problems(body):
        raise error
    path = urlsplit(body["destination_conf"]).path.strip("/")
    name = f"ownership-challenge-{call.new_id(8)}.txt"
    return {"filename": f"{path}/{name}" if path else name, "message": "", "valid": True}


_LIMITS = (
    ("max_upload_bytes", 5_000_000, 1_000_000_000),
    ("max_upload_interval_seconds", 30, 300),
    ("max_upload_records", 1000, 1_000_000),
)
ZONE, ACCOUNT = ZoneJobs(), AccountJobs()
ROUTES = [
    *ZONE.routes(),
    *ACCOUNT.routes(),
    Route("POST", "/zones/{zone_id}/logpush/ownership", _challenge),
    Route("POST", "/accounts/{account_id}/logpush/ownership", _challenge),
]
