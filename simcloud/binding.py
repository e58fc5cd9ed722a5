"""What a resource type has to say for itself so that the provider can manage it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from botocore.exceptions import ClientError

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import RECORDED_TAGS, Tagging
from simcloud.values import Props, Value

Params = dict[str, Any]

_GONE = re.compile(
    r"NotFound|NoSuch|NotExist|Nonexist|does not exist|Unknown(Resource|Operation)Exception|^404$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AutoName:
    """How the provider names what was not named: `<logical name>-<7 hex>`, as the real one does.

    `limit` is the service's maximum length; `lower` for services that refuse capitals; `start` what every name of
    the service begins with; `ending` what a name ends in if that boolean property is true; `plain` for what takes the
    logical name as it is, so that it may be taken already.
    """

    property: str = "name"
    limit: int = 255
    lower: bool = False
    start: str = ""
    ending: tuple[str, str] = ("", "")
    plain: bool = False


@dataclass(frozen=True)
class Reference:
    """A property that must name something which exists. `kind` is a key of `simcloud.resolvers.RESOLVERS`.

    `path` is a property path in which `[]` stands for every item: `defaultActions[].targetGroupArn`.
    """

    path: str
    kind: str


class Binding:
    """One resource type. Subclasses set the class variables and write `request`, `identify`, `read` and `delete`.

    Property names are the provider's (camelCase), parameters the API's. During preview `new` may hold `UNKNOWN`
    anywhere below `request` and `rules`, never in the other methods.
    """

    token: ClassVar[str]
    kept_in: ClassVar[str] = "moto"
    """What holds the resource: moto, simcloud's own records, or simcloud's own Cloudflare."""
    service: ClassVar[str]
    """boto3's name of the service."""
    operation: ClassVar[str] = ""
    """boto3's method that creates the resource; empty if creating is not one call."""
    parameters: ClassVar[Mapping[str, str]] = {}
    """Where a parameter of `operation` comes from, if the names differ: `{"RoleName": "name"}`; what begins with a dot
    is the name of a member wherever it is: `{".FixedResponseConfig": ".fixedResponse"}`. The dotted ones first."""
    replaces: ClassVar[frozenset[str]] = frozenset()
    """Top-level properties whose change forces a replacement (`region` always does)."""
    defaults: ClassVar[Mapping[str, Value]] = {}
    """What the real provider fills in when the property is not given."""
    autoname: ClassVar[AutoName | None] = None
    tagging: ClassVar[Tagging | None] = None
    """How tags are written and read; None if the type has none. Bindings never handle tags themselves."""
    references: ClassVar[tuple[Reference, ...]] = ()
    faults: ClassVar[Mapping[str, str]] = {}
    """The property that an error of the cloud is about, by its code, and by words of it where the code is not enough:
    `{"InvalidSubnet.Conflict": "cidrBlock", "InvalidConfigurationRequest: bucket": "accessLogs.bucket"}`."""
    protected_by: ClassVar[str] = ""
    """The boolean property that, while true, makes AWS refuse deletion."""
    global_service: ClassVar[bool] = False
    """Whether the type lives outside regions (IAM, CloudFront, Route 53): it has no `region` property."""

    def request(self, ctx: Context, new: Props) -> Params:
        """Parameters of `operation`. Pure; also called at preview, to be validated there."""
        raise NotImplementedError(f"{type(self).__name__}.request")  # pragma: no cover

    def create(self, ctx: Context, new: Props) -> str:
        """Make the resource and return its provider id."""
        response = getattr(ctx.client(self.service), self.operation)(**self.request(ctx, new))
        return self.identify(ctx, response, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        """The provider's id, out of the response of `operation`."""
        raise NotImplementedError(f"{type(self).__name__}.identify")  # pragma: no cover

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        """Bring what can change in place from `old` (empty after creation) to `new`."""

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        """The properties as the cloud has them, or None if the resource is gone.

        `given` are the last known properties (inputs and outputs), empty on import. A property that is left out is
        answered from `given`: for what moto loses. None says that the cloud has no value.
        """
        raise NotImplementedError(f"{type(self).__name__}.read")  # pragma: no cover

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Remove the resource. AWS's refusals (in use, protected) must come out as errors."""
        raise NotImplementedError(f"{type(self).__name__}.delete")  # pragma: no cover

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        """What AWS refuses and no model says. `new` may hold UNKNOWN: judge only what is known."""
        return iter(())

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        """What AWS refuses because of what else exists or does not; asked right before creation and update.

        At preview it cannot be known: what is missing may be about to be made by the same deployment.
        """
        return iter(())

    def import_id(self, identity: str) -> Props:
        """Properties that an import must know before `read` can look: parsed from the id. Mostly nothing."""
        return {}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        """The provider's id of what an import called `identity`: the same, unless the two are written differently."""
        return identity

    def tag_key(self, identity: str, state: Props) -> str:
        """What the tagging API calls the resource by. The id, unless the service wants an ARN."""
        return str(state.get("arn") or identity) if self.tagging and self.tagging.by_arn else identity

    def is_gone(self, error: ClientError) -> bool:
        """Whether `error` means that the resource does not exist."""
        return bool(_GONE.search(str(error.response.get("Error", {}).get("Code", ""))))

    def schedule(self, changed: frozenset[str]) -> frozenset[str]:
        """Of the changed top-level properties, those that force a replacement."""
        return changed & (self.replaces | {"region"})

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """Properties that force a replacement only because of what they were and what they become."""
        return frozenset()


class RecordedBinding(Binding):
    """A type that moto lacks: kept in simcloud's own store with the same life cycle, visible in no HTTP API."""

    kept_in = "recorded"

    def request(self, ctx: Context, new: Props) -> Params:
        return {}

    def create(self, ctx: Context, new: Props) -> str:
        identity = self.new_identity(ctx, new)
        if ctx.store.get(self.token, identity) is not None:
            raise Refusal("AlreadyExists", f"{identity} already exists.")
        ctx.store.put(self.token, identity, {**new, **self.computed(ctx, identity, new)})
        return identity

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            record = ctx.store.get(self.token, identity) or {}
            dropped = old.keys() - new.keys()
            merged = {key: value for key, value in record.items() if key not in dropped}
            ctx.store.put(self.token, identity, {**merged, **new})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return ctx.store.get(self.token, identity)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.store.drop(self.token, identity)
        ctx.store.drop(RECORDED_TAGS, self.tag_key(identity, old))

    def new_identity(self, ctx: Context, new: Props) -> str:
        """The provider id of a new record; its name, unless AWS gives out ids."""
        return str(new["name"])

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        """Outputs that AWS would compute."""
        return {}
