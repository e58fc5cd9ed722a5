"""Who may reach a database, and who may log in."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components import account as accounts
from components import relations
from components.account import Account
from components.database_args import DatabaseArgs
from components.errors import ComponentError
from components.iam_policy import allow, document


def let(
    parent: pulumi.Resource, source: relations.Peer, target: relations.Peer, port: int
) -> list[pulumi.Resource]:
    """`source` may open connections to `target`, in both security groups; the rules that say so."""
    description = f"{source.component_name} to {target.component_name}"
    return relations.allow(parent, source=source, target=target, port=port, description=description)


def check_iam(where: str, args: DatabaseArgs, role: str) -> None:
    """Refuses a grant that would let nobody in."""
    if args.proxy.iam if args.proxy is not None else args.iam_authentication:
        return
    wanted = "proxy=Proxy(iam=True)" if args.proxy is not None else "iam_authentication=True"
    raise ComponentError(
        where,
        f"`{role}` is granted to log in with IAM tokens, which nothing here takes",
        expected=f"`{wanted}`",
        fix=f"give the database `{wanted}`, or remove the grant",
    )


def grant_connect(
    parent: pulumi.Resource,
    name: str,
    role_name: pulumi.Input[str],
    resource_id: pulumi.Output[str],
    username: str,
) -> None:
    """The IAM role may log in as exactly this user of exactly this database."""
    here = accounts.current(parent)
    aws.iam.RolePolicy(
        name,
        role=role_name,
        policy=pulumi.Output.all(here, resource_id).apply(lambda both: _policy(both[0], both[1], username)),
        opts=pulumi.ResourceOptions(parent=parent),
    )


# AWS: "Creating and using an IAM policy for IAM database access"; per reference notes.
def _policy(here: Account, resource_id: str, username: str) -> str:
    user = here.arn("rds-db", f"dbuser:{resource_id}/{username}")
    return document(allow("LogInAsThisUser", ["rds-db:connect"], [user]))
