"""What no argument says can still be said, and nothing is said for one partition only."""

import ast
import re
from typing import Any

import pulumi

from components.registry import Registry, RegistryArgs
from tests.architecture.repository import python_files, short, tree
from tests.components.recording import Cloud

_PARTITION = re.compile(r"\barn:aws:")


def test_any_input_of_any_child_can_be_changed_from_outside(cloud: Cloud) -> None:
    def mutable(args: Any) -> pulumi.ResourceTransformationResult | None:
        if args.type_ != "aws:ecr/repository:Repository":
            return None
        return pulumi.ResourceTransformationResult(
            {**args.props, "image_tag_mutability": "MUTABLE"}, args.opts
        )

    opts = pulumi.ResourceOptions(transformations=[mutable])
    cloud.deploy(lambda: Registry("la-prod-images", RegistryArgs(), opts))
    assert cloud.one("Repository").inputs["imageTagMutability"] == "MUTABLE"
    assert cloud.one("LifecyclePolicy").parent == "la-prod-images"


def test_no_component_writes_out_a_partition() -> None:
    """`arn:aws:` is wrong in China and GovCloud; ARNs are built from the account that one deploys to."""
    written = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("components")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _PARTITION.search(node.value)
        if not _is_docstring(node.value)
    ]
    assert written == []


def _is_docstring(text: str) -> bool:
    return "\n" in text or text.endswith(".")
