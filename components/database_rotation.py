"""How the password that applications use is renewed: by RDS itself, or by a function of ours with two users."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pulumi
import pulumi_aws as aws

from components import account as accounts
from components import database_access, relations
from components.database_args import DatabaseArgs
from components.database_logins import make_logins
from components.database_options import Rotation
from components.database_password import copies
from components.database_rotation_role import Reads, make_role
from components.database_servers import Servers
from components.destination import allow_to, https_anywhere
from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from components.peer import OwnPeer
from components.secret_ref import SecretRef

_CODE = Path(__file__).parent / "rotation"
_RUNTIME = "python3.13"
# Four steps are four calls; each connects once or twice.
_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """`secret` is whom applications are; `logins` are the secrets that a proxy needs to know whoever that may be.

    `usernames` are who they may be, and `peer` is the function that changes their passwords, where it is ours.
    """

    secret: SecretRef
    logins: Sequence[SecretRef]
    usernames: Sequence[str] = ()
    peer: OwnPeer | None = None


@dataclass(frozen=True, kw_only=True)
class Rotated:
    """The database whose applications get new passwords; `peer` is where its servers listen."""

    parent: pulumi.Resource
    peer: relations.Peer
    args: DatabaseArgs
    rotation: Rotation
    servers: Servers
    master: SecretRef

    @property
    def name(self) -> str:
        """Of the database."""
        return self.peer.component_name

    @property
    def child(self) -> pulumi.ResourceOptions:
        """Options of whatever belongs to the database."""
        return pulumi.ResourceOptions(parent=self.parent)


def let_rds_rotate(it: Rotated) -> Renewed:
    """RDS's own secret, in our rhythm; not at once, for nothing was given out yet."""
    schedule = _schedule(it, it.master, None)
    return alone(_after(it.master, schedule))


def alone(secret: SecretRef) -> Renewed:
    """One user, in one secret."""
    return Renewed(secret=secret, logins=[secret])


def rotate_two_users(it: Rotated) -> Renewed:
    """A secret of applications beside the master's; it can be read only once it is being rotated."""
    secret = GeneratedSecret(
        f"{it.name}-application",
        GeneratedSecretArgs(
            description=f"User of the applications of the database {it.name}",
            generated_field="password",
            fixed_fields={"username": f"{it.rotation.application_username}_a"},
            length=40,
            punctuation=False,
            kms_key_arn=it.args.kms_key_arn,
            copies=copies(it.args),
            recovery_window_days=it.args.secret_recovery_window_days,
            protect=it.args.protect,
            tags=it.args.tags,
        ),
        it.child,
    )
    application = SecretRef(arn=secret.arn, kms_key_arn=it.args.kms_key_arn)
    logins = make_logins(it.parent, it.name, it.args, it.rotation.application_username)
    peer, ways = _ways(it, f"{it.name}-rotation")
    function = _function(it, application, logins, peer, ways)
    permission = aws.lambda_.Permission(
        f"{it.name}-rotation-permission",
        action="lambda:InvokeFunction",
        function=function.name,
        principal="secretsmanager.amazonaws.com",
        source_arn=secret.arn,
        opts=it.child,
    )
    schedule = _schedule(it, application, function.arn, permission)
    owner = it.rotation.application_username
    return Renewed(
        secret=_after(application, schedule),
        logins=[_after(login, schedule) for login in logins.values()],
        usernames=(f"{owner}_a", f"{owner}_b"),
        peer=peer,
    )


def _function(
    it: Rotated,
    application: SecretRef,
    logins: Mapping[str, SecretRef],
    peer: OwnPeer,
    ways: Sequence[pulumi.Resource],
) -> aws.lambda_.Function:
    name, here = peer.component_name, accounts.current(it.parent)
    reads = Reads(
        application=application,
        master=it.master,
        logins=list(logins.values()),
        kms_key_arn=it.args.kms_key_arn,
    )
    logs = aws.cloudwatch.LogGroup(
        f"{name}-logs",
        name=f"/aws/lambda/{name}",
        retention_in_days=it.args.log_retention_days,
        kms_key_id=it.args.kms_key_arn,
        tags={**it.args.tags, "Name": f"{name}-logs"},
        opts=it.child,
    )
    return aws.lambda_.Function(
        name,
        name=name,
        description=f"Renews the password of the applications of {it.name}",
        runtime=_RUNTIME,
        architectures=["arm64"],
        handler="components.rotation.handler.rotate",
        code=archive(it.rotation.certificates),
        timeout=_SECONDS,
        role=make_role(it.parent, name, here, reads, logs, it.args.tags),
        kms_key_arn=it.args.kms_key_arn,
        environment=aws.lambda_.FunctionEnvironmentArgs(variables=_environment(it, logins)),
        vpc_config=aws.lambda_.FunctionVpcConfigArgs(
            subnet_ids=it.rotation.function_subnet_ids or [], security_group_ids=[peer.security_group_id]
        ),
        tags={**it.args.tags, "Name": name},
        # Its first call makes the users that applications are: by then it must get through.
        opts=pulumi.ResourceOptions(parent=it.parent, depends_on=[logs, *ways]),
    )


def archive(certificates: str | None) -> pulumi.AssetArchive:
    """The function's code by its content, not by its place, so that it is the same on every machine."""
    files: dict[str, pulumi.Asset | pulumi.Archive] = {
        f"components/rotation/{path.name}": pulumi.StringAsset(path.read_text())
        for path in sorted(_CODE.glob("*.py"))
    }
    # Not empty: the engine forgets a text of no length, and the SDK then finds an asset that is none.
    files["components/__init__.py"] = pulumi.StringAsset("\n")
    if certificates is not None:
        files["components/rotation/certificates.pem"] = pulumi.StringAsset(certificates)
    return pulumi.AssetArchive(files)


def _environment(it: Rotated, logins: Mapping[str, SecretRef]) -> dict[str, pulumi.Input[str]]:
    arns = {username: login.arn for username, login in logins.items()}
    return {
        "DATABASE_ENGINE": it.args.engine.value,
        "DATABASE_HOST": it.servers.writer_endpoint,
        "DATABASE_PORT": str(it.args.engine.port),
        "DATABASE_NAME": it.args.database_name,
        "APPLICATION_USERNAME": it.rotation.application_username,
        "MASTER_SECRET_ARN": it.master.arn,
        **({"LOGIN_SECRET_ARNS": pulumi.Output.json_dumps(arns)} if arns else {}),
    }


def _ways(it: Rotated, name: str) -> tuple[OwnPeer, list[pulumi.Resource]]:
    """The function as relations know it, and the rules that let it out."""
    group = relations.closed_security_group(
        it.parent,
        f"{name}-sg",
        vpc_id=it.args.vpc_id,
        description="The function that renews passwords",
        tags=it.args.tags,
    )
    peer = OwnPeer(name, group.id)
    database = database_access.let(it.parent, peer, it.peer, it.args.engine.port)
    return peer, [*database, allow_to(it.parent, name, group.id, https_anywhere())]


def _schedule(
    it: Rotated, secret: SecretRef, function_arn: pulumi.Input[str] | None, *after: pulumi.Resource
) -> aws.secretsmanager.SecretRotation:
    return aws.secretsmanager.SecretRotation(
        f"{it.name}-rotation-schedule",
        secret_id=secret.arn,
        rotation_lambda_arn=function_arn,
        # Ours must run once before its users exist; RDS's has a password already.
        rotate_immediately=function_arn is not None,
        rotation_rules=aws.secretsmanager.SecretRotationRotationRulesArgs(
            automatically_after_days=it.rotation.days
        ),
        opts=pulumi.ResourceOptions(parent=it.parent, depends_on=list(after)),
    )


def _after(secret: SecretRef, schedule: aws.secretsmanager.SecretRotation) -> SecretRef:
    """Known only once passwords are being changed."""
    return replace(secret, arn=pulumi.Output.all(secret.arn, schedule.id).apply(lambda both: str(both[0])))
