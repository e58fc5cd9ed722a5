"""Server settings by kind of work.

Starting points of the PostgreSQL and MySQL manuals and of RDS's best practices; per reference notes. What depends on
memory is left to RDS, whose defaults follow the instance class, except where a kind of work needs otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from components.engine import Engine


class Workload(StrEnum):
    """WEB: many short transactions. ANALYTICS: few long reads. WRITES: much is written all the time."""

    WEB = "web"
    ANALYTICS = "analytics"
    WRITES = "writes"


# RDS's storage is flash: random reads cost about as much as sequential ones, and many fit side by side.
_FLASH = {"random_page_cost": "1.1", "effective_io_concurrency": "200"}

_PRESETS: Mapping[tuple[Engine, Workload], Mapping[str, str]] = {
    (Engine.POSTGRES, Workload.WEB): {
        **_FLASH,
        # A request that nobody waits for any more must not hold locks and connections.
        "statement_timeout": "30s",
        "idle_in_transaction_session_timeout": "1min",
        "lock_timeout": "10s",
        "work_mem": "8MB",
    },
    (Engine.POSTGRES, Workload.ANALYTICS): {
        **_FLASH,
        "work_mem": "64MB",
        "maintenance_work_mem": "512MB",
        "default_statistics_target": "500",
        "max_parallel_workers_per_gather": "4",
        # Long reads on a replica are not cancelled by what the primary cleans up.
        "max_standby_streaming_delay": "15min",
    },
    (Engine.POSTGRES, Workload.WRITES): {
        **_FLASH,
        # Fewer, smoother checkpoints: less is written twice.
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        "max_wal_size": "8GB",
        "wal_buffers": "64MB",
        "autovacuum_naptime": "15s",
        "autovacuum_vacuum_scale_factor": "0.05",
    },
    (Engine.MYSQL, Workload.WEB): {
        "max_execution_time": "30s",
        "innodb_lock_wait_timeout": "10s",
        "wait_timeout": "10min",
        "interactive_timeout": "10min",
    },
    (Engine.MYSQL, Workload.ANALYTICS): {
        "tmp_table_size": "256MB",
        "max_heap_table_size": "256MB",
        "join_buffer_size": "8MB",
        "sort_buffer_size": "8MB",
    },
    (Engine.MYSQL, Workload.WRITES): {
        "innodb_io_capacity": "2000",
        "innodb_io_capacity_max": "4000",
        "innodb_redo_log_capacity": "4GB",
        "innodb_log_buffer_size": "64MB",
    },
}


def settings(engine: Engine, workload: Workload | None) -> Mapping[str, str]:
    """The server settings for a kind of work, in human units; none for none."""
    return {} if workload is None else _PRESETS[engine, workload]
