"""The registry of an account as ECR keeps it."""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecr.models import ECRBackend
from moto.ecr.responses import ECRResponse

from simcloud.patches import adds, around

# AWS: «Pull through cache», ECR User Guide: upstream registries by address; from memory, not verified.
_UPSTREAMS = {
    "public.ecr.aws": "ecr-public",
    "quay.io": "quay",
    "registry.k8s.io": "k8s",
    "registry-1.docker.io": "docker-hub",
    "ghcr.io": "github-container-registry",
    "registry.gitlab.com": "gitlab-container-registry",
}


@around(ECRBackend)
def put_replication_configuration(original: Any, self: Any, replication_config: dict[str, Any]) -> Any:
    """AWS: up to ten rules; moto: one."""
    for rule in replication_config["rules"]:
        original(self, {"rules": [rule]})
    self.replication_config = replication_config
    return {"replicationConfiguration": replication_config}


@adds(ECRResponse)
def create_pull_through_cache_rule(self: Any) -> Any:
    """AWS: images of other registries are kept under a prefix; moto: not implemented."""
    rules, prefix = _rules(self), self._get_param("ecrRepositoryPrefix")
    if prefix in rules:
        raise _error("PullThroughCacheRuleAlreadyExistsException", f"A rule for {prefix} already exists.")
    address = self._get_param("upstreamRegistryUrl").removeprefix("https://")
    given = {
        name: self._get_param(name)
        for name in ("upstreamRegistry", "credentialArn", "customRoleArn", "upstreamRepositoryPrefix")
    }
    rules[prefix] = {
        "ecrRepositoryPrefix": prefix,
        "upstreamRegistryUrl": address,
        "upstreamRegistry": _UPSTREAMS.get(
            address, "azure-container-registry" if "azurecr" in address else "ecr"
        ),
        "registryId": self.current_account,
        "createdAt": utcnow(),
        "updatedAt": utcnow(),
        **{name: value for name, value in given.items() if value is not None},
    }
    return ActionResult(rules[prefix])


@adds(ECRResponse)
def describe_pull_through_cache_rules(self: Any) -> Any:
    """AWS: tells the rules; moto: not implemented."""
    wanted = self._get_param("ecrRepositoryPrefixes")
    found = [_rule(self, prefix) for prefix in wanted] if wanted else list(_rules(self).values())
    return ActionResult({"pullThroughCacheRules": found})


@adds(ECRResponse)
def update_pull_through_cache_rule(self: Any) -> Any:
    """AWS: credentials and role can be changed; moto: not implemented."""
    rule = _rule(self, self._get_param("ecrRepositoryPrefix"))
    for name in ("credentialArn", "customRoleArn"):
        if self._get_param(name) is not None:
            rule[name] = self._get_param(name)
    rule["updatedAt"] = utcnow()
    return ActionResult(rule)


@adds(ECRResponse)
def delete_pull_through_cache_rule(self: Any) -> Any:
    """AWS: removes a rule; moto: not implemented."""
    rule = _rule(self, self._get_param("ecrRepositoryPrefix"))
    del _rules(self)[rule["ecrRepositoryPrefix"]]
    return ActionResult(rule)


def _rules(self: Any) -> dict[str, Any]:
    rules: dict[str, Any] = vars(self.ecr_backend).setdefault("pull_through_cache_rules", {})
    return rules


def _rule(self: Any, prefix: str) -> Any:
    if prefix not in _rules(self):
        raise _error(
            "PullThroughCacheRuleNotFoundException", f"The pull through cache rule {prefix} does not exist."
        )
    return _rules(self)[prefix]


def _error(code: str, text: str) -> JsonRESTError:
    return JsonRESTError(code, text)
