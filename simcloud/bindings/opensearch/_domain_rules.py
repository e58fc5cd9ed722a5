"""What OpenSearch Service refuses in a domain.

AWS: CreateDomain, OpenSearch Service API Reference, and «Fine-grained access control»; from memory, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud import policy_document
from simcloud.bindings.opensearch import _node_rules
from simcloud.bindings.opensearch._catalogue import BURSTING, VERSIONS, family
from simcloud.policy_document import Grammar
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

POLICY = Grammar("ValidationException", principal=True, free_sid=True)
_SECURITY = "advancedSecurityOptions"


def problems(new: Props) -> Iterator[Refusal]:
    """Contradictions inside the domain."""
    version = new.get("engineVersion")
    if isinstance(version, str) and version not in VERSIONS:
        yield _refused(
            f"Invalid engine version {version}; the newest are {', '.join(VERSIONS[-3:])}.", "engineVersion"
        )
    yield from policy_document.problems(new.get("accessPolicies"), "accessPolicies", POLICY)
    yield from _node_rules.problems(new)
    yield from _security(new)
    yield from _endpoint(new)
    yield from _tuning(new)
    yield from _logs(new)


def _security(new: Props) -> Iterator[Refusal]:
    options = new.get(_SECURITY)
    if not isinstance(options, Mapping) or options.get("enabled") is not True:
        return
    needed = (
        ("encryptAtRest", "enabled"),
        ("nodeToNodeEncryption", "enabled"),
        ("domainEndpointOptions", "enforceHttps"),
    )
    for block, name in needed:
        if _is_off(new.get(block), name):
            yield _refused(
                f"fine-grained access control needs {block}.{name}.", block, f"set {block}.{name} to true."
            )
    internal, master = options.get("internalUserDatabaseEnabled"), options.get("masterUserOptions")
    if not isinstance(master, Mapping):
        if master is None and not options.get("anonymousAuthEnabled"):
            yield _refused("fine-grained access control needs masterUserOptions.", _SECURITY)
        return
    path = f"{_SECURITY}.masterUserOptions"
    if internal is True and not ("masterUserName" in master and "masterUserPassword" in master):
        yield _refused("the internal user database needs masterUserName and masterUserPassword.", path)
    if internal is not True and "masterUserArn" not in master:
        yield _refused("without the internal user database masterUserArn is needed.", path)
    yield from _password(master.get("masterUserPassword"), f"{path}.masterUserPassword")


def _password(password: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(password, str):
        return
    kinds = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    if len(password) < 8 or not all(any(map(kind, password)) for kind in kinds):
        yield _refused(
            "The master user password must contain at least one uppercase letter, one lowercase letter, one number, "
            "and one special character, and have at least 8 characters.",
            path,
        )


def _endpoint(new: Props) -> Iterator[Refusal]:
    options = new.get("domainEndpointOptions")
    if not isinstance(options, Mapping) or options.get("customEndpointEnabled") is not True:
        return
    for name in ("customEndpoint", "customEndpointCertificateArn"):
        if name not in options:
            yield _refused(f"a custom endpoint needs {name}.", f"domainEndpointOptions.{name}")


def _tuning(new: Props) -> Iterator[Refusal]:
    options, cluster = new.get("autoTuneOptions"), new.get("clusterConfig")
    kind = cluster.get("instanceType") if isinstance(cluster, Mapping) else None
    on = isinstance(options, Mapping) and options.get("desiredState") == "ENABLED"
    if on and isinstance(kind, str) and family(kind) in BURSTING:
        yield _refused(
            "Autotune is not supported in t2/t3 instance types. Please disable autotune or change your instance type.",
            "autoTuneOptions.desiredState",
        )


def _logs(new: Props) -> Iterator[Refusal]:
    logs, security = new.get("logPublishingOptions"), new.get(_SECURITY)
    for position, log in enumerate(logs if isinstance(logs, list) else ()):
        kind = log.get("logType") if isinstance(log, Mapping) else None
        if kind == "AUDIT_LOGS" and _is_off(security, "enabled"):
            yield _refused(
                "audit logs cannot be enabled for domains without advanced security options.",
                f"logPublishingOptions[{position}].logType",
            )


def _is_off(block: Value, name: str) -> bool:
    """Whether a switch is known to be off."""
    if block is None:
        return True
    return isinstance(block, Mapping) and block.get(name, False) is False


def _refused(message: str, path: str, fix: str = "") -> Refusal:
    return Refusal("ValidationException", message, path, fix)
