"""Who may reach the origin behind Cloudflare. Imports Cloudflare's SDK: import this only when it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws
import pulumi_cloudflare as cloudflare

from components import names
from components.cloudflare_args import OriginPulls

# Cloudflare has 15 ranges of IPv4 and 7 of IPv6 (https://www.cloudflare.com/ips, read 2026-11). A security group's
# quota of 60 rules counts the room of a list, not what is in it: both together leave room for the rest.
_ROOM = {"ipv4": 20, "ipv6": 10}
_FAMILY = {"ipv4": "IPv4", "ipv6": "IPv6"}


def prefix_lists(
    parent: pulumi.Resource, name: str, tags: Mapping[str, str]
) -> Mapping[str, pulumi.Output[str]]:
    """Cloudflare's address ranges as prefix lists of ours, by family; asked anew with every deployment."""
    ranges = cloudflare.get_ip_ranges_output(opts=pulumi.InvokeOutputOptions(parent=parent))
    cidrs = {"ipv4": ranges.ipv4_cidrs, "ipv6": ranges.ipv6_cidrs}
    return {
        f"cloudflare-{version}": aws.ec2.ManagedPrefixList(
            f"{name}-{version}",
            address_family=_FAMILY[version],
            max_entries=_ROOM[version],
            entries=cidrs[version].apply(_entries),
            tags={**tags, "Name": f"{name}-{version}"},
            opts=pulumi.ResourceOptions(parent=parent),
        ).id
        for version in _ROOM
    }


def pull_with_certificate(
    parent: pulumi.Resource,
    name: str,
    zone_id: pulumi.Input[str],
    pulls: OriginPulls,
    tags: Mapping[str, str],
) -> pulumi.Output[str]:
    """Let the zone show a certificate of its own to the origin; the ARN of the trust store that knows it.

    The ARN is known once the zone shows the certificate, so that nothing asks for it before.
    """
    opts = pulumi.ResourceOptions(parent=parent)
    certificate = cloudflare.AuthenticatedOriginPullsCertificate(
        f"{name}-pulls",
        zone_id=zone_id,
        certificate=pulls.certificate,
        private_key=pulumi.Output.secret(pulls.private_key),
        opts=opts,
    )
    shown = cloudflare.AuthenticatedOriginPullsSettings(
        f"{name}-pulls",
        zone_id=zone_id,
        enabled=True,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[certificate]),
    )
    store = _trust_store(parent, name, pulls, tags)
    return pulumi.Output.all(store.arn, shown.id).apply(lambda known: str(known[0]))


def _trust_store(
    parent: pulumi.Resource, name: str, pulls: OriginPulls, tags: Mapping[str, str]
) -> aws.lb.TrustStore:
    opts = pulumi.ResourceOptions(parent=parent)
    bundle = aws.s3.BucketObjectv2(
        f"{name}-authority",
        bucket=pulls.bucket,
        key=f"{name}/authority.pem",
        content=pulls.authority,
        content_type="application/x-pem-file",
        opts=opts,
    )
    return aws.lb.TrustStore(
        names.fit(f"{name}-pulls", names.TARGET_GROUP),
        ca_certificates_bundle_s3_bucket=bundle.bucket,
        ca_certificates_bundle_s3_key=bundle.key,
        tags={**tags, "Name": f"{name}-pulls"},
        opts=opts,
    )


def _entries(cidrs: Sequence[str]) -> list[aws.ec2.ManagedPrefixListEntryArgsDict]:
    return [{"cidr": cidr, "description": "Cloudflare"} for cidr in sorted(cidrs)]
