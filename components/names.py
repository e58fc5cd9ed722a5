"""How long physical names may be, checked before AWS refuses them halfway through a deployment."""

from __future__ import annotations

from dataclasses import dataclass

from components.errors import ComponentError

# Pulumi's auto-naming appends a hyphen and seven hexadecimal digits.
GENERATED_SUFFIX = 8


@dataclass(frozen=True)
class Limit:
    """The most characters that AWS takes for a kind of name."""

    what: str
    characters: int


# AWS: API references of these services, as shipped in botocore 1.44.5 (documentation texts or string maxima
# of the service models), read 2026-11.
ALARM = Limit("alarm name", 255)
BUCKET = Limit("bucket name", 63)
CACHE = Limit("replication group id", 40)
DATABASE = Limit("database identifier", 63)
ECS_SERVICE = Limit("ECS service name", 255)
KMS_ALIAS = Limit("KMS alias", 256)
LOAD_BALANCER = Limit("load balancer name", 32)
LOG_GROUP = Limit("log group name", 512)
REPOSITORY = Limit("repository name", 256)
ROLE = Limit("IAM role name", 64)
SECRET = Limit("secret name", 512)
SECURITY_GROUP = Limit("security group name", 255)
TARGET_GROUP = Limit("target group name", 32)
WEB_ACL = Limit("web ACL name", 128)


def fit(name: str, limit: Limit, *, generated: bool = True) -> str:
    """`name` unchanged, or ComponentError where it is too long; never cut, for a cut name may be another's.

    `generated`: Pulumi makes the physical name from `name` and a suffix of eight characters.
    """
    room = limit.characters - (GENERATED_SUFFIX if generated else 0)
    if len(name) <= room:
        return name
    raise ComponentError(
        name,
        f"{len(name)} characters are too many for a {limit.what}",
        expected=f"at most {room} ({_arithmetic(limit, generated)})",
        fix="shorten the system's short name or the component's name",
    )


def _arithmetic(limit: Limit, generated: bool) -> str:
    if not generated:
        return f"AWS takes {limit.characters}"
    return f"AWS takes {limit.characters}, Pulumi's suffix needs {GENERATED_SUFFIX}"
