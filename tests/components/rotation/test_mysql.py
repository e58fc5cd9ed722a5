"""Sessions with MySQL, against a twin that speaks its protocol."""

from typing import Any

import pytest

from components.rotation.mysql import MysqlConnection, statements
from components.rotation.server import Address, Login, ServerError
from tests.components.rotation.conftest import Identity
from tests.components.rotation.mysql_twin import MysqlTwin

MASTER = Login(username="master", password="master-password")


def connect(twin: MysqlTwin, login: Login = MASTER) -> MysqlConnection:
    address = Address(engine="mysql", host="localhost", port=twin.port, database="app")
    return MysqlConnection(address, login, twin.identity.believed)


def twin_of(identity: Identity, **changes: Any) -> MysqlTwin:
    return MysqlTwin(identity, MASTER.username, MASTER.password, **changes)


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"remembers": False},
        {"method": "mysql_native_password"},
        {"method": "mysql_native_password", "greets_with": "mysql_native_password"},
        {"greets_with": "mysql_native_password"},
    ],
)
def test_every_way_in(identity: Identity, how: dict[str, Any]) -> None:
    with twin_of(identity, **how) as twin:
        session = connect(twin)
        session.run("DO 1")
        session.close()
    assert twin.told == ["DO 1"]


def test_the_password_itself_is_shown_only_where_it_is_asked_for(identity: Identity) -> None:
    with twin_of(identity) as knowing:
        connect(knowing).close()
    assert not any(MASTER.password.encode() in shown for shown in knowing.shown)
    with twin_of(identity, remembers=False) as asking:
        connect(asking).close()
    assert asking.shown[-1] == MASTER.password.encode() + b"\0"


def test_a_wrong_password_is_refused_in_the_servers_words(identity: Identity) -> None:
    with twin_of(identity) as twin, pytest.raises(ServerError, match=r"^Access denied for user 'master'$"):
        connect(twin, Login(username="master", password="wrong"))


def test_what_the_server_refuses_is_told_in_its_words(identity: Identity) -> None:
    with twin_of(identity) as twin:
        session = connect(twin)
        with pytest.raises(ServerError, match=r"^You have an error in your SQL syntax$"):
            session.run("SELEC")
        session.run("DO 1")
        session.close()
    assert twin.told == ["SELEC", "DO 1"]


def test_an_unknown_way_in_is_told(identity: Identity) -> None:
    with (
        twin_of(identity, greets_with="sha256_password") as twin,
        pytest.raises(ServerError, match="asks for login method sha256_password"),
    ):
        connect(twin)


def test_both_users_have_the_same_rights_in_one_database_over_tls_only() -> None:
    logins = (Login(username="app_a", password="a" * 40), Login(username="app_b", password="b" * 40))
    texts = statements("shop", logins)
    assert [text.split(" IDENTIFIED")[0] for text in texts[0::3]] == [
        "CREATE USER IF NOT EXISTS 'app_a'@'%'",
        "CREATE USER IF NOT EXISTS 'app_b'@'%'",
    ]
    assert all(text.endswith(" REQUIRE SSL") for index, text in enumerate(texts) if index % 3 < 2)
    assert [text.partition(" ON ")[2] for text in texts[2::3]] == [
        "`shop`.* TO 'app_a'@'%'",
        "`shop`.* TO 'app_b'@'%'",
    ]
    assert not any("SUPER" in text or "GRANT OPTION" in text or "*.*" in text for text in texts)
