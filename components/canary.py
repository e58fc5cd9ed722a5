"""A look at the product from outside, every few minutes."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components import account
from components.bucket import Bucket, BucketArgs, Purpose
from components.canary_args import CanaryArgs
from components.canary_checks import check
from components.canary_metrics import CanaryMetrics
from components.canary_policy import canary_policy, trust_of_canaries
from components.canary_script import HANDLER, script_archive

__all__ = ["Canary", "CanaryArgs"]


class Canary(pulumi.ComponentResource):
    """One request to one address; its alarm is made by `Alarms.watch_canary`."""

    component_name: str
    name: pulumi.Output[str]
    results_bucket: pulumi.Output[str]

    def __init__(self, name: str, args: CanaryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check(name, args)
        super().__init__("plinth:canary:Canary", name, {}, opts)
        self.component_name, self._args = name, args
        results = self._bucket("results", expire_days=args.keep_days)
        canary = self._canary(results, *self._role(results))
        self.name, self.results_bucket = canary.name, results.name
        self.register_outputs({"name": self.name, "results_bucket": self.results_bucket})

    def metrics(self) -> CanaryMetrics:
        """What it reports."""
        return CanaryMetrics(canary=self.name, minutes=self._args.every_minutes)

    def _bucket(self, what: str, *, expire_days: int | None) -> Bucket:
        args = BucketArgs(
            purpose=Purpose.DATA,
            kms_key_arn=self._args.kms_key_arn,
            expire_days=expire_days,
            force_destroy=self._args.force_destroy,
            tags=self._args.tags,
        )
        return Bucket(f"{self.component_name}-{what}", args, self._child())

    def _script(self) -> aws.s3.BucketObjectv2:
        # In a bucket of its own: the results expire, the script must not.
        bucket = self._bucket("script", expire_days=None)
        return aws.s3.BucketObjectv2(
            f"{self.component_name}-script",
            bucket=bucket.name,
            key="script.zip",
            source=script_archive(),
            tags=self._tags("script"),
            opts=self._child(),
        )

    def _role(self, results: Bucket) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        role = aws.iam.Role(
            f"{self.component_name}-role",
            assume_role_policy=trust_of_canaries(),
            tags=self._tags("role"),
            opts=self._child(),
        )
        policy = aws.iam.RolePolicy(
            f"{self.component_name}-policy",
            role=role.name,
            policy=pulumi.Output.all(account.current(self), results.arn, self._args.kms_key_arn).apply(
                lambda found: canary_policy(*found, traced=self._args.traced)
            ),
            opts=self._child(),
        )
        return role, policy

    def _canary(
        self, results: Bucket, role: aws.iam.Role, policy: aws.iam.RolePolicy
    ) -> aws.synthetics.Canary:
        args, script = self._args, self._script()
        return aws.synthetics.Canary(
            self.component_name,
            name=self.component_name,
            artifact_s3_location=pulumi.Output.concat("s3://", results.name, "/"),
            artifact_config=self._encryption(),
            execution_role_arn=role.arn,
            runtime_version=args.runtime,
            handler=HANDLER,
            s3_bucket=script.bucket,
            s3_key=script.key,
            s3_version=script.version_id,
            schedule={"expression": _rate(args.every_minutes)},
            run_config={
                "timeout_in_seconds": args.timeout_seconds,
                "active_tracing": args.traced,
                "environment_variables": self._environment(),
            },
            success_retention_period=args.keep_days,
            failure_retention_period=args.keep_days,
            start_canary=True,
            delete_lambda=True,
            tags=self._tags(),
            # It starts at once: its first run must be able to keep its results.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )

    def _environment(self) -> dict[str, pulumi.Input[str]]:
        args = self._args
        return {
            "URL": args.url,
            "EXPECTED_STATUS": str(args.expected_status),
            "EXPECTED_TEXT": args.expected_text,
        }

    def _encryption(self) -> aws.synthetics.CanaryArtifactConfigArgsDict | None:
        if self._args.kms_key_arn is None:
            return None
        return {"s3_encryption": {"encryption_mode": "SSE_KMS", "kms_key_arn": self._args.kms_key_arn}}

    def _tags(self, what: str = "") -> dict[str, str]:
        name = f"{self.component_name}-{what}" if what else self.component_name
        return {**self._args.tags, "Name": name}

    def _child(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)


def _rate(minutes: int) -> str:
    return f"rate({minutes} minute{'s' if minutes > 1 else ''})"
