"""What RDS refuses of passwords, monitoring and certificates, of instances and clusters alike."""

# AWS: CreateDBInstance and CreateDBCluster, RDS API Reference; per reference notes, not verified against AWS.

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings.rds._catalogue import Engine
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_IDENTIFIER = re.compile(r"[a-z](?:-?[a-z0-9])*")
_SNAPSHOT = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9])*")
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_DATABASE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MONITORING_INTERVALS = (0, 1, 5, 10, 15, 30, 60)
_CA_CERTIFICATES = ("rds-ca-ecc384-g1", "rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1")


def database(name: Value, path: str) -> Iterator[Refusal]:
    """The name of the first database."""
    if isinstance(name, str) and not (_DATABASE.fullmatch(name) and len(name) <= 63):
        yield _invalid(
            f"DBName must begin with a letter and contain only alphanumeric characters: {name!r}.", path
        )


def username(name: str, engine: Engine, path: str) -> Iterator[Refusal]:
    """The name of the master user."""
    if name.lower() in engine.reserved_usernames:
        yield _invalid(
            f"MasterUsername {name} cannot be used as it is a reserved word used by the engine", path
        )
    elif not _USERNAME.fullmatch(name) or len(name) > engine.username_limit:
        yield _invalid(
            f"MasterUsername {name!r} must begin with a letter and have at most {engine.username_limit} letters, "
            "digits and underscores.",
            path,
        )


def identifier(name: Value, path: str) -> Iterator[Refusal]:
    """What an instance or a cluster is called."""
    if isinstance(name, str) and not (_IDENTIFIER.fullmatch(name) and len(name) <= 63):
        yield _invalid(
            f"The parameter {path} is not a valid identifier: {name!r}. Identifiers must begin with a letter, have at "
            "most 63 lower-case letters, digits and hyphens, and neither end with a hyphen nor have two in a row.",
            path,
        )


def snapshot(name: Value, path: str) -> Iterator[Refusal]:
    """What a snapshot is called."""
    if isinstance(name, str) and not (_SNAPSHOT.fullmatch(name) and len(name) <= 255):
        yield _invalid(f"{name!r} is not a valid snapshot identifier.", path)


def monitoring(new: Props, certificate: str = "caCertIdentifier") -> Iterator[Refusal]:
    """Enhanced monitoring, Performance Insights and the certificate, which is the property `certificate`."""
    interval = new.get("monitoringInterval", 0)
    if isinstance(interval, int) and interval not in _MONITORING_INTERVALS:
        yield _invalid(
            f"MonitoringInterval {interval} is not one of {', '.join(map(str, _MONITORING_INTERVALS))}.",
            "monitoringInterval",
        )
    elif isinstance(interval, int) and interval > 0 and "monitoringRoleArn" not in new:
        yield _combination(
            "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
            "monitoringRoleArn",
        )
    days = new.get("performanceInsightsRetentionPeriod")
    if isinstance(days, int) and not (days in (7, 731) or (days % 31 == 0 and 31 <= days <= 713)):
        yield _invalid(
            f"Invalid Performance Insights retention period {days}: 7, 731 or a multiple of 31.",
            "performanceInsightsRetentionPeriod",
        )
    authority = new.get(certificate)
    if isinstance(authority, str) and authority not in _CA_CERTIFICATES:
        yield Refusal(
            "CertificateNotFound",
            f"Certificate not found: {authority}. There are {', '.join(_CA_CERTIFICATES)}.",
            certificate,
        )


def passwords(new: Props, engine: Engine | None, plain: str = "password") -> Iterator[Refusal]:
    """The master's password, whose property is `plain`, `<plain>Wo` or AWS's own keeping."""
    write_only, managed = f"{plain}Wo", "manageMasterUserPassword"
    ways = [name for name in (plain, write_only, managed) if new.get(name) not in (None, False)]
    if len(ways) > 1:
        yield _combination(f"{' and '.join(ways)} exclude each other.", ways[1])
    if write_only in new and f"{write_only}Version" not in new:
        yield Refusal("MissingParameter", f"{write_only} needs {write_only}Version.", f"{write_only}Version")
    if "masterUserSecretKmsKeyId" in new and not new.get(managed):
        yield _combination(
            "MasterUserSecretKmsKeyId can only be given with ManageMasterUserPassword.",
            "masterUserSecretKmsKeyId",
        )
    limit = engine.password_limit if engine else 128
    for name in (plain, write_only):
        password = new.get(name)
        if isinstance(password, str):
            yield from _password(password, name, limit)


def _password(password: str, name: str, limit: int) -> Iterator[Refusal]:
    if not 8 <= len(password) <= limit:
        yield _invalid(
            f"The parameter MasterUserPassword is not a valid password because it must have 8 to {limit} characters.",
            name,
        )
    if any(one in '/@" ' or not "!" <= one <= "~" for one in password):
        yield _invalid(
            "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides "
            "'/', '@', '\"', ' ' may be used.",
            name,
        )


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)


def _combination(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, path)
