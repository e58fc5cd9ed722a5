"""Changes to one's own prefix lists as EC2 takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.managed_prefixes import ManagedPrefixListBackend

from simcloud.patches import around


@around(ManagedPrefixListBackend)
def create_managed_prefix_list(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: refuses more entries than there is room for; moto: takes them."""
    entries, most = kwargs.get("entry") or [], kwargs.get("max_entries")
    if most is not None:
        check_room(len(entries), int(most))
    return original(self, *args, **kwargs)


@around(ManagedPrefixListBackend)
def modify_managed_prefix_list(
    original: Any,
    self: Any,
    add_entry: Any,
    remove_entry: Any,
    prefix_list_id: str | None = None,
    current_version: int | None = None,
    prefix_list_name: str | None = None,
) -> Any:
    """AWS: keeps the name, refuses an old version, double entries and too many; moto: the other way round."""
    found = own_list(self, prefix_list_id)
    added, removed = add_entry or [], [entry["Cidr"] for entry in remove_entry or []]
    if added or removed:
        if current_version is not None and current_version != found.version:
            raise EC2ClientError(
                "PrefixListVersionMismatch",
                f"The prefix list {found.id} has version {found.version}, not {current_version}.",
            )
        _check_entries(found, added, removed)
    found.entries.setdefault(found.version, [])
    name = prefix_list_name or found.prefix_list_name
    return original(self, added, remove_entry or [], found.id, current_version, name)


@around(ManagedPrefixListBackend)
def delete_managed_prefix_list(original: Any, self: Any, prefix_list_id: str) -> Any:
    """AWS: a list in use stays, another is gone soon; moto: deletes it after it has been described."""
    found = own_list(self, prefix_list_id)
    users = sorted(set(_users(self, prefix_list_id)))
    if users:
        # The code is from memory of AWS's documentation, not verified.
        raise EC2ClientError(
            "DependencyViolation", f"The prefix list {prefix_list_id} is referenced by {', '.join(users)}."
        )
    deleted = original(self, found.id)
    del self.managed_prefix_lists[found.id]
    return deleted


def own_list(self: Any, identity: str | None) -> Any:
    """The list of that id, if it can be changed; raises AWS's error otherwise."""
    found = self.managed_prefix_lists.get(identity)
    if found is None:
        raise EC2ClientError(
            "InvalidPrefixListID.NotFound", f"The prefix list ID '{identity}' does not exist"
        )
    if found.owner_id == "AWS":
        raise EC2ClientError("OperationNotPermitted", f"{identity} is a prefix list of AWS's own.")
    return found


def _check_entries(found: Any, added: list[Any], removed: list[str]) -> None:
    current = [entry["Cidr"] for entry in found.entries.get(found.version) or []]
    for cidr in removed:
        if cidr not in current:
            raise EC2ClientError("InvalidParameterValue", f"The entry {cidr} is not in {found.id}.")
    kept = [cidr for cidr in current if cidr not in removed]
    for entry in added:
        if entry["Cidr"] in kept:
            raise EC2ClientError(
                "InvalidParameterValue", f"The entry {entry['Cidr']} is in {found.id} already."
            )
    check_room(len(kept) + len(added), int(found.max_entries))


def check_room(size: int, most: int) -> None:
    """Raise AWS's error if there are more entries than there is room for."""
    if size > most:
        # The code is from memory of AWS's documentation, not verified.
        raise EC2ClientError(
            "PrefixListMaxEntriesExceeded",
            f"You've reached the maximum number of entries for the prefix list: {size} of {most}.",
        )


def _users(self: Any, identity: str) -> Iterator[str]:
    for groups in self.groups.values():
        for group in groups.values():
            if any(rule.prefix_list_id == identity for rule in [*group.ingress_rules, *group.egress_rules]):
                yield group.id
    for table in self.route_tables.values():
        for route in table._routes.values():
            if route.destination_prefix_list is not None and route.destination_prefix_list.id == identity:
                yield table.id
