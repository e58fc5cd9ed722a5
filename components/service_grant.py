"""What a task may do besides starting: exact actions, in statements that AWS takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.errors import ComponentError
from components.iam_policy import Statement, allow, inexact


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What the task may do because this container needs it."""

    sid: str
    actions: Sequence[str]
    resources: Sequence[pulumi.Input[str]]


def statements(grants: Sequence[Grant], known: Sequence[Sequence[str]]) -> list[Statement]:
    """The grants with their resources resolved, in the same order."""
    return [
        allow(grant.sid, grant.actions, resources) for grant, resources in zip(grants, known, strict=True)
    ]


def check_grants(where: str, grants: Sequence[Grant]) -> None:
    """Refuses actions that are not spelled out, and statements that AWS would refuse."""
    sids = [grant.sid for grant in grants]
    for grant in grants:
        wild = inexact(grant.actions)
        if wild or not grant.actions:
            raise ComponentError(
                where,
                f"the grant {grant.sid} allows {', '.join(wild) or 'nothing'}",
                expected="service:Action without wildcards",
                fix="spell the actions out",
            )
        if not grant.sid.isalnum() or not grant.sid.isascii() or sids.count(grant.sid) > 1:
            raise ComponentError(
                where,
                f"a grant is called `{grant.sid}`",
                expected="ASCII letters and digits, and each name once: IAM refuses the whole policy otherwise",
                fix="rename it",
            )
        if not grant.resources:
            raise ComponentError(
                where,
                f"the grant {grant.sid} is for no resource",
                expected="one ARN or more",
                fix="name the resources",
            )
