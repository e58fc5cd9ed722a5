"""What everything else stands on: the network, the keys, the secrets, the buckets."""

from dataclasses import dataclass

from components.bastion import Bastion
from components.bucket import Bucket
from components.bucket_replication import BucketReplication
from components.key import Key, KeyArgs
from components.network import Network
from components.secrets import Secrets
from stacks.parts.network import make_bastion, make_network
from stacks.parts.primary import Primary
from stacks.parts.secrets import make_secrets
from stacks.parts.storage import copy_uploads, make_logs, make_uploads
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Ground:
    """`key` encrypts data and logs; `logs` takes the access logs of load balancer, edge and `uploads`.

    `second_key` is a key in the second region, for what is copied there, and `copies` the copy of `uploads`.
    `primary` is the first region's stack, where this is the standby.
    """

    network: Network
    key: Key
    secrets: Secrets
    logs: Bucket
    uploads: Bucket
    bastion: Bastion | None = None
    second_key: Key | None = None
    copies: BucketReplication | None = None
    primary: Primary | None = None


def lay_ground(settings: Settings, primary: Primary | None = None) -> Ground:
    """The components that need no other theme."""
    key = _key(settings)
    second_key = _second_key(settings)
    logs = make_logs(settings)
    network = make_network(settings, key)
    uploads = make_uploads(settings, key, logs, primary)
    return Ground(
        network=network,
        key=key,
        secrets=make_secrets(settings, primary),
        logs=logs,
        uploads=uploads,
        bastion=make_bastion(settings, network, key) if settings.network.bastion else None,
        second_key=second_key,
        copies=copy_uploads(settings, uploads, second_key)
        if second_key and settings.regions.uploads
        else None,
        primary=primary,
    )


def _key(settings: Settings) -> Key:
    name = f"{settings.prefix}-data"
    args = KeyArgs(
        alias=name,
        description=f"Data and logs of {settings.system} in {settings.environment}",
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Key(name, args)


def _second_key(settings: Settings) -> Key | None:
    """A key of its own and not a copy of the first: the first one would have to be made anew to be copied."""
    regions = settings.regions
    if regions.second is None or not (
        regions.uploads or regions.backups or regions.dumps or regions.database != "none"
    ):
        return None
    name = f"{settings.prefix}-copies"
    args = KeyArgs(
        alias=name,
        description=f"Copies of the data of {settings.system} in {settings.environment}",
        region=regions.second,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Key(name, args)
