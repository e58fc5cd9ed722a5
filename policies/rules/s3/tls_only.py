"""Each bucket's policy denies requests without TLS.

Matters here because S3 answers plain HTTP unless a policy forbids it.
"""

import json
from collections.abc import Iterator

from policies import tokens
from policies.graph import Graph
from policies.resource import Resource
from policies.verdict import Verdict, require
from policies.view import Truth, View, all_of, any_of

TYPES = (tokens.BUCKET,)


def check(bucket: Resource, graph: Graph) -> Iterator[Verdict]:
    policies = graph.referrers(bucket, "bucket", tokens.BUCKET_POLICY)
    if not policies:
        perhaps = graph.unresolved("bucket", tokens.BUCKET_POLICY)
        yield require(perhaps, "has no BucketPolicy in this stack", "bucket")
        return
    denied = any_of(_denies_plain_http(policy) for policy in policies)
    message = (
        f"of {policies[0].name} does not deny aws:SecureTransport = false for every principal and action"
    )
    yield require(denied, message, "policy")


def _denies_plain_http(policy: Resource) -> Truth:
    document = policy.at("policy")
    if document.is_unknown:
        return Truth.MAYBE
    return any_of(_is_the_denial(statement) for statement in _statements(document))


def _statements(document: View) -> list[View]:
    value = document.value
    try:
        parsed = View(json.loads(value) if isinstance(value, str) else value, document.path)
    except ValueError:
        return []
    found = parsed.at("Statement")
    return found.items() or [found]


def _is_the_denial(statement: View) -> Truth:
    insecure = statement.at("Condition", "Bool", "aws:SecureTransport")
    return all_of(
        [
            statement.at("Effect").equals("Deny"),
            _is_everyone(statement.at("Principal")),
            any_of(action.equals("s3:*", "*") for action in _one_or_many(statement.at("Action"))),
            any_of(one.equals("false", False) for one in _one_or_many(insecure)),
        ]
    )


def _is_everyone(principal: View) -> Truth:
    named = [principal, *_one_or_many(principal.at("AWS"))]
    return any_of(one.equals("*") for one in named)


def _one_or_many(view: View) -> list[View]:
    return view.items() or [view]
