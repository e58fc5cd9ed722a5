"""What the standby stack asks of the first region's stack, which it stands by for."""

from collections.abc import Iterable, Mapping
from typing import Any

import pulumi

from stacks.settings.identity import STANDBY
from stacks.settings.root import Settings


class Primary:
    """The outputs of the first region's stack, by meaning.

    Each is asked for only where it is needed, and an output that is not there ends the program in words.
    """

    def __init__(self, settings: Settings) -> None:
        regions = settings.regions
        self.copies_uploads, self.copies_secrets = regions.uploads, regions.secrets
        self.replicates = settings.database is not None and regions.database == "replica"
        self.promoted = regions.database_promoted
        self.stack = pulumi.get_stack().removesuffix(STANDBY)
        full = f"{pulumi.get_organization()}/{pulumi.get_project()}/{self.stack}"
        self._reference = pulumi.StackReference(f"{settings.prefix}-primary", full)

    @property
    def zone_id(self) -> pulumi.Output[str]:
        """The zone of the names that both regions answer for."""
        return self._text("zone_id")

    @property
    def uploads(self) -> pulumi.Output[str]:
        """The bucket of this region that uploaded files are copied to."""
        return self._text("upload_copy_bucket")

    @property
    def copies_key_arn(self) -> pulumi.Output[str]:
        """The key of this region that encrypts what is copied here."""
        return self._text("copies_key_arn")

    @property
    def secrets_key_arn(self) -> pulumi.Output[str]:
        """The copy in this region of the key that encrypts the secrets."""
        return self._text("secret_copies_key_arn")

    @property
    def database_arn(self) -> pulumi.Output[str]:
        """The server that takes writes."""
        return self._text("database_arn")

    @property
    def database_secret_arn(self) -> pulumi.Output[str]:
        """The copy in this region of the secret that applications log in with."""
        return self._text("database_secret_copy_arn")

    def secrets(self, slots: Iterable[str]) -> dict[str, pulumi.Output[str]]:
        """The copies in this region of the secrets, by slot."""
        copies = self._asked("secret_copy_arns")
        return {slot: self._copy(copies, slot) for slot in slots}

    def _text(self, name: str) -> pulumi.Output[str]:
        return self._asked(name).apply(str)

    def _asked(self, name: str) -> pulumi.Output[Any]:
        return self._reference.outputs.apply(lambda outputs: self._present(outputs, name))

    def _copy(self, copies: pulumi.Output[dict[str, str]], slot: str) -> pulumi.Output[str]:
        return copies.apply(lambda arns: str(self._present(arns, slot, f"secret_copy_arns.{slot}")))

    def _present(self, outputs: Mapping[str, Any], name: str, told_as: str | None = None) -> Any:
        if outputs.get(name) is None:
            raise self._missing(told_as or name)
        return outputs[name]

    def _missing(self, name: str) -> pulumi.RunError:
        return pulumi.RunError(
            f"{pulumi.get_stack()}: the stack {self.stack} has no output {name}, which its standby needs. Expected the "
            "first region to stand, brought up with the same settings. "
            f"Fix: pulumi up -s {self.stack}, then this stack again"
        )
