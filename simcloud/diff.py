"""What differs between two versions of a resource's inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from simcloud.assets import is_asset
from simcloud.values import Props, Unknown, Value, same


class Change(StrEnum):
    """What happens to one property path."""

    ADD = "add"
    DELETE = "delete"
    UPDATE = "update"


@dataclass(frozen=True)
class Difference:
    """Changed property paths (`ingress[0].fromPort`); empty when nothing changed."""

    paths: Mapping[str, Change]

    @property
    def changed(self) -> frozenset[str]:
        """The top-level properties that changed."""
        return frozenset(path.split(".", 1)[0].split("[", 1)[0] for path in self.paths)


def difference(old: Props, new: Props) -> Difference:
    """Compare inputs. Bookkeeping keys (`__…`) and write-only values (`…Wo`) never count as changes."""
    keys = sorted(
        key for key in old.keys() | new.keys() if not key.startswith("__") and not key.endswith("Wo")
    )
    return Difference(
        {path: change for key in keys for path, change in _changes(key, old.get(key), new.get(key))}
    )


def _changes(path: str, old: Value, new: Value) -> Iterator[tuple[str, Change]]:
    if isinstance(new, Unknown):
        yield path, Change.UPDATE if old is not None else Change.ADD
    elif old is None or new is None:
        if old is not None or new is not None:
            yield path, Change.ADD if old is None else Change.DELETE
    elif is_asset(old) and is_asset(new) and old.get("hash") is not None:
        # What an asset holds counts, not where it lies.
        if old["hash"] != new.get("hash"):
            yield path, Change.UPDATE
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys()):
            yield from _changes(f"{path}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_changes(path, old, new)
    elif not same(old, new):
        yield path, Change.UPDATE


def _list_changes(path: str, old: list[Value], new: list[Value]) -> Iterator[tuple[str, Change]]:
    for position in range(max(len(old), len(new))):
        before = old[position] if position < len(old) else None
        after = new[position] if position < len(new) else None
        yield from _changes(f"{path}[{position}]", before, after)
