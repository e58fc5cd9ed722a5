"""Which policy documents AWS would take."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simcloud import policy_document
from simcloud.policy_document import BUCKET, IDENTITY, TRUST, Grammar
from simcloud.values import UNKNOWN

ROOT = {"AWS": "arn:aws:iam::123456789012:root"}


def written(**statement: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def said(document: Any, grammar: Grammar) -> list[str]:
    return [problem.message for problem in policy_document.problems(document, "policy", grammar)]


@pytest.mark.parametrize(
    ("document", "grammar"),
    [
        (written(Effect="Allow", Action="s3:*", Resource="*"), IDENTITY),
        (written(Sid="One", Effect="Deny", NotAction=["iam:*"], NotResource="arn:aws:s3:::x"), IDENTITY),
        (written(Effect="Allow", Action="sts:AssumeRole", Principal={"Service": "ecs.amazonaws.com"}), TRUST),
        (
            written(
                Effect="Allow", Action="sts:AssumeRole", Principal={"Service": "logs.eu-west-1.amazonaws.com"}
            ),
            TRUST,
        ),
        (written(Sid="TLS only", Effect="Deny", Action="s3:*", Resource="*", Principal="*"), BUCKET),
        (written(Effect="Allow", Action="logs:PutLogEvents", Resource="arn:aws:logs:*"), IDENTITY),
        (UNKNOWN, IDENTITY),
    ],
)
def test_good_documents(document: Any, grammar: Grammar) -> None:
    assert said(document, grammar) == []


@pytest.mark.parametrize(
    ("document", "grammar", "problem"),
    [
        ("{", IDENTITY, "the policy is not valid JSON"),
        ("[]", IDENTITY, "the policy must be a JSON object."),
        ("{}", TRUST, "Statement is missing or empty."),
        ('{"Version": "2020-01-01", "Statement": []}', BUCKET, "Version is '2020-01-01'"),
        ('{"Statements": []}', BUCKET, "unknown policy element 'Statements'"),
        (written(Effect="Maybe", Action="s3:*", Resource="*"), IDENTITY, "Statement[0].Effect is 'Maybe'"),
        (written(Effect="Allow", Action="GetObject", Resource="*"), IDENTITY, "action 'GetObject'"),
        (written(Effect="Allow", Action="s3:*", Resource="bucket"), IDENTITY, "resource 'bucket'"),
        (written(Effect="Allow", Action="s3:*"), IDENTITY, "Statement[0] needs Resource."),
        (
            written(Effect="Allow", Action="s3:*", NotAction="s3:*", Resource="*"),
            IDENTITY,
            "both Action and NotAction",
        ),
        (written(Sid="two words", Effect="Allow", Action="s3:*", Resource="*"), IDENTITY, "Sid 'two words'"),
        (
            written(Effect="Allow", Action="s3:*", Resource="*", Principal="*"),
            IDENTITY,
            "must not have Principal",
        ),
        (written(Effect="Allow", Action="sts:AssumeRole"), TRUST, "Statement[0] needs Principal."),
        (
            written(Effect="Allow", Action="sts:AssumeRole", Principal=ROOT, Resource="*"),
            TRUST,
            "must not have Resource",
        ),
        (
            written(Effect="Allow", Action="sts:AssumeRole", Principal={"Service": "ecs"}),
            TRUST,
            '"SERVICE":"ecs"',
        ),
        (
            written(Effect="Allow", Action="s3:*", Resource="*", Principal={"Aws": "*"}),
            BUCKET,
            "unknown kind 'Aws'",
        ),
        (
            written(Effect="Allow", Action="s3:*", Resource="*", Condition={"StringIs": {"a": "b"}}),
            IDENTITY,
            "unknown operator 'StringIs'",
        ),
    ],
)
def test_malformed_documents(document: str, grammar: Grammar, problem: str) -> None:
    found = said(document, grammar)
    assert any(problem in message for message in found), found


@pytest.mark.parametrize(
    ("statement", "public"),
    [
        ({"Effect": "Allow", "Principal": "*"}, True),
        ({"Effect": "Allow", "Principal": {"AWS": ["*"]}}, True),
        ({"Effect": "Deny", "Principal": "*"}, False),
        ({"Effect": "Allow", "Principal": ROOT}, False),
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
            },
            False,
        ),
        ({"Effect": "Allow", "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        ({"Effect": "Allow", "Principal": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "*"}}}, True),
    ],
)
def test_who_is_everybody(statement: dict[str, Any], public: bool) -> None:
    assert policy_document.is_public(statement) is public
