"""Search domains as OpenSearch Service answers them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.ec2.models import ec2_backends
from moto.es import urls
from moto.opensearch.exceptions import ResourceNotFoundException
from moto.opensearch.models import OpenSearchDomain
from moto.opensearch.responses import OpenSearchServiceResponse

from simcloud.bindings.opensearch._catalogue import NEWEST, can_become
from simcloud.patches import adds, around

_ATTRIBUTES = {
    "AccessPolicies": "access_policies",
    "AdvancedOptions": "advanced_options",
    "AdvancedSecurityOptions": "advanced_security_options",
    "AutoTuneOptions": "auto_tune_options",
    "ClusterConfig": "cluster_config",
    "CognitoOptions": "cognito_options",
    "DomainEndpointOptions": "domain_endpoint_options",
    "EBSOptions": "ebs_options",
    "EncryptionAtRestOptions": "encryption_at_rest_options",
    "LogPublishingOptions": "log_publishing_options",
    "NodeToNodeEncryptionOptions": "node_to_node_encryption_options",
    "OffPeakWindowOptions": "off_peak_window_options",
    "SnapshotOptions": "snapshot_options",
    "SoftwareUpdateOptions": "software_update_options",
    "VPCOptions": "vpc_options",
}
_LOST = {
    "AIMLOptions": {
        "NaturalLanguageQueryGenerationOptions": {"DesiredState": "DISABLED"},
        "S3VectorsEngine": {"Enabled": False},
        "ServerlessVectorAcceleration": {"Enabled": False},
    },
    "DeploymentStrategyOptions": {"DeploymentStrategy": "Default"},
    "IPAddressType": "ipv4",
    "IdentityCenterOptions": None,
}
_OFF_PEAK = {"Enabled": True, "OffPeakWindow": {"WindowStartTime": {"Hours": 22, "Minutes": 0}}}
_ENDPOINT = {
    "EnforceHTTPS": False,
    "TLSSecurityPolicy": "Policy-Min-TLS-1-2-2019-07",
    "CustomEndpointEnabled": False,
}


@around(OpenSearchServiceResponse)
def create_domain(original: Any, self: Any) -> Any:
    """AWS: unique names; moto: overwrites, and loses some settings."""
    name, domains = self._get_param("DomainName"), self.opensearch_backend.domains
    if name in domains:
        raise JsonRESTError("ResourceAlreadyExistsException", f"Domain/{name} already exists.")
    original(self)
    domain = domains[name]
    for option, default in _LOST.items():
        vars(domain).setdefault("lost", {})[option] = self._get_param(option) or default
    domain.off_peak_window_options = {**_OFF_PEAK, **(domain.off_peak_window_options or {})}
    domain.domain_endpoint_options = {**_ENDPOINT, **(self._get_param("DomainEndpointOptions") or {})}
    updates = self._get_param("SoftwareUpdateOptions") or {}
    domain.software_update_options = {"AutoSoftwareUpdateEnabled": False, **updates}
    return json.dumps({"DomainStatus": domain.to_dict()})


@around(OpenSearchDomain)
def __init__(original: Any, self: Any, **given: Any) -> None:
    """AWS: the newest version, an endpoint of the domain's own, and the VPC of its subnets; moto: constants."""
    given["engine_version"] = given.get("engine_version") or NEWEST
    original(self, **given)
    account, region, name = given["account_id"], given["region"], self.domain_name
    letters = hashlib.sha256(f"{account}{region}{name}".encode()).hexdigest()[:26]
    place = "vpc" if self.vpc_options else "search"
    host = f"{place}-{name}-{letters}.{region}.es.amazonaws.com"
    self.endpoint, self.endpoints = (None, {"vpc": host}) if self.vpc_options else (host, None)
    self.endpoint_v2 = f"{place}-{name}-{letters}.aos.{region}.on.aws"
    self.owner = (account, region)


@around(OpenSearchDomain)
def to_dict(original: Any, self: Any) -> Any:
    """AWS: tells the VPC, the second endpoint and everything that was set; moto: less."""
    answer = original(self)
    answer.update({key: value for key, value in vars(self).get("lost", {}).items() if value is not None})
    answer["EndpointV2"] = self.endpoint_v2
    # Made up: AWS does not list these zones.
    answer["DomainEndpointV2HostedZoneId"] = "Z2OPENSEARCHAOS"
    if self.vpc_options:
        ec2 = ec2_backends[self.owner[0]][self.owner[1]]
        subnets = [ec2.get_subnet(name) for name in self.vpc_options.get("SubnetIds", ())]
        answer["VPCOptions"] = {
            **self.vpc_options,
            "VPCId": subnets[0].vpc_id,
            "AvailabilityZones": sorted({subnet.availability_zone for subnet in subnets}),
        }
        default: Any = ec2.get_default_security_group(subnets[0].vpc_id)
        answer["VPCOptions"].setdefault("SecurityGroupIds", [default.id])
    return answer


@around(OpenSearchServiceResponse)
def update_domain_config(original: Any, self: Any) -> Any:
    """AWS: also empties a setting, and tells of a domain that is not there; moto: keeps it, and a bare KeyError."""
    name = self._get_param("DomainName")
    domain = self.opensearch_backend.describe_domain(name)
    answer = original(self)
    for option, attribute in _ATTRIBUTES.items():
        if self._get_param(option) is not None:
            setattr(domain, attribute, _merged(getattr(domain, attribute), self._get_param(option), option))
    for option in _LOST:
        if self._get_param(option) is not None:
            vars(domain)["lost"][option] = self._get_param(option)
    return answer


def _merged(before: Any, given: Any, option: str) -> Any:
    """Options are laid over those that are there, besides those that are one whole."""
    whole = option in ("AccessPolicies", "AdvancedOptions", "LogPublishingOptions", "VPCOptions")
    return given if whole or not isinstance(before, dict) else {**before, **given}


@adds(OpenSearchServiceResponse)
def upgrade_domain(self: Any) -> str:
    """AWS: brings a domain to a later version; moto: not implemented."""
    name, wanted = self._get_param("DomainName"), self._get_param("TargetVersion")
    if name not in self.opensearch_backend.domains:
        raise ResourceNotFoundException(name)
    version = self.opensearch_backend.domains[name].engine_version
    if not can_become(version.options, wanted):
        raise JsonRESTError("ValidationException", f"Cannot upgrade from {version.options} to {wanted}.")
    if str(self._get_param("PerformCheckOnly")).lower() != "true":
        version.options = wanted
    return json.dumps({"DomainName": name, "TargetVersion": wanted})


# AWS: has such a path; moto: does not.
urls.url_paths["{0}/2021-01-01/opensearch/upgradeDomain$"] = OpenSearchServiceResponse.dispatch
