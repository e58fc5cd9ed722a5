"""The empty places for secret values."""

from components.secrets import Reach, Secrets, SecretsArgs
from stacks.parts.primary import Primary
from stacks.settings.root import Settings
from stacks.settings.slots import all_slots, secrets_path

_REACH = {"path": Reach.HERE, "everywhere": Reach.EVERYWHERE}


def make_secrets(settings: Settings, primary: Primary | None) -> Secrets:
    """One slot each; in a standby, the copies of the first region's, whose values people have filled already."""
    args = _copied(settings, primary) if primary is not None and primary.copies_secrets else _own(settings)
    return Secrets(f"{settings.prefix}-secrets", args)


def _own(settings: Settings) -> SecretsArgs:
    secrets = settings.secrets
    return SecretsArgs(
        path=secrets_path(settings),
        names={name: slot.description for name, slot in all_slots(settings).items()},
        recovery_window_days=secrets.recovery_window_days,
        replica_regions=_copies(settings),
        read_policy=_reach(settings),
        read_policy_path=secrets.read_policy_path,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )


def _copied(settings: Settings, primary: Primary) -> SecretsArgs:
    return SecretsArgs(
        path=secrets_path(settings),
        names={},
        existing=primary.secrets(all_slots(settings)),
        existing_kms_key_arn=primary.secrets_key_arn,
        kms_key_arn=primary.secrets_key_arn,
        read_policy=_reach(settings),
        read_policy_path=settings.secrets.read_policy_path,
        tags=settings.all_tags,
    )


def _reach(settings: Settings) -> Reach | None:
    policy = settings.secrets.read_policy
    return None if policy is None else _REACH[policy]


def _copies(settings: Settings) -> tuple[str, ...]:
    second = settings.regions.second
    return (second,) if second is not None and settings.regions.secrets else ()
