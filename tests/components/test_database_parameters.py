"""Server settings: human sizes become the engine's units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.database_parameters import max_connections, resolve
from components.engine import Engine, family, supports_insights
from components.errors import ComponentError
from components.parameter import PAGE, Apply, Parameter, in_units

IMMEDIATE, REBOOT = Apply.IMMEDIATE, Apply.REBOOT


@pytest.mark.parametrize(
    ("engine", "name", "value", "expected"),
    [
        (Engine.POSTGRES, "shared_buffers", "256MB", Parameter("shared_buffers", "32768", REBOOT)),
        (Engine.POSTGRES, "shared_buffers", "2 GB", Parameter("shared_buffers", "262144", REBOOT)),
        (Engine.POSTGRES, "shared_buffers", "16384", Parameter("shared_buffers", "16384", REBOOT)),
        (
            Engine.POSTGRES,
            "shared_buffers",
            "{DBInstanceClassMemory/32768}",
            Parameter("shared_buffers", "{DBInstanceClassMemory/32768}", REBOOT),
        ),
        (
            Engine.POSTGRES,
            "effective_cache_size",
            "1GB",
            Parameter("effective_cache_size", "131072", IMMEDIATE),
        ),
        (Engine.POSTGRES, "work_mem", "4MB", Parameter("work_mem", "4096", IMMEDIATE)),
        (
            Engine.POSTGRES,
            "maintenance_work_mem",
            "64MB",
            Parameter("maintenance_work_mem", "65536", IMMEDIATE),
        ),
        (Engine.POSTGRES, "wal_buffers", "16MB", Parameter("wal_buffers", "2048", REBOOT)),
        (Engine.POSTGRES, "max_wal_size", "2GB", Parameter("max_wal_size", "2048", IMMEDIATE)),
        (Engine.POSTGRES, "max_connections", "200", Parameter("max_connections", "200", REBOOT)),
        (Engine.POSTGRES, "statement_timeout", "30s", Parameter("statement_timeout", "30000", IMMEDIATE)),
        (Engine.POSTGRES, "checkpoint_timeout", "15min", Parameter("checkpoint_timeout", "900", IMMEDIATE)),
        (Engine.POSTGRES, "random_page_cost", "1.1", Parameter("random_page_cost", "1.1", IMMEDIATE)),
        (
            Engine.MYSQL,
            "innodb_buffer_pool_size",
            "512MB",
            Parameter("innodb_buffer_pool_size", "536870912", IMMEDIATE),
        ),
        (
            Engine.MYSQL,
            "innodb_log_file_size",
            "1GB",
            Parameter("innodb_log_file_size", "1073741824", REBOOT),
        ),
    ],
)
def test_values_are_in_the_units_of_the_engine(
    engine: Engine, name: str, value: str, expected: Parameter
) -> None:
    assert expected in resolve("db", engine, {name: value})


# The practice app's configuration of PostgreSQL 15, as its document has it.
PRACTICE_APP = {
    "max_connections": ("100", "100", REBOOT),
    "shared_buffers": ("256MB", "32768", REBOOT),
    "effective_cache_size": ("1GB", "131072", IMMEDIATE),
    "work_mem": ("4MB", "4096", IMMEDIATE),
    "maintenance_work_mem": ("64MB", "65536", IMMEDIATE),
    "checkpoint_completion_target": ("0.9", "0.9", IMMEDIATE),
    "wal_buffers": ("16MB", "2048", REBOOT),
    "default_statistics_target": ("100", "100", IMMEDIATE),
    "random_page_cost": ("1.1", "1.1", IMMEDIATE),
    "effective_io_concurrency": ("200", "200", IMMEDIATE),
}


@pytest.mark.proves("S0-25")
@pytest.mark.parametrize("name", PRACTICE_APP)
def test_every_parameter_of_the_practice_app(name: str) -> None:
    written, value, apply = PRACTICE_APP[name]
    asked = {key: given for key, (given, _, _) in PRACTICE_APP.items()}
    [found] = [one for one in resolve("db", Engine.POSTGRES, asked) if one.name == name]
    assert found == Parameter(name, value, apply)
    assert asked[name] == written


@given(steps=st.integers(1, 10**9), unit=st.sampled_from(["B", "kB", "MB", "GB"]))
def test_a_size_is_never_rounded(steps: int, unit: str) -> None:
    """8 kB pages times 8 kB are what was asked, or it is refused."""
    size = steps * {"B": 1, "kB": 1024, "MB": 1024**2, "GB": 1024**3}[unit]
    try:
        value = in_units("db", "shared_buffers", f"{steps}{unit}", PAGE)
    except ComponentError:
        assert size % 8192
    else:
        assert int(value) * 8192 == size


@pytest.mark.parametrize(
    ("engine", "name", "value", "expected"),
    [
        (Engine.POSTGRES, "work_mem", "1.5MB", "1536"),
        (Engine.POSTGRES, "shared_buffers", "0.5 GB", "65536"),
        (Engine.MYSQL, "max_allowed_packet", "64M", "67108864"),
        (Engine.MYSQL, "innodb_redo_log_capacity", "1.5G", "1610612736"),
        (Engine.MYSQL, "max_execution_time", "5s", "5000"),
    ],
)
def test_parts_of_units_and_mysqls_letters(engine: Engine, name: str, value: str, expected: str) -> None:
    assert {one.name: one.value for one in resolve("db", engine, {name: value})}[name] == expected


def test_mysqls_letters_are_not_postgresqls() -> None:
    with pytest.raises(ComponentError, match="has the value `256M`, whose unit is not one of memory"):
        resolve("db", Engine.POSTGRES, {"shared_buffers": "256M"})


@pytest.mark.parametrize(
    ("engine", "expected"),
    [
        (
            Engine.POSTGRES,
            (
                Parameter("log_lock_waits", "1", IMMEDIATE),
                Parameter("log_min_duration_statement", "1000", IMMEDIATE),
                Parameter("rds.force_ssl", "1", REBOOT),
            ),
        ),
        (
            Engine.MYSQL,
            (
                Parameter("log_output", "FILE", IMMEDIATE),
                Parameter("long_query_time", "1", IMMEDIATE),
                Parameter("require_secure_transport", "1", IMMEDIATE),
                Parameter("slow_query_log", "1", IMMEDIATE),
            ),
        ),
    ],
)
def test_what_everyone_gets(engine: Engine, expected: tuple[Parameter, ...]) -> None:
    assert resolve("db", engine, {}) == expected


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "shared_buffers",
            "256Mb",
            "db: parameter `shared_buffers` has the value `256Mb`, whose unit is not one of memory. "
            "Expected a plain number (8 kB pages) or one with B, kB, KB, MB, GB, TB. "
            "Fix: write `shared_buffers` with one of these units.",
        ),
        (
            "wal_buffers",
            "12kB",
            "db: parameter `wal_buffers` has the value `12kB`, which is no whole number of 8 kB pages. "
            "Expected a multiple of 8 kB pages. Fix: round it.",
        ),
    ],
)
def test_what_has_no_such_unit_is_refused(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        resolve("db", Engine.POSTGRES, {name: value})
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"max_connections": "200"}, 200), ({}, None), ({"max_connections": "LEAST(1,2)"}, None)],
)
def test_the_connection_limit_if_it_is_known(asked: dict[str, str], expected: int | None) -> None:
    assert max_connections(resolve("db", Engine.POSTGRES, asked)) == expected


@pytest.mark.parametrize(
    ("engine", "version", "expected"),
    [
        (Engine.POSTGRES, "16.4", "postgres16"),
        (Engine.POSTGRES, "17", "postgres17"),
        (Engine.MYSQL, "8.0.39", "mysql8.0"),
        (Engine.MYSQL, "8.4", "mysql8.4"),
    ],
)
def test_the_family_of_a_version(engine: Engine, version: str, expected: str) -> None:
    assert family("db", engine, version) == expected


@pytest.mark.parametrize(("engine", "version"), [(Engine.POSTGRES, "sixteen"), (Engine.MYSQL, "8")])
def test_what_is_no_version_is_refused(engine: Engine, version: str) -> None:
    with pytest.raises(
        ComponentError, match=f"db: `{version}` is no {engine} version. Expected numbers with dots"
    ):
        family("db", engine, version)


@pytest.mark.parametrize(
    ("engine", "instance_class", "expected"),
    [
        (Engine.POSTGRES, "db.t4g.micro", True),
        (Engine.MYSQL, "db.t4g.micro", False),
        (Engine.MYSQL, "db.t3.small", False),
        (Engine.MYSQL, "db.t4g.medium", True),
    ],
)
def test_where_performance_insights_exist(engine: Engine, instance_class: str, expected: bool) -> None:
    assert supports_insights(engine, instance_class) is expected
