"""What clients of a cache show to be let in."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.cache_args import CacheArgs
from components.cache_options import CacheAuth
from components.cache_plan import CachePlan
from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from components.secret_ref import SecretRef

# AWS: "Authenticating with the Valkey and Redis OSS AUTH command": 16 to 128 characters, read 2026-11. So are passwords
# of users.
_LENGTH = 64


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`token` or `user_group_id`, or neither; `secret` None: none of ours."""

    token: GeneratedSecret | None = None
    user_group_id: pulumi.Input[str] | None = None
    secret: SecretRef | None = None


def make_entry(parent: pulumi.Resource, name: str, args: CacheArgs, plan: CachePlan) -> Entry:
    """The token, or the user with its group, each with its secret."""
    if plan.auth is CacheAuth.NONE:
        return Entry()
    if plan.auth is CacheAuth.TOKEN:
        token = _secret(parent, f"{name}-token", f"Token of the cache {name}", "auth_token", args)
        return Entry(token=token, secret=token.ref)
    if args.existing.user_group_id is not None:
        return Entry(user_group_id=args.existing.user_group_id)
    user = _secret(
        parent, f"{name}-user-password", f"User of the cache {name}", "password", args, args.user.name
    )
    return Entry(user_group_id=_group(parent, name, args, user), secret=user.ref)


def _secret(
    parent: pulumi.Resource, name: str, purpose: str, field: str, args: CacheArgs, username: str | None = None
) -> GeneratedSecret:
    secret = GeneratedSecretArgs(
        description=purpose,
        generated_field=field,
        fixed_fields={} if username is None else {"username": username},
        length=_LENGTH,
        punctuation=False,
        version=args.token_version,
        kms_key_arn=args.kms_key_arn,
        recovery_window_days=args.secret_recovery_window_days,
        protect=args.protect,
        tags=args.tags,
    )
    return GeneratedSecret(name, secret, pulumi.ResourceOptions(parent=parent))


def _group(
    parent: pulumi.Resource, name: str, args: CacheArgs, secret: GeneratedSecret
) -> pulumi.Output[str]:
    users = [_user(parent, f"{name}-user", args.user.name, args.user.access, args, secret)]
    if args.engine == "redis":
        # Redis has a user `default` in every group, who is everybody that names no user: ours is shut out.
        users.append(_user(parent, f"{name}-default", "default", "off -@all", args, secret))
    group = aws.elasticache.UserGroup(
        f"{name}-users",
        user_group_id=f"{name}-users",
        engine=args.engine,
        user_ids=[user.user_id for user in users],
        tags={**args.tags, "Name": f"{name}-users"},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return group.user_group_id


def _user(
    parent: pulumi.Resource, full: str, username: str, access: str, args: CacheArgs, secret: GeneratedSecret
) -> aws.elasticache.User:
    return aws.elasticache.User(
        full,
        user_id=full,
        user_name=username,
        engine=args.engine,
        access_string=access,
        passwords_wo=secret.value,
        passwords_wo_version=args.token_version,
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    )
