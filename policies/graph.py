"""All resources of a stack and how they refer to each other, for rules that need more than one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policies.environment import Environment
from policies.resource import Resource
from policies.view import Truth, View

_IDENTITIES = ("id", "arn", "name", "bucket")


class Graph:
    """References are followed by what the engine recorded, else by equal known ids, ARNs or names."""

    def __init__(self, resources: Iterable[Resource], environment: Environment) -> None:
        self.environment = environment
        self.resources = tuple(resources)
        self._by_urn = {resource.urn: resource for resource in self.resources}
        self._by_type: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            self._by_type[resource.type].append(resource)
        self._known_as: dict[str, dict[str, Resource]] = {}
        self._unresolved: dict[tuple[str, tuple[str, ...]], Truth] = {}
        self._referrers: dict[tuple[str, str, str], dict[str, list[Resource]]] = {}

    def of_type(self, *types: str) -> list[Resource]:
        return [resource for wanted in types for resource in self._by_type.get(wanted, ())]

    def targets(self, resource: Resource, key: str, *types: str) -> list[Resource]:
        """The resources of these types that a property names."""
        recorded = [self._by_urn[urn] for urn in resource.references.get(key, ()) if urn in self._by_urn]
        found = [target for target in recorded if target.type in types]
        return found or list(self._named_in(resource.at(key), types))

    def referrers(self, target: Resource, key: str, type_: str) -> list[Resource]:
        """The resources of a type whose property names the target."""
        index = (type_, key, target.type)
        if index not in self._referrers:
            self._referrers[index] = self._index_referrers(*index)
        return self._referrers[index].get(target.urn, [])

    def refers(self, resource: Resource, key: str, *types: str) -> Truth:
        """Whether a property names something of these types in this stack; MAYBE while nobody can tell."""
        if self.targets(resource, key, *types):
            return Truth.TRUE
        return Truth.MAYBE if self._is_open(resource, key) else Truth.FALSE

    def unresolved(self, key: str, *types: str) -> Truth:
        """MAYBE when some resource of these types names something that is not known yet, else FALSE."""
        question = (key, types)
        if question not in self._unresolved:
            is_open = any(self._is_open(resource, key) for resource in self.of_type(*types))
            self._unresolved[question] = Truth.MAYBE if is_open else Truth.FALSE
        return self._unresolved[question]

    @staticmethod
    def _is_open(resource: Resource, key: str) -> bool:
        view = resource.at(key)
        return not resource.references.get(key) and any(one.is_unknown for one in (view, *view.items()))

    def _index_referrers(self, type_: str, key: str, target_type: str) -> dict[str, list[Resource]]:
        index: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.of_type(type_):
            for target in self.targets(resource, key, target_type):
                index[target.urn].append(resource)
        return index

    def _named_in(self, view: View, types: tuple[str, ...]) -> Iterator[Resource]:
        names = {one.value for one in (view, *view.items()) if isinstance(one.value, str)}
        for wanted in types:
            known_as = self._known_as.get(wanted)
            if known_as is None:
                known_as = self._known_as[wanted] = self._identities(wanted)
            yield from (known_as[name] for name in sorted(names & known_as.keys()))

    def _identities(self, wanted: str) -> dict[str, Resource]:
        pairs = (
            (resource.at(key).value, resource) for resource in self.of_type(wanted) for key in _IDENTITIES
        )
        return {value: resource for value, resource in pairs if isinstance(value, str) and value}
