"""What everything else stands on: the network, the key, the secrets, the buckets."""

from dataclasses import dataclass

from components.bucket import Bucket, BucketArgs, LogWriter, Purpose
from components.key import Key, KeyArgs
from components.network import Nat, Network, NetworkArgs, Walls
from components.secrets import Secrets, SecretsArgs
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Ground:
    """`key` encrypts data and logs; `logs` takes the access logs of load balancer, edge and `uploads`."""

    network: Network
    key: Key
    secrets: Secrets
    logs: Bucket
    uploads: Bucket


def lay_ground(settings: Settings) -> Ground:
    """The components that need no other theme."""
    key = _key(settings)
    logs = _logs(settings)
    return Ground(
        network=_network(settings, key),
        key=key,
        secrets=_secrets(settings),
        logs=logs,
        uploads=_uploads(settings, key, logs),
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


def _network(settings: Settings, key: Key) -> Network:
    net = settings.network
    args = NetworkArgs(
        cidr_block=net.cidr_block,
        az_count=net.az_count,
        public_cidrs=net.public_cidrs,
        private_cidrs=net.private_cidrs,
        database_cidrs=net.database_cidrs,
        nat=Nat(net.nat),
        walls=Walls.RELATIONS,
        flow_log_retention_days=settings.logs.network_days,
        kms_key_arn=key.arn,
        tags=settings.all_tags,
    )
    return Network(f"{settings.prefix}-network", args)


def _secrets(settings: Settings) -> Secrets:
    args = SecretsArgs(
        path=settings.secrets.path or f"{settings.system}/{settings.environment}",
        names={slot: declared.description for slot, declared in settings.secrets.slots.items()},
        recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Secrets(f"{settings.prefix}-secrets", args)


def _logs(settings: Settings) -> Bucket:
    args = BucketArgs(
        purpose=Purpose.LOGS,
        log_writers=(LogWriter.ALB, LogWriter.CLOUDFRONT, LogWriter.S3),
        expire_days=settings.storage.access_log_days,
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Bucket(f"{settings.prefix}-logs", args)


def _uploads(settings: Settings, key: Key, logs: Bucket) -> Bucket:
    own = [settings.domain.host(label) for label in ("@", *settings.domain.alternative_names)]
    hosts = (*own, *settings.storage.cors_origins)
    args = BucketArgs(
        purpose=Purpose.DATA,
        kms_key_arn=key.arn,
        noncurrent_days=settings.storage.noncurrent_days,
        access_log_bucket=logs.name,
        cors_origins=tuple(f"https://{host}" for host in hosts),
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Bucket(f"{settings.prefix}-uploads", args)
