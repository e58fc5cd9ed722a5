"""Server settings by kind of work."""

import pytest

from components.database_parameters import resolve
from components.engine import Engine
from components.workload import Workload, settings


@pytest.mark.parametrize(
    ("engine", "workload", "expected"),
    [
        (
            Engine.POSTGRES,
            Workload.WEB,
            {
                "random_page_cost": "1.1",
                "effective_io_concurrency": "200",
                "statement_timeout": "30000",
                "idle_in_transaction_session_timeout": "60000",
                "lock_timeout": "10000",
                "work_mem": "8192",
            },
        ),
        (
            Engine.POSTGRES,
            Workload.ANALYTICS,
            {
                "work_mem": "65536",
                "maintenance_work_mem": "524288",
                "max_parallel_workers_per_gather": "4",
                "max_standby_streaming_delay": "900000",
            },
        ),
        (
            Engine.POSTGRES,
            Workload.WRITES,
            {
                "checkpoint_timeout": "900",
                "checkpoint_completion_target": "0.9",
                "max_wal_size": "8192",
                "wal_buffers": "8192",
                "autovacuum_naptime": "15",
            },
        ),
        (
            Engine.MYSQL,
            Workload.WEB,
            {
                "max_execution_time": "30000",
                "innodb_lock_wait_timeout": "10",
                "wait_timeout": "600",
                "interactive_timeout": "600",
            },
        ),
        (
            Engine.MYSQL,
            Workload.ANALYTICS,
            {
                "tmp_table_size": "268435456",
                "max_heap_table_size": "268435456",
                "sort_buffer_size": "8388608",
            },
        ),
        (
            Engine.MYSQL,
            Workload.WRITES,
            {"innodb_redo_log_capacity": "4294967296", "innodb_log_buffer_size": "67108864"},
        ),
    ],
)
def test_presets_are_in_the_units_of_the_engine(
    engine: Engine, workload: Workload, expected: dict[str, str]
) -> None:
    resolved = {one.name: one.value for one in resolve("db", engine, settings(engine, workload))}
    assert expected.items() <= resolved.items()


@pytest.mark.parametrize("engine", list(Engine))
def test_no_kind_of_work_sets_nothing(engine: Engine) -> None:
    assert settings(engine, None) == {}


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize("workload", list(Workload))
def test_what_depends_on_memory_is_left_to_rds(engine: Engine, workload: Workload) -> None:
    left = {"shared_buffers", "effective_cache_size", "max_connections", "innodb_buffer_pool_size"}
    assert settings(engine, workload)
    assert not left & settings(engine, workload).keys()
