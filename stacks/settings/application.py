from collections.abc import Mapping
from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import Slug
from stacks.settings.section import Section


class Auth(Section):
    """How users prove who they are; every value becomes an environment variable of every service."""

    jwt_algorithm: Literal["HS256", "RS256"] = setting(
        "How access tokens are signed", example="RS256", default="RS256"
    )
    access_minutes: int = setting(
        "How long an access token is good", example=30, unit="minutes", ge=1, le=1440, default=30
    )
    refresh_days: int = setting(
        "How long a refresh token is good", example=7, unit="days", ge=1, le=365, default=7
    )
    bcrypt_rounds: int = setting(
        "Work factor of password hashes, as a power of two", example=12, ge=10, le=16, default=12
    )
    oauth2: bool = setting("Whether users may log in through OAuth2 providers", example=True, default=False)
    api_keys: bool = setting("Whether other programs may use API keys", example=True, default=False)
    development_tokens: bool = setting(
        "Whether fixed tokens for developers are taken; dev only", example=False, default=False
    )


class Limits(Section):
    """How often the application answers; null: no limit."""

    per_user_per_minute: int | None = setting(
        "Requests of one user", example=100, unit="requests per minute", ge=1, default=None
    )
    per_address_per_minute: int | None = setting(
        "Requests of one address", example=60, unit="requests per minute", ge=1, default=None
    )
    all_per_minute: int | None = setting(
        "Requests of everybody together", example=1000, unit="requests per minute", ge=1, default=None
    )
    burst: int | None = setting(
        "Requests that may come at once", example=20, unit="requests", ge=1, default=None
    )


class Application(Section):
    """What the programs are told of how to behave, in environment variables: the same for every service."""

    log_level: Literal["debug", "info", "warning", "error"] = setting("What is logged", example="info")
    audit_log: bool = setting(
        "Whether who did what is written to an audit log of its own", example=True, default=True
    )
    auth: Auth = setting("Tokens and passwords", example={"access_minutes": 30}, default_factory=Auth)
    limits: Limits = setting("Rate limits", example={"per_user_per_minute": 100}, default_factory=Limits)
    ttl_seconds: Mapping[Slug, int] = setting(
        "How long the application keeps things in the cache, by kind; becomes CACHE_TTL_<KIND>",
        example={"session": 1800, "query": 3600},
        default={},
    )
    features: Mapping[Slug, bool] = setting(
        "Features that start switched on or off; becomes FEATURE_<NAME>",
        example={"new-editor": False},
        default={},
    )
