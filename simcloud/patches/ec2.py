"""Networks as EC2 answers them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.network_acls import NetworkAclBackend
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend
from moto.ec2.responses.network_acls import NetworkACLs
from moto.ec2.responses.subnets import Subnets
from moto.ec2.responses.vpcs import VPCs

from simcloud.patches import around


@around(VPCBackend)
def create_vpc(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: the default group admits its own members; moto: it has no ingress rule."""
    vpc = original(self, *args, **kwargs)
    group = self.get_security_group_from_name("default", vpc.id)
    self.authorize_security_group_ingress(
        group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}]
    )
    return vpc


@around(Subnets)
def modify_subnet_attribute(original: Any, self: Any) -> ActionResult:
    """AWS: DNS64 and the host name type are kept; moto: they are dropped."""
    answer: ActionResult = original(self)
    subnet = self.ec2_backend.get_subnet(self._get_param("SubnetId"))
    options = subnet.private_dns_name_options_on_launch
    if (dns64 := self._get_param("EnableDns64.Value")) is not None:
        subnet.enable_dns64 = dns64
    if (kind := self._get_param("PrivateDnsHostnameTypeOnLaunch")) is not None:
        options["HostnameType"] = kind
    if (records := self._get_param("EnableResourceNameDnsAAAARecordOnLaunch.Value")) is not None:
        options["EnableResourceNameDnsAAAARecord"] = records
    return answer


@around(SubnetBackend)
def create_subnet(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: DNS64 is off until it is turned on; moto: there is no answer about it."""
    subnet = original(self, *args, **kwargs)
    subnet.enable_dns64 = False
    return subnet


@around(NatGatewayBackend)
def delete_nat_gateway(original: Any, self: Any, nat_gateway_id: str) -> Any:
    """AWS: interface and address are let go with the gateway; moto: both stay in use."""
    if nat_gateway_id not in self.nat_gateways:
        raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
    gateway = original(self, nat_gateway_id)
    for address in self.addresses:
        if address.eni is gateway._eni:
            self.disassociate_address(address=address.public_ip)
    self.enis.pop(gateway._eni.id, None)
    return gateway


@around(NatGatewayBackend)
def describe_nat_gateways(original: Any, self: Any, filters: Any, nat_gateway_ids: list[str] | None) -> Any:
    """AWS: an unknown id is an error; moto: it is left out."""
    for identity in nat_gateway_ids or ():
        if identity not in self.nat_gateways:
            raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {identity} was not found")
    return original(self, filters, nat_gateway_ids)


@around(VPCBackend)
def create_vpc_endpoint(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: gateway endpoints have no private DNS; moto: says they have."""
    endpoint = original(self, *args, **kwargs)
    if endpoint.vpc_endpoint_type != "Interface":
        endpoint.private_dns_enabled = False
    return endpoint


@around(VPCs)
def modify_vpc_endpoint(original: Any, self: Any) -> ActionResult:
    """AWS: private DNS can be turned off, and a gateway's routes follow its tables; moto: neither happens."""
    endpoint = self.ec2_backend.get_vpc_end_point(self._get_param("VpcEndpointId"))
    before = list(endpoint.route_table_ids or ())
    answer: ActionResult = original(self)
    if (private := self._get_param("PrivateDnsEnabled")) is not None:
        endpoint.private_dns_enabled = private
    _follow(self.ec2_backend, endpoint, before)
    return answer


def _follow(backend: Any, endpoint: Any, before: list[str]) -> None:
    prefix_list, after = endpoint.destination_prefix_list_id, list(endpoint.route_table_ids or ())
    if prefix_list is None:
        return
    for table in set(before) - set(after):
        backend.delete_route(table, prefix_list)
    for table in set(after) - set(before):
        backend.create_route(table, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)


@around(NetworkAclBackend)
def create_network_acl(original: Any, self: Any, vpc_id: str, tags: Any = None, default: bool = False) -> Any:
    """AWS: every ACL ends with a rule that denies the rest; moto: only default ones."""
    acl = original(self, vpc_id, tags, default)
    for egress in () if default else (True, False):
        self.create_network_acl_entry(
            acl.id, 32767, "-1", "deny", egress, "0.0.0.0/0", None, None, None, None, None
        )
    return acl


@around(NetworkAclBackend)
def delete_network_acl_entry(
    original: Any, self: Any, network_acl_id: str, rule_number: int, egress: bool
) -> Any:
    """AWS: an unknown entry has an error of its own; moto: a bare StopIteration."""
    entries = self.get_network_acl(network_acl_id).network_acl_entries
    if not any(entry.egress == egress and entry.rule_number == rule_number for entry in entries):
        raise EC2ClientError(
            "InvalidNetworkAclEntry.NotFound",
            f"The network acl entry with rule number {rule_number} does not exist in {network_acl_id}",
        )
    return original(self, network_acl_id, rule_number, egress)


@around(NetworkAclBackend)
def replace_network_acl_association(
    original: Any, self: Any, association_id: str, network_acl_id: str
) -> Any:
    """AWS: an unknown association has an error of its own; moto: a bare StopIteration."""
    self.get_network_acl(network_acl_id)
    if not any(association_id in acl._associations for acl in self.network_acls.values()):
        raise EC2ClientError(
            "InvalidAssociationID.NotFound", f"The association ID '{association_id}' does not exist"
        )
    return original(self, association_id, network_acl_id)


@around(NetworkACLs)
def create_network_acl_entry(original: Any, self: Any) -> ActionResult:
    """AWS: ICMP type and code are kept; moto: looks for them under another name."""
    answer: ActionResult = original(self)
    _keep_icmp(self)
    return answer


@around(NetworkACLs)
def replace_network_acl_entry(original: Any, self: Any) -> ActionResult:
    """AWS: ICMP type and code are kept; moto: looks for them under another name."""
    answer: ActionResult = original(self)
    _keep_icmp(self)
    return answer


def _keep_icmp(self: Any) -> None:
    acl = self.ec2_backend.get_network_acl(self._get_param("NetworkAclId"))
    for entry in acl.network_acl_entries:
        if (entry.rule_number, entry.egress) == (self._get_param("RuleNumber"), self._get_param("Egress")):
            entry.icmp_type = self._get_param("IcmpTypeCode.Type")
            entry.icmp_code = self._get_param("IcmpTypeCode.Code")
