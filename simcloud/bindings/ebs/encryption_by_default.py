from __future__ import annotations

from simcloud.binding import Binding
from simcloud.context import Context
from simcloud.values import Props


class EncryptionByDefault(Binding):
    """Whether new disks of the region are encrypted unless somebody says otherwise; off again when deleted."""

    token = "aws:ebs/encryptionByDefault:EncryptionByDefault"
    service = "ec2"
    defaults = {"enabled": True}

    def create(self, ctx: Context, new: Props) -> str:
        _switch(ctx, new["enabled"])
        # The provider makes up an id that stands for nothing.
        return f"terraform-{ctx.region}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _switch(ctx, new["enabled"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return {"enabled": ctx.client("ec2").get_ebs_encryption_by_default()["EbsEncryptionByDefault"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _switch(ctx, False)


def _switch(ctx: Context, on: bool) -> None:
    ec2 = ctx.client("ec2")
    (ec2.enable_ebs_encryption_by_default if on else ec2.disable_ebs_encryption_by_default)()
