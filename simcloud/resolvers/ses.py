"""What other resources name of SES."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _identity(ctx: Context, value: str) -> Any:
    return ctx.client("sesv2").get_email_identity(EmailIdentity=value)


def _configuration_set(ctx: Context, value: str) -> Any:
    return ctx.client("sesv2").get_configuration_set(ConfigurationSetName=value)


RESOLVERS = {
    "ses_identity": Resolver("InvalidParameterValue", "Identity '{value}' does not exist.", _identity),
    "email_identity": Resolver("NotFoundException", "Email identity {value} does not exist.", _identity),
    "configuration_set": Resolver(
        "NotFoundException", "Configuration set <{value}> does not exist.", _configuration_set
    ),
}
