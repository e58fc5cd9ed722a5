from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.binding import AutoName, Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_KINDS = ("user", "role", "group")


class PolicyAttachment(Binding):
    """Everything that a managed policy is attached to: from what is not named here it is taken."""

    token = "aws:iam/policyAttachment:PolicyAttachment"
    service = "iam"
    replaces = frozenset({"name", "policyArn"})
    autoname = AutoName()
    references = (
        Reference("policyArn", "policy"),
        *(Reference(f"{kind}s[]", kind) for kind in _KINDS),
    )
    global_service = True

    def create(self, ctx: Context, new: Props) -> str:
        _change(ctx, new, {})
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _change(ctx, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("iam").list_entities_for_policy(PolicyArn=given["policyArn"])
        attached = {
            f"{kind}s": [item[f"{kind.capitalize()}Name"] for item in found[f"Policy{kind.capitalize()}s"]]
            for kind in _KINDS
        }
        if not any(attached.values()):
            return None
        told = {key: names or None for key, names in attached.items()}
        return {"name": identity, "policyArn": given["policyArn"], **told}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _change(ctx, {"policyArn": old["policyArn"]}, old)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if not any(new.get(f"{kind}s") for kind in _KINDS):
            yield Refusal(
                "InvalidInput",
                f"no Users, Roles, or Groups specified for IAM Policy Attachment {new['name']}.",
                "policyArn",
                "name at least one of them.",
            )


def _change(ctx: Context, new: Props, old: Props) -> None:
    iam: Any = ctx.client("iam")
    for kind in _KINDS:
        key, before, after = f"{kind.capitalize()}Name", _names(old, kind), _names(new, kind)
        for name in sorted(after - before):
            getattr(iam, f"attach_{kind}_policy")(**{key: name, "PolicyArn": new["policyArn"]})
        for name in sorted(before - after):
            getattr(iam, f"detach_{kind}_policy")(**{key: name, "PolicyArn": new["policyArn"]})


def _names(props: Props, kind: str) -> set[str]:
    return set(props.get(f"{kind}s") or ())
