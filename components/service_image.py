"""Whether an image is the same tomorrow."""

from __future__ import annotations

import re

import pulumi

from components.errors import ComponentError

# OCI image specification, "Digests": sha256 and 64 hexadecimal digits.
_DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")


def by_digest(where: str, image: pulumi.Input[str]) -> pulumi.Input[str]:
    """`image`; a ComponentError, now or as soon as it is known, unless it names a digest."""
    if isinstance(image, str):
        return _checked(where, image)
    return pulumi.Output.concat(image).apply(lambda known: _checked(where, known))


def _checked(where: str, image: str) -> str:
    if _DIGEST.search(image):
        return image
    raise ComponentError(
        where,
        f"the image {image} is named by a tag, which may mean something else tomorrow",
        expected="a digest, as in registry/app@sha256:… with 64 hexadecimal digits",
        fix="deploy what `docker buildx imagetools inspect` says the tag is today, or drop require_digest",
    )
