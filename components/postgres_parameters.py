"""PostgreSQL server settings: units, when they apply, and what is set for everyone."""

from __future__ import annotations

from collections.abc import Mapping

from components.engine import Engine
from components.parameter import (
    KILOBYTE,
    MEGABYTE,
    MILLISECOND,
    PAGE,
    SECOND,
    Apply,
    Parameter,
    Unit,
    in_units,
)

# Units as in pg_settings.unit of PostgreSQL 16, which RDS uses unchanged; per reference notes.
_UNITS: Mapping[str, Unit] = {
    "shared_buffers": PAGE,
    "effective_cache_size": PAGE,
    "wal_buffers": PAGE,
    "temp_buffers": PAGE,
    "work_mem": KILOBYTE,
    "maintenance_work_mem": KILOBYTE,
    "autovacuum_work_mem": KILOBYTE,
    "logical_decoding_work_mem": KILOBYTE,
    "temp_file_limit": KILOBYTE,
    "log_temp_files": KILOBYTE,
    "min_wal_size": MEGABYTE,
    "max_wal_size": MEGABYTE,
    "wal_keep_size": MEGABYTE,
    "max_slot_wal_keep_size": MEGABYTE,
    "statement_timeout": MILLISECOND,
    "lock_timeout": MILLISECOND,
    "deadlock_timeout": MILLISECOND,
    "idle_in_transaction_session_timeout": MILLISECOND,
    "idle_session_timeout": MILLISECOND,
    "transaction_timeout": MILLISECOND,
    "log_min_duration_statement": MILLISECOND,
    "log_autovacuum_min_duration": MILLISECOND,
    "max_standby_streaming_delay": MILLISECOND,
    "max_standby_archive_delay": MILLISECOND,
    "wal_sender_timeout": MILLISECOND,
    "checkpoint_timeout": SECOND,
    "autovacuum_naptime": SECOND,
    "tcp_keepalives_idle": SECOND,
    "tcp_keepalives_interval": SECOND,
}

# Parameters of context "postmaster": PostgreSQL reads them only at start; per the PostgreSQL 16 manual.
_STATIC = frozenset(
    {
        "autovacuum_freeze_max_age",
        "autovacuum_max_workers",
        "autovacuum_multixact_freeze_max_age",
        "huge_page_size",
        "huge_pages",
        "max_connections",
        "max_files_per_process",
        "max_locks_per_transaction",
        "max_logical_replication_workers",
        "max_pred_locks_per_transaction",
        "max_prepared_transactions",
        "max_replication_slots",
        "max_wal_senders",
        "max_worker_processes",
        "min_dynamic_shared_memory",
        "old_snapshot_threshold",
        "pg_stat_statements.max",
        # Static up to PostgreSQL 14 (codeforamerica/asap_pdf#571, read 2026-11), dynamic in newer families;
        # waiting for the restart is legal in all of them, and a new instance starts with it.
        "rds.force_ssl",
        "rds.logical_replication",
        "reserved_connections",
        "shared_buffers",
        "shared_preload_libraries",
        "superuser_reserved_connections",
        "track_activity_query_size",
        "track_commit_timestamp",
        "wal_buffers",
        "wal_decode_buffer_size",
    }
)

# Slow statements and lock waits are what one looks for first; a second is slow for a web request.
_DEFAULTS = {"log_min_duration_statement": "1000", "log_lock_waits": "1"}


def resolve(where: str, asked: Mapping[str, str]) -> tuple[Parameter, ...]:
    """What was asked, over the defaults, in RDS units and sorted by name; TLS is always forced."""
    tls_name, tls_value = Engine.POSTGRES.forced_tls
    merged = {**_DEFAULTS, **asked, tls_name: tls_value}
    return tuple(_parameter(where, name, value) for name, value in sorted(merged.items()))


def _parameter(where: str, name: str, value: str) -> Parameter:
    apply = Apply.REBOOT if name in _STATIC else Apply.IMMEDIATE
    return Parameter(name, in_units(where, name, value, _UNITS.get(name)), apply)
