from collections.abc import Mapping
from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import Text
from stacks.settings.section import Section


class Cloudflare(Section):
    """A Cloudflare zone as the edge; the API token comes from the environment variable CLOUDFLARE_API_TOKEN."""

    account_id: str | None = setting(
        "Account in which the stack makes the zone; left out with domain.existing_zone_id",
        example="0123456789abcdef0123456789abcdef",
        pattern=r"^[0-9a-f]{32}$",
        default=None,
    )
    plan: Literal["free", "pro", "business", "enterprise"] = setting(
        "What the zone's owner pays for; it decides which rules Cloudflare takes",
        example="pro",
        default="pro",
    )
    minimum_tls: Literal["1.2", "1.3"] = setting(
        "Clients with an older TLS are turned away", example="1.3", default="1.3"
    )
    image_optimisation: Literal["off", "lossless", "lossy"] = setting(
        "Whether the edge makes images smaller (Polish; plan pro or higher)",
        example="lossless",
        default="off",
    )
    settings: Mapping[str, Text] = setting(
        "Further settings of the zone by Cloudflare's names", example={"brotli": "on"}, default={}
    )
