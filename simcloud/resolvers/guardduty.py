"""What other resources name of GuardDuty."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "guardduty_detector": Resolver(
        "BadRequestException",
        "The request is rejected because the input detectorId {value} is not owned by the current account.",
        lambda ctx, value: ctx.client("guardduty").get_detector(DetectorId=value),
        given_out=True,
    ),
}
