import base64
import random
import string
import uuid

import pytest

from policies.secretlike import is_secret_name, is_secret_value


@pytest.mark.parametrize(
    "name",
    [
        "DB_PASSWORD",
        "PASSWORD",
        "REDIS_AUTH_TOKEN",
        "apiKey",
        "stripe-api-key",
        "SESSION_SECRET",
        "PRIVATE_KEY",
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["DB_PASSWORD_ARN", "SECRET_NAME", "TOKEN_TTL_SECONDS", "MONKEY", "KEYBOARD", "DATABASE_HOST", "PWDS"],
)
def test_names_that_only_sound_like_secrets(name: str) -> None:
    assert not is_secret_name(name)


def test_nearly_every_random_key_is_seen_and_no_uuid_or_digest() -> None:
    chance = random.Random(7)
    letters = string.ascii_letters + string.digits
    keys = ["".join(chance.choices(letters, k=32)) for _ in range(500)]
    harmless = [str(uuid.UUID(int=chance.getrandbits(128))) for _ in range(500)]
    harmless += [chance.randbytes(32).hex() for _ in range(500)]
    assert sum(map(is_secret_value, keys)) > 490
    assert not any(map(is_secret_value, harmless))


def test_encoded_bytes_are_mostly_seen() -> None:
    chance = random.Random(7)
    encoded = [base64.b64encode(chance.randbytes(48)).decode() for _ in range(500)]
    assert sum(map(is_secret_value, encoded)) > 350
