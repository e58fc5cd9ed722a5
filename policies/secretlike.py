"""Whether a name or a value looks like a secret."""

import math
import re
from collections import Counter

_NAME = re.compile(
    r"(^|_)(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(_|$)"
)
# A name that ends so tells where a secret is, not what it is.
_REFERENCE = re.compile(r"_(ARN|ID|NAME|PATH|FILE|URL|URI|TTL|SECONDS|MINUTES|HOURS|DAYS|LENGTH|ENABLED)$")
_KNOWN_SHAPES = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----|eyJ[\w-]{10,}\.[\w-]{10,}\.|://[^/\s:@]+:[^/\s:@]+@"
)
_OPAQUE = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/=_-]{24,}")
# Random base64 of 24 characters has about 4.2 bits per character, identifiers and words below 4.
_RANDOM_BITS = 4.0


def is_secret_name(name: str) -> bool:
    """True for DB_PASSWORD and apiKey, false for DB_PASSWORD_ARN, TOKEN_TTL and MONKEY."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").upper()
    return bool(_NAME.search(words)) and not _REFERENCE.search(words)


def is_secret_value(value: str) -> bool:
    """True for keys, tokens, addresses with a password in them, and long random text."""
    if _KNOWN_SHAPES.search(value):
        return True
    return bool(_OPAQUE.fullmatch(value)) and _bits_per_character(value) >= _RANDOM_BITS


def _bits_per_character(text: str) -> float:
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)
