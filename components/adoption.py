"""Components that take over what is there: their children keep the names that they have."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.errors import ComponentError


def keep_names(names: Mapping[str, Mapping[str, str]]) -> None:
    """From now on these children have the given inputs instead of a name that Pulumi draws.

    A key is `<type>::<name>`, both as `pulumi preview --import-file` writes them (`type`, and `logicalName` where there
    is one); a value says by which input the name is given, such as `{"bucket": "uploads-of-2019"}`. Call it before the
    first component. A ComponentError refuses a key that is not of this form.
    """
    for key in names:
        _check(key)

    def keep(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        kept = names.get(f"{args.type_}::{args.name}")
        if kept is None:
            return None
        return pulumi.ResourceTransformationResult(props={**args.props, **kept}, opts=args.opts)

    # Components run in the program's own process, where a transformation reaches their children.
    pulumi.runtime.register_stack_transformation(keep)


def _check(key: str) -> None:
    kind, separator, name = key.partition("::")
    if kind.count(":") == 2 and separator and name:
        return
    raise ComponentError(
        "keep_names",
        f"`{key}` names no child",
        expected="<type>::<name>, such as aws:s3/bucket:Bucket::la-prod-uploads",
        fix="take both from the file that `pulumi preview --import-file` writes",
    )
