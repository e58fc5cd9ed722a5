"""An AWS that only remembers: what components registered, under whom, and after what."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pulumi
from pulumi.runtime import mocks
from pulumi.runtime.sync_await import _sync_await

T = TypeVar("T")

REGION = "us-east-1"
ACCOUNT = "123456789012"
PREFIX_LIST_ID = "pl-3b927c52"
_ZONES = [f"{REGION}{letter}" for letter in "abcdef"]


@dataclass(frozen=True)
class Made:
    """One resource as asked for; `parent` and `after` are names, `type` is the last part of the AWS type.

    `may_take` is how long its creation may, if that was said.
    """

    type: str
    name: str
    inputs: Mapping[str, Any]
    parent: str = ""
    protect: bool = False
    after: Sequence[str] = ()
    ignored: Sequence[str] = ()
    may_take: str = ""

    def document(self, key: str) -> Any:
        """A policy document among the inputs."""
        return json.loads(self.inputs[key])


@dataclass
class Cloud:
    """What a test asks: run a program, then look at what was made."""

    zones: Sequence[str] = field(default_factory=lambda: list(_ZONES))
    made: list[Made] = field(default_factory=list)
    looked_up: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def deploy(self, program: Callable[[], T]) -> T:
        """Run `program` to the end, all registrations included; its errors come out as they are."""
        pulumi.runtime.set_mocks(
            _Answers(self), project="plinth", stack="test", preview=False, monitor=_Monitor(self)
        )
        result: list[T] = []

        @pulumi.runtime.test  # type: ignore[untyped-decorator]
        def run() -> None:
            result.append(program())

        run()
        return result[0]

    def value(self, output: pulumi.Output[Any]) -> Any:
        """What an output of a deployed component came to."""
        return _sync_await(output.future())

    def of(self, kind: str) -> list[Made]:
        """The resources of a type, e.g. `Subnet`, in the order of their names."""
        return sorted((made for made in self.made if made.type == kind), key=lambda made: made.name)

    def one(self, kind: str) -> Made:
        """The only resource of a type."""
        [found] = self.of(kind)
        return found

    def named(self, kind: str, name: str) -> Made:
        """The resource of a type and name."""
        [found] = [made for made in self.of(kind) if made.name == name]
        return found


class _Monitor(mocks.MockMonitor):
    """Pulumi's mock monitor, which also tells parents, protection and order."""

    def __init__(self, cloud: Cloud) -> None:
        super().__init__(_Answers(cloud))
        self.cloud = cloud

    def RegisterResource(self, request: Any) -> Any:
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        if request.type.startswith("aws:"):
            inputs = pulumi.runtime.rpc.deserialize_properties(request.object)
            self.cloud.made.append(
                Made(
                    type=_kind(request.type),
                    name=request.name,
                    inputs=inputs,
                    parent=_name(request.parent),
                    protect=request.protect,
                    after=[_name(urn) for urn in request.dependencies],
                    ignored=list(request.ignoreChanges),
                    may_take=request.customTimeouts.create,
                )
            )
        return response


@dataclass(frozen=True)
class _Answers(mocks.Mocks):
    cloud: Cloud

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        computed = _computed(args) if args.typ.startswith("aws:") else {}
        return f"{args.name}-id", {**computed, **args.inputs}

    def call(self, args: mocks.MockCallArgs) -> Any:
        self.cloud.looked_up.append((args.token, args.args))
        if args.token.endswith(":getSecretVersion"):
            return {"secretString": _written(self.cloud, args.args["secretId"]), "id": args.args["secretId"]}
        return _look_up(args.token.rsplit(":", 1)[-1], args.args, self.cloud.zones)


def _written(cloud: Cloud, secret_id: str) -> Any:
    """What the last version of a secret says; asked too early, there is none and the test fails."""
    texts = [made.inputs["secretStringWo"] for made in cloud.of("SecretVersion")]
    [text] = [
        text
        for made, text in zip(cloud.of("SecretVersion"), texts, strict=False)
        if made.inputs["secretId"] == secret_id
    ]
    return pulumi.runtime.rpc.unwrap_rpc_secret(text)


def _kind(token: str) -> str:
    return token.rsplit(":", 1)[-1]


def _name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]


def _computed(args: mocks.MockResourceArgs) -> dict[str, Any]:
    """What AWS would fill in, as far as components build upon it."""
    kind, name = _kind(args.typ), args.name
    region = args.inputs.get("region", REGION)
    common = {"arn": f"arn:aws:test:{region}:{ACCOUNT}:{kind}/{name}", "name": f"{name}-1234567"}
    return {**common, **_COMPUTED.get(kind, _nothing)(name, args.inputs)}


def _nothing(_name: str, _inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _bucket(name: str, _inputs: Mapping[str, Any]) -> dict[str, Any]:
    bucket = f"{name}-1234567"
    return {
        "bucket": bucket,
        "arn": f"arn:aws:s3:::{bucket}",
        "bucketDomainName": f"{bucket}.s3.amazonaws.com",
        "bucketRegionalDomainName": f"{bucket}.s3.{REGION}.amazonaws.com",
    }


def _certificate(_name: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    domains = [inputs["domainName"], *inputs.get("subjectAlternativeNames", [])]
    options = [
        {
            "domainName": domain,
            "resourceRecordName": f"_proof.{domain.removeprefix('*.')}.",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": f"_{domain.removeprefix('*.')}.acm-validations.aws.",
        }
        for domain in domains
    ]
    return {"domainValidationOptions": list(reversed(options))}


def _record(_name: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"fqdn": str(inputs["name"]).rstrip(".")}


_COMPUTED: Mapping[str, Callable[[str, Mapping[str, Any]], dict[str, Any]]] = {
    "Bucket": _bucket,
    "Certificate": _certificate,
    "Record": _record,
    "Zone": lambda name, _: {"zoneId": f"{name}-id", "nameServers": ["ns-1.example.", "ns-2.example."]},
    "Eip": lambda name, _: {"allocationId": f"{name}-allocation", "publicIp": "198.51.100.1"},
    "NatGateway": lambda _name, _inputs: {"publicIp": "198.51.100.1"},
    "LoadBalancer": lambda name, _: {
        "arnSuffix": f"app/{name}/1",
        "dnsName": f"{name}.elb.example",
        "zoneId": "Z35SXDOTRQ7X7K",
    },
    "TargetGroup": lambda name, _: {"arnSuffix": f"targetgroup/{name}/1"},
    "Instance": lambda name, _: {
        "address": f"{name}.rds.example",
        "masterUserSecrets": [{"secretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!{name}"}],
    },
    "ReplicationGroup": lambda name, _: {
        "replicationGroupId": f"{name}-1234567",
        "primaryEndpointAddress": f"primary.{name}.cache.example",
        "readerEndpointAddress": f"reader.{name}.cache.example",
        "configurationEndpointAddress": f"configuration.{name}.cache.example",
    },
    "Repository": lambda name, _: {"repositoryUrl": f"{ACCOUNT}.dkr.ecr.{REGION}.example/{name}"},
    "SecretVersion": lambda _, inputs: {
        "secretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{inputs['secretId']}"
    },
    "Distribution": lambda _name, _inputs: {
        "domainName": "d111111abcdef8.cloudfront.net",
        "hostedZoneId": "Z2FDTNDATAQYW2",
    },
}


def _look_up(function: str, args: Mapping[str, Any], zones: Sequence[str]) -> dict[str, Any]:
    match function:
        case "getAvailabilityZones":
            return {"names": list(zones), "id": REGION}
        case "getCallerIdentity":
            return {"accountId": ACCOUNT, "id": ACCOUNT}
        case "getPartition":
            return {"partition": "aws", "id": "aws", "dnsSuffix": "amazonaws.com"}
        case "getRegion":
            return {"region": REGION, "name": REGION, "id": REGION}
        case "getManagedPrefixList":
            return {"id": PREFIX_LIST_ID, "name": args["name"]}
        case "getZone":
            return {"zoneId": args["zoneId"], "nameServers": ["ns-9.example."], "id": args["zoneId"]}
        case "getRandomPassword":
            return {"randomPassword": f"drawn-{int(args['passwordLength'])}", "id": "drawn"}
        case _:
            raise AssertionError(f"a component asked for {function}, which the recording does not answer")
