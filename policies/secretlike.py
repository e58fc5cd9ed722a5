"""Whether a name or a value looks like a secret."""

import re

_NAME = re.compile(
    r"(^|_)(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(_|$)"
)
# A name that ends so tells where a secret is, not what it is.
_REFERENCE = re.compile(r"_(ARN|ID|NAME|PATH|FILE|URL|URI|TTL|SECONDS|MINUTES|HOURS|DAYS|LENGTH|ENABLED)$")
_KNOWN_SHAPES = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----|eyJ[\w-]{10,}\.[\w-]{10,}\.|://[^/\s:@]+:[^/\s:@]+@"
)
_RUN = re.compile(r"[A-Za-z0-9+]{24,}")
_ALL_KINDS = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])")
_KINDS = re.compile(r"[a-z]+|[A-Z]+|[0-9+]+")
# Random base64 has all kinds and changes between them at 0.6 of its characters; words in camel case change
# at less than 0.3, and hexadecimal has no capitals.
_RESTLESS = 0.4


def is_secret_name(name: str) -> bool:
    """True for DB_PASSWORD and apiKey, false for DB_PASSWORD_ARN, TOKEN_TTL and MONKEY."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").upper()
    return bool(_NAME.search(words)) and not _REFERENCE.search(words)


def is_secret_value(value: str) -> bool:
    """True for keys, tokens, addresses with a password in them, and long random text."""
    return bool(_KNOWN_SHAPES.search(value)) or any(map(_is_random, _RUN.findall(value)))


def _is_random(run: str) -> bool:
    restless = len(_KINDS.findall(run)) - 1 >= _RESTLESS * len(run)
    return restless and bool(_ALL_KINDS.match(run))
