"""The pack: each rule's words, severity, level per environment and controls."""

from policies.controls import checkov, cis, iso, pci, security_hub, soc2
from policies.environment import Environment
from policies.rule import Level, Rule, Scope, Severity
from policies.rules.cache import encrypted_in_transit
from policies.rules.ecs import task_no_env_secrets
from policies.rules.edge import waf_everywhere
from policies.rules.lb import listener_encrypted
from policies.rules.net import (
    db_subnet_no_igw_route,
    sg_no_open_high_risk_ports,
    sg_public_ingress_only_on_edge,
)
from policies.rules.rds import backup_enabled, encrypted, not_public
from policies.rules.s3 import public_access_blocked, tls_only

NAME = "plinth"


def _levels(dev: Level, staging: Level, production: Level) -> dict[Environment, Level]:
    return {
        Environment.DEV: dev,
        Environment.STAGING: staging,
        Environment.PRODUCTION: production,
    }


ALWAYS = _levels(Level.MANDATORY, Level.MANDATORY, Level.MANDATORY)
"""Wrong in every environment."""

BEYOND_DEV = _levels(Level.ADVISORY, Level.MANDATORY, Level.MANDATORY)
"""A warning while developing."""

IN_PRODUCTION = _levels(Level.DISABLED, Level.ADVISORY, Level.MANDATORY)
"""Costs money or time that only production must spend."""

RULES: tuple[Rule, ...] = (
    Rule(
        id="net-sg-no-open-high-risk-ports",
        title="Database, cache, admin and metrics ports are closed to the internet",
        fix="Remove the world CIDR; let the caller's security group in with `target.allow_from(caller)`.",
        severity=Severity.CRITICAL,
        levels=ALWAYS,
        controls=(
            *security_hub("EC2.19"),
            *iso("A.8.20", "A.8.21", "A.8.22"),
            *soc2("CC6.6"),
        ),
        scope=Scope.RESOURCE,
        types=sg_no_open_high_risk_ports.TYPES,
        check=sg_no_open_high_risk_ports.check,
    ),
    Rule(
        id="net-sg-public-ingress-only-on-edge",
        title="The internet reaches only the declared edge, on ports 80 and 443",
        fix="Put the service behind the Gateway, or tag the Gateway's own security group plinth:edge = true.",
        severity=Severity.HIGH,
        levels=BEYOND_DEV,
        controls=(
            *checkov("CKV_AWS_260"),
            *security_hub("EC2.18"),
            *pci("1.2.5", "1.2.8", "1.3.1", "1.3.2", "1.4.2", "1.5.1", "2.2.5", "A1.1.3"),
            *iso("A.8.20", "A.8.21", "A.8.22"),
            *soc2("CC6.6"),
        ),
        scope=Scope.STACK,
        types=sg_public_ingress_only_on_edge.TYPES,
        check=sg_public_ingress_only_on_edge.check,
    ),
    Rule(
        id="net-db-subnet-no-igw-route",
        title="Database and cache subnets have no route to the internet",
        fix="Associate the subnet with the database route table, which has no default route.",
        severity=Severity.CRITICAL,
        levels=ALWAYS,
        controls=pci("1.3.1", "1.3.2", "1.4.1", "1.4.4"),
        scope=Scope.STACK,
        types=db_subnet_no_igw_route.TYPES,
        check=db_subnet_no_igw_route.check,
    ),
    Rule(
        id="rds-encrypted",
        title="Database storage is encrypted",
        fix="Set storage_encrypted=True. An existing instance must be rebuilt from an encrypted snapshot.",
        severity=Severity.CRITICAL,
        levels=ALWAYS,
        controls=(
            *checkov("CKV_AWS_16", "CKV_AWS_96"),
            *security_hub("RDS.3", "RDS.27"),
            *cis("2.3.1"),
            *pci("3.5.1", "8.3.2"),
            *iso("A.8.11", "A.8.24"),
            *soc2("PI1.5"),
        ),
        scope=Scope.RESOURCE,
        types=encrypted.TYPES,
        check=encrypted.check,
    ),
    Rule(
        id="rds-not-public",
        title="Databases have no public address",
        fix="Remove publicly_accessible, and reach the database from inside the network.",
        severity=Severity.CRITICAL,
        levels=ALWAYS,
        controls=(
            *checkov("CKV_AWS_17"),
            *security_hub("RDS.2"),
            *cis("2.3.3"),
            *pci(
                "1.2.8",
                "1.3.1",
                "1.3.2",
                "1.4.2",
                "1.5.1",
                "3.5.1.3",
                "10.3.2",
                "A1.1.2",
                "A1.1.3",
                "A3.4.1",
            ),
            *iso("A.8.1"),
            *soc2("CC6.2"),
        ),
        scope=Scope.RESOURCE,
        types=not_public.TYPES,
        check=not_public.check,
    ),
    Rule(
        id="rds-backup-enabled",
        title="Databases keep automated backups",
        fix="Set backup_retention_period to at least 1 day.",
        severity=Severity.HIGH,
        levels=BEYOND_DEV,
        controls=(
            *checkov("CKV_AWS_133"),
            *security_hub("RDS.11"),
            *pci("10.3.3"),
            *soc2("A1.2", "CC7.4"),
        ),
        scope=Scope.RESOURCE,
        types=backup_enabled.TYPES,
        check=backup_enabled.check,
    ),
    Rule(
        id="s3-public-access-blocked",
        title="Buckets block public access in all four ways",
        fix="Add a BucketPublicAccessBlock for the bucket with all four switches true.",
        severity=Severity.CRITICAL,
        levels=ALWAYS,
        controls=(
            *checkov("CKV2_AWS_6", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"),
            *security_hub("S3.8"),
            *cis("2.1.4"),
        ),
        scope=Scope.STACK,
        types=public_access_blocked.TYPES,
        check=public_access_blocked.check,
    ),
    Rule(
        id="s3-tls-only",
        title="Buckets refuse requests without TLS",
        fix="Deny s3:* to * in the bucket's policy where aws:SecureTransport is false.",
        severity=Severity.HIGH,
        levels=BEYOND_DEV,
        controls=(
            *checkov("CKV_AWS_379"),
            *security_hub("S3.5"),
            *cis("2.1.1"),
            *pci("1.2.5", "2.2.5", "2.2.7", "4.2.1", "4.2.1.1", "8.3.2"),
        ),
        scope=Scope.STACK,
        types=tls_only.TYPES,
        check=tls_only.check,
    ),
    Rule(
        id="ecs-task-no-env-secrets",
        title="Containers hold no secrets in plain environment variables",
        fix="Move the value to Secrets Manager and name it in the container's `secrets`.",
        severity=Severity.CRITICAL,
        levels=ALWAYS,
        controls=(*security_hub("ECS.8"), *pci("3.5.1", "8.2.2", "8.3.2")),
        scope=Scope.RESOURCE,
        types=task_no_env_secrets.TYPES,
        check=task_no_env_secrets.check,
    ),
    Rule(
        id="cache-encrypted-in-transit",
        title="Caches accept TLS only",
        fix="Set transit_encryption_enabled=True, and transit_encryption_mode to required.",
        severity=Severity.HIGH,
        levels=BEYOND_DEV,
        controls=(
            *checkov("CKV_AWS_30"),
            *security_hub("ElastiCache.5"),
            *pci("2.2.7", "4.2.1", "4.2.1.1", "8.3.2"),
            *iso("A.8.11", "A.8.24"),
            *soc2("CC6.7"),
        ),
        scope=Scope.RESOURCE,
        types=encrypted_in_transit.TYPES,
        check=encrypted_in_transit.check,
    ),
    Rule(
        id="lb-listener-encrypted",
        title="Listeners speak TLS; plain HTTP only redirects",
        fix="Use protocol HTTPS with a certificate; let port 80 redirect to it with HTTP 301.",
        severity=Severity.HIGH,
        levels=BEYOND_DEV,
        controls=(*checkov("CKV_AWS_2"), *security_hub("ELB.18")),
        scope=Scope.RESOURCE,
        types=listener_encrypted.TYPES,
        check=listener_encrypted.check,
    ),
    Rule(
        id="edge-waf-everywhere",
        title="Every way in from the internet passes a web application firewall",
        fix="Attach a web ACL, or admit only the CDN's prefix list to the balancer.",
        severity=Severity.HIGH,
        levels=IN_PRODUCTION,
        controls=(),
        scope=Scope.STACK,
        types=waf_everywhere.TYPES,
        check=waf_everywhere.check,
    ),
)
