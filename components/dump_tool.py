"""Which program dumps a database, and when a dump counts: it is whole before it is uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.engine import Engine

_FILE = "/tmp/dump"
# Written by the shell after mysqldump has said that nothing failed.
_WHOLE = "/tmp/whole"


@dataclass(frozen=True, kw_only=True)
class DumpTool:
    """`command` for `sh -c`; the others name the variables by which it learns where and who.

    `constants` are variables of its own. It uploads to `$BUCKET`, below `$PREFIX`.
    """

    command: str
    host: str
    port: str
    database: str
    username: str
    password: str
    constants: Mapping[str, str]


def _upload(suffix: str) -> str:
    return f'aws s3 cp --no-progress {_FILE} "s3://$BUCKET/$PREFIX/$(date -u +%Y/%m/%d/%H%M%S).{suffix}"'


# Complete before it is uploaded, and readable: a stream that breaks would leave half a dump under a good name.
_POSTGRES = (
    f"pg_dump --format=custom --no-owner --file={_FILE} && pg_restore --list {_FILE} > /dev/null "
    f"&& {_upload('dump')}"
)

# MySQL 8.0 Reference Manual, "Dumping Stored Programs", read 2026-11: triggers are dumped by default, routines and
# events only when asked for. One transaction is a snapshot of InnoDB's tables that locks nobody out. Without
# --set-gtid-purged=OFF, 8.0.32 and newer take FLUSH TABLES WITH READ LOCK, which RDS denies its master user
# (mysql/mysql-server commit 022e73ba697; actions/runner-images issue 7041, read 2026-11). --ssl-mode=REQUIRED fails
# where it cannot encrypt (release notes of MySQL 5.6.30, read 2026-11).
_MYSQLDUMP = (
    'mysqldump --host="$MYSQL_HOST" --user="$MYSQL_USER" --ssl-mode=REQUIRED --single-transaction --routines '
    '--triggers --events --set-gtid-purged=OFF "$MYSQL_DATABASE"'
)
# A pipe ends like its last program, so the first one's end is kept in a file. Its last line says that it came to the
# end of the database; and what was compressed is read back.
_MYSQL = (
    f"{{ {_MYSQLDUMP} && touch {_WHOLE}; }} | gzip > {_FILE} && test -e {_WHOLE} && gzip -t {_FILE} "
    f"&& gzip -dc {_FILE} | tail -n 1 | grep -q '^-- Dump completed' "
    f"&& {_upload('sql.gz')}"
)

TOOLS: Mapping[Engine, DumpTool] = {
    Engine.POSTGRES: DumpTool(
        command=_POSTGRES,
        host="PGHOST",
        port="PGPORT",
        database="PGDATABASE",
        username="PGUSER",
        password="PGPASSWORD",
        constants={"PGSSLMODE": "require"},
    ),
    # MYSQL_PWD and MYSQL_TCP_PORT are read by every client (MySQL 8.4 Reference Manual, 6.9 "Environment Variables",
    # read 2026-11). The former is deprecated where other users of a machine see it; a task has none, and ECS hands
    # secrets over as variables anyway.
    Engine.MYSQL: DumpTool(
        command=_MYSQL,
        host="MYSQL_HOST",
        port="MYSQL_TCP_PORT",
        database="MYSQL_DATABASE",
        username="MYSQL_USER",
        password="MYSQL_PWD",
        constants={},
    ),
}
