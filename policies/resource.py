"""A resource as plain data, whoever it came from: the engine, a state file or a test case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.view import View


@dataclass(frozen=True)
class Resource:
    """`references` says per property which resources (URNs) its value was made from."""

    urn: str
    type: str
    name: str
    properties: Mapping[str, object] = field(repr=False)
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str = ""

    def at(self, *keys: str) -> View:
        """Look at a property, by its name in the provider's schema (camelCase)."""
        return View(self.properties).at(*keys)
