"""SCRAM-SHA-256, by the example of RFC 7677."""

import base64

import pytest

from components.rotation.scram import Exchange, stored
from components.rotation.server import ServerError

_NONCE = "rOprNGfwEbeRWgbNEkqO"
_CHALLENGE = b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"


def answered() -> tuple[Exchange, bytes]:
    # The RFC's user name is "user"; PostgreSQL takes it from the start of the session and leaves it out here.
    exchange = Exchange("pencil", _NONCE)
    return exchange, exchange.final(_CHALLENGE)


def test_the_first_message_names_no_user() -> None:
    assert Exchange("pencil", _NONCE).first() == b"n,,n=,r=rOprNGfwEbeRWgbNEkqO"


def test_the_proof_answers_the_challenge() -> None:
    _, final = answered()
    channel, nonce, proof = final.decode().split(",")
    assert (channel, nonce) == ("c=biws", "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
    assert len(base64.b64decode(proof.removeprefix("p="))) == 32


def test_a_server_that_answers_another_login_is_refused() -> None:
    with pytest.raises(ServerError, match="answered another login"):
        Exchange("pencil", "mine").final(_CHALLENGE)


def test_a_server_without_the_right_proof_is_refused() -> None:
    exchange, _ = answered()
    with pytest.raises(ServerError, match="did not prove"):
        exchange.verify(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")


def test_what_is_stored_holds_no_password() -> None:
    # RFC 7677's password and salt, written as PostgreSQL keeps them.
    text = stored("pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
    assert text == (
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
        ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )
    assert stored("pencil") != stored("pencil")
