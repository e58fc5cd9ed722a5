"""The engine's twin for tests of whole programs: remembers what a program registers, answers what it asks."""

import json
import runpy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pulumi
from pulumi.runtime import mocks

ROOT = Path(__file__).parents[2]
ACCOUNT = "123456789012"


@dataclass(frozen=True)
class Registered:
    """One resource as the program asked for it."""

    type: str
    name: str
    inputs: Mapping[str, Any]


@dataclass
class Recording(mocks.Mocks):
    """Every resource that was registered, in order."""

    region: str = "us-east-1"
    # What other stacks told, for `pulumi.StackReference`.
    stacks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    resources: list[Registered] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.resources.append(Registered(args.typ, args.name, args.inputs))
        if args.typ == "pulumi:pulumi:StackReference":
            told = dict(self.stacks[str(args.resource_id)])
            return args.resource_id, {"name": args.resource_id, "outputs": told, "secretOutputNames": []}
        return f"{args.name}-id", {**_answers(args, self.region), **args.inputs, **_completed(args)}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        self.looked_up.append(args.token)
        return dict(_look_up(args.token, args.args, self.region)), []

    def of(self, kind: str) -> list[Registered]:
        """The resources whose type is `kind`, e.g. `aws:ec2/subnet:Subnet`."""
        return [resource for resource in self.resources if resource.type == kind]

    def named(self, name: str) -> Registered:
        """The one resource with this name."""
        [found] = [resource for resource in self.resources if resource.name == name]
        return found


def run_program(recording: Recording, stack: str, config: Mapping[str, str]) -> Mapping[str, Any]:
    """Runs the real `__main__.py` for `stack` and returns what it exported."""
    pulumi.runtime.set_mocks(
        recording, project="plinth", stack=stack, preview=False, organization="organization"
    )
    pulumi.runtime.set_all_config(dict(config), [])
    exported: dict[str, Any] = {}

    def go() -> pulumi.Output[None]:
        with patch("pulumi.export", exported.__setitem__):
            runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
        return pulumi.Output.all(**exported).apply(exported.update)

    pulumi.runtime.test(go)()  # type: ignore[no-untyped-call]
    return exported


def _answers(args: mocks.MockResourceArgs, region: str) -> dict[str, Any]:
    """The computed properties that components build upon."""
    kind = args.typ.rpartition(":")[2]
    region = args.inputs.get("region", region)
    answers: dict[str, Any] = {
        "arn": f"arn:aws:{kind.lower()}:{region}:{ACCOUNT}:{args.name}",
        "name": args.name,
        "bucket": args.name,
        "arnSuffix": f"{kind.lower()}/{args.name}/50dc6c495c0c9188",
        "identifier": args.name,
        "replicationGroupId": args.name,
        "secretArn": f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:{args.name}",
        "keyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
        "zoneId": "Z0123456789ABCDEFGHIJ",
        "hostedZoneId": "Z2FDTNDATAQYW2",
        "dnsName": f"{args.name}.{region}.elb.amazonaws.com",
        "domainName": f"{args.name}.cloudfront.net",
        "address": f"{args.name}.{region}.rds.amazonaws.com",
        "primaryEndpointAddress": f"{args.name}.{region}.cache.amazonaws.com",
        "readerEndpointAddress": f"{args.name}-ro.{region}.cache.amazonaws.com",
        "repositoryUrl": f"{ACCOUNT}.dkr.ecr.{region}.amazonaws.com/{args.name}",
        "nameServers": [f"ns-{number}.awsdns.com" for number in range(4)],
        "publicIp": "203.0.113.7",
    }
    if args.typ == "aws:lb/listener:Listener":
        path = f"listener/app/{args.name}/50dc6c495c0c9188/f2f7dc8efc522ab2"
        answers["arn"] = f"arn:aws:elasticloadbalancing:{region}:{ACCOUNT}:{path}"
    if args.typ == "aws:acm/certificate:Certificate":
        answers["domainValidationOptions"] = _validation(args.inputs)
    if args.typ == "aws:rds/instance:Instance":
        answers["masterUserSecrets"] = [
            {"secretArn": f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:rds"}
        ]
    return answers


def _completed(args: mocks.MockResourceArgs) -> dict[str, Any]:
    """Properties of which a program gives one part and AWS the other."""
    if args.typ != "aws:sesv2/emailIdentity:EmailIdentity":
        return {}
    signing = args.inputs["dkimSigningAttributes"]
    return {"dkimSigningAttributes": {**signing, "tokens": ["token-1", "token-2", "token-3"]}}


def _validation(inputs: Mapping[str, Any]) -> list[dict[str, str]]:
    names = [inputs["domainName"], *inputs.get("subjectAlternativeNames", [])]
    return [
        {
            "domainName": name,
            "resourceRecordName": f"_proof.{name}.",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": f"_{index}.acm-validations.aws.",
        }
        for index, name in enumerate(names)
    ]


def _look_up(token: str, args: Mapping[str, Any], region: str) -> Mapping[str, Any]:
    """What AWS would answer; an unknown question is an error of the test."""
    answers: dict[str, Mapping[str, Any]] = {
        "getAvailabilityZones": {"names": [f"{region}{letter}" for letter in "abcdef"], "id": region},
        "getCallerIdentity": {"accountId": ACCOUNT},
        "getRegion": {"region": region},
        "getPartition": {"partition": "aws", "dnsSuffix": "amazonaws.com"},
        "getManagedPrefixList": {"id": "pl-3b927c52", "name": args.get("name")},
        # The newest machine image, which AWS publishes as a parameter.
        "getParameter": {"value": "ami-0123456789abcdef0", "name": args.get("name")},
        "getRandomPassword": {"randomPassword": "drawn-by-aws"},
        "getSecretVersion": {
            "secretString": json.dumps(dict.fromkeys(("username", "password", "auth_token", "value"), "x"))
        },
        "getZone": {"nameServers": ["ns-0.awsdns.com"], "name": "learning-assistant.app"},
    }
    return answers[token.rpartition(":")[2]]
