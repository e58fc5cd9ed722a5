from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props, without_none

_PARAMETERS = {
    "excludeCharacters": "ExcludeCharacters",
    "excludeLowercase": "ExcludeLowercase",
    "excludeNumbers": "ExcludeNumbers",
    "excludePunctuation": "ExcludePunctuation",
    "excludeUppercase": "ExcludeUppercase",
    "includeSpace": "IncludeSpace",
    "passwordLength": "PasswordLength",
    "requireEachIncludedType": "RequireEachIncludedType",
}


def get_random_password(ctx: Context, args: Props) -> Props:
    """A new random password at every call."""
    params = without_none({parameter: args.get(name) for name, parameter in _PARAMETERS.items()})
    password = ctx.client("secretsmanager").get_random_password(**params)["RandomPassword"]
    return {
        **dict.fromkeys(_PARAMETERS),
        **args,
        "id": password,
        "region": ctx.region,
        "randomPassword": password,
    }
