"""The network, and the way into it for administrators."""

from components.bastion import Bastion, BastionArgs
from components.key import Key
from components.network import Nat, NatInstance, Network, NetworkArgs, Walls
from stacks.settings.egress import ports_of
from stacks.settings.root import Settings

# The relay prepares itself over HTTPS, and its package mirrors may answer over HTTP.
_RELAYED = (443, 80)


def make_network(settings: Settings, key: Key) -> Network:
    """The VPC in three tiers; who may talk to whom is said by the relations."""
    net = settings.network
    args = NetworkArgs(
        cidr_block=net.cidr_block,
        az_count=net.az_count,
        public_cidrs=net.public_cidrs,
        private_cidrs=net.private_cidrs,
        database_cidrs=net.database_cidrs,
        nat=Nat(net.nat),
        nat_instance=NatInstance(ports=_relayed(settings)),
        endpoints=net.endpoints,
        ipv6=net.ipv6,
        walls=Walls.RELATIONS,
        flow_log_retention_days=settings.logs.network_days,
        kms_key_arn=key.arn,
        tags=settings.all_tags,
    )
    return Network(f"{settings.prefix}-network", args)


def make_bastion(settings: Settings, network: Network, key: Key) -> Bastion:
    """A machine in the private tier that nobody reaches but through Session Manager."""
    args = BastionArgs(
        vpc_id=network.vpc_id,
        subnet_id=network.private_subnet_ids.apply(lambda ids: ids[0]),
        kms_key_arn=key.arn,
        tags=settings.all_tags,
    )
    bastion = Bastion(f"{settings.prefix}-bastion", args)
    if settings.network.bastion_sessions is not None:
        bastion.offer_sessions(second_factor=settings.network.bastion_sessions == "second_factor")
    return bastion


def _relayed(settings: Settings) -> tuple[int, ...]:
    """The ports that tasks may open to the internet, which a NAT instance has to relay."""
    asked = {port for service in settings.services.values() for port in ports_of(settings, service)}
    return (*_RELAYED, *sorted(asked.difference(_RELAYED)))
