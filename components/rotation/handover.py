"""What the master of a PostgreSQL made is handed over to the applications: they change it, and the master still may.

A database that was used as the master, or restored from such a one, so gets its two users without losing anything.
"""

from __future__ import annotations

# A change of owner waits for whoever reads the table, and all others wait behind it: better to be tried again later.
_PATIENCE = "5s"

# Sequences of columns follow their tables, extensions stay whole, and what runs with the master's rights keeps them.
_HAND_OVER = """
DO $$ DECLARE
  master oid := (SELECT oid FROM pg_roles WHERE rolname = current_user);
  thing text;
BEGIN FOR thing IN SELECT mine.thing FROM (
  SELECT 1 AS turn, format('SCHEMA %I', nspname) AS thing FROM pg_namespace
  WHERE nspowner = master AND nspname !~ '^pg_'
  UNION ALL
  SELECT 2, format('TABLE %s', c.oid::regclass) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relowner = master AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname !~ '^pg_' AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid
    AND (deptype = 'e' OR relkind = 'S' AND deptype IN ('a', 'i')))
  UNION ALL
  SELECT 3, format('ROUTINE %s', p.oid::regprocedure) FROM pg_proc p WHERE proowner = master AND NOT prosecdef
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
  UNION ALL
  SELECT 4, format('TYPE %s', t.oid::regtype) FROM pg_type t LEFT JOIN pg_class c ON c.oid = typrelid
  WHERE typowner = master AND (typtype IN ('d', 'e', 'r') OR relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
) mine ORDER BY turn
LOOP EXECUTE 'ALTER ' || thing || ' OWNER TO "$OWNER"'; END LOOP; END $$
"""
# Everybody may use routines and types anyway.
_KINDS = ("SCHEMAS", "TABLES", "SEQUENCES")


def statements(owner: str) -> list[str]:
    """As the master: it is one of `owner`, which gets what the master has, and may use what the master will make."""
    return [
        f'GRANT "{owner}" TO CURRENT_USER',
        f"SET lock_timeout = '{_PATIENCE}'",
        _HAND_OVER.replace("$OWNER", owner),
        *(f'ALTER DEFAULT PRIVILEGES GRANT ALL ON {kind} TO "{owner}"' for kind in _KINDS),
    ]
