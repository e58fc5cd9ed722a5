"""What a canary is asked to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi


@dataclass(frozen=True, kw_only=True)
class CanaryArgs:
    """`url` is what a user's browser would ask, e.g. https://app.example.com/api/health.

    The answer must have `expected_status` and contain `expected_text`. `keep_days` is how long results stay.
    `runtime` ends some time: AWS names the date, and refuses new canaries with it from then on.
    """

    url: pulumi.Input[str]
    expected_status: int = 200
    expected_text: pulumi.Input[str] = ""
    every_minutes: int = 5
    timeout_seconds: int = 30
    keep_days: int = 31
    # AWS: "Synthetics runtime versions", CloudWatch User Guide; per reference notes.
    runtime: str = "syn-nodejs-puppeteer-15.1"
    traced: bool = False
    kms_key_arn: pulumi.Input[str] | None = None
    force_destroy: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
