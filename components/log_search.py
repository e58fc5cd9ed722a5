"""Saved searches over the logs of everything that runs, in CloudWatch Logs Insights.

They read the fields of the JSON lines that the applications write: `level`, `message`, `path`, `status`,
`duration_ms`, and in an audit log `user`, `action`, `resource`, `result`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError

# AWS: API reference of CloudWatch Logs PutQueryDefinition: logGroupNames, 50 at most; per reference notes.
_MOST_GROUPS = 50


def save_searches(
    parent: pulumi.Resource,
    name: str,
    folder: str,
    log_group_names: Sequence[pulumi.Input[str]],
    slow_seconds: float,
) -> None:
    """Errors, slow requests and endpoints, over all groups at once; they stand in `folder` of the console."""
    if not 1 <= len(log_group_names) <= _MOST_GROUPS:
        raise ComponentError(
            name,
            f"one search over {len(log_group_names)} log groups",
            expected=f"1 to {_MOST_GROUPS}, as CloudWatch takes them",
            fix="search fewer of them",
        )
    _save(parent, f"{name}-search-errors", f"{folder}/errors", errors(), log_group_names)
    _save(parent, f"{name}-search-slow", f"{folder}/slow requests", slow(slow_seconds), log_group_names)
    _save(parent, f"{name}-search-endpoints", f"{folder}/endpoints", endpoints(), log_group_names)


def save_audit_search(
    parent: pulumi.Resource, name: str, folder: str, log_group_name: pulumi.Input[str]
) -> None:
    """Who did what, user by user."""
    _save(parent, f"{name}-search-audit", f"{folder}/audit by user", audit_by_user(), [log_group_name])


def errors() -> str:
    """The newest lines that tell of an error, whether they are JSON or text."""
    return _query(
        "fields @timestamp, @log, level, message, @message",
        "filter level in ['error', 'critical', 'fatal'] or @message like /ERROR|CRITICAL|FATAL/",
        "sort @timestamp desc",
        "limit 200",
    )


def slow(seconds: float) -> str:
    """The slowest requests above `seconds`."""
    return _query(
        "fields @timestamp, @log, path, duration_ms",
        f"filter duration_ms > {seconds * 1000:g}",
        "sort duration_ms desc",
        "limit 200",
    )


def endpoints() -> str:
    """How often each endpoint answered well (2) or failed (4, 5), and how fast."""
    return _query(
        "filter ispresent(path) and ispresent(status)",
        "fields floor(status / 100) as class",
        "stats count(*) as answers, avg(duration_ms) as average_ms by path, class",
        "sort class desc, answers desc",
        "limit 1000",
    )


def audit_by_user() -> str:
    """What each user did, newest first."""
    return _query(
        "fields @timestamp, user, action, resource, result",
        "filter ispresent(user)",
        "sort user asc, @timestamp desc",
        "limit 1000",
    )


def _query(*commands: str) -> str:
    return "\n| ".join(commands)


def _save(
    parent: pulumi.Resource,
    logical: str,
    name: str,
    query: str,
    log_group_names: Sequence[pulumi.Input[str]],
) -> None:
    aws.cloudwatch.QueryDefinition(
        logical,
        name=name,
        query_string=query,
        log_group_names=list(log_group_names),
        opts=pulumi.ResourceOptions(parent=parent),
    )
