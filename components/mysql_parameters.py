"""MySQL server settings: units, when they apply, and what is set for everyone."""

from __future__ import annotations

from collections.abc import Mapping

from components.engine import Engine
from components.parameter import BYTE, MILLISECOND, SECOND, Apply, Parameter, Unit, in_units

# MySQL 8.0 manual, "Server System Variables" and "InnoDB Startup Options"; per reference notes.
_UNITS: Mapping[str, Unit] = {
    "innodb_buffer_pool_size": BYTE,
    "innodb_log_buffer_size": BYTE,
    "innodb_log_file_size": BYTE,
    "innodb_redo_log_capacity": BYTE,
    "join_buffer_size": BYTE,
    "key_buffer_size": BYTE,
    "max_allowed_packet": BYTE,
    "max_heap_table_size": BYTE,
    "sort_buffer_size": BYTE,
    "tmp_table_size": BYTE,
    "innodb_lock_wait_timeout": SECOND,
    "interactive_timeout": SECOND,
    "lock_wait_timeout": SECOND,
    "long_query_time": SECOND,
    "max_execution_time": MILLISECOND,
    "net_read_timeout": SECOND,
    "net_write_timeout": SECOND,
    "read_buffer_size": BYTE,
    "read_rnd_buffer_size": BYTE,
    "wait_timeout": SECOND,
}

# Variables that are not dynamic: MySQL reads them only at start.
_STATIC = frozenset(
    {
        "back_log",
        "innodb_buffer_pool_instances",
        "innodb_log_file_size",
        "innodb_open_files",
        "innodb_read_io_threads",
        "innodb_write_io_threads",
        "lower_case_table_names",
        "performance_schema",
        "skip_name_resolve",
    }
)

# RDS exports the slow log to CloudWatch only when it is written to files.
_DEFAULTS = {"log_output": "FILE", "long_query_time": "1", "slow_query_log": "1"}


def resolve(where: str, asked: Mapping[str, str]) -> tuple[Parameter, ...]:
    """What was asked, over the defaults, in RDS units and sorted by name; TLS is always forced."""
    tls_name, tls_value = Engine.MYSQL.forced_tls
    merged = {**_DEFAULTS, **asked, tls_name: tls_value}
    return tuple(_parameter(where, name, value) for name, value in sorted(merged.items()))


def _parameter(where: str, name: str, value: str) -> Parameter:
    apply = Apply.REBOOT if name in _STATIC else Apply.IMMEDIATE
    return Parameter(name, in_units(where, name, value, _UNITS.get(name)), apply)
