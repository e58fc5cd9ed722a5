"""Roles for services that say nothing of the account on whose behalf they come."""

from __future__ import annotations

from components.iam_policy import document


def trusted_by(service: str) -> str:
    """Who may take a role: `service`, be it Lambda or RDS's proxies.

    Neither promises `aws:SourceAccount` when it takes a role, so a condition could lock it out; and neither takes a
    role of another account, because a role can be passed to a service within its own account only.
    """
    return document(
        {
            "Sid": "Assume",
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sts:AssumeRole",
        }
    )
