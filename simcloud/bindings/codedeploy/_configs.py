"""The deployment configurations that AWS keeps ready, by compute platform."""

from __future__ import annotations

# AWS: «Working with deployment configurations in CodeDeploy», CodeDeploy User Guide; from memory, not verified.
PREDEFINED = {
    "Server": ("AllAtOnce", "HalfAtATime", "OneAtATime"),
    "ECS": (
        "ECSLinear10PercentEvery1Minutes",
        "ECSLinear10PercentEvery3Minutes",
        "ECSCanary10Percent5Minutes",
        "ECSCanary10Percent15Minutes",
        "ECSAllAtOnce",
    ),
    "Lambda": (
        "LambdaCanary10Percent5Minutes",
        "LambdaCanary10Percent10Minutes",
        "LambdaCanary10Percent15Minutes",
        "LambdaCanary10Percent30Minutes",
        "LambdaLinear10PercentEvery1Minute",
        "LambdaLinear10PercentEvery2Minutes",
        "LambdaLinear10PercentEvery3Minutes",
        "LambdaLinear10PercentEvery10Minutes",
        "LambdaAllAtOnce",
    ),
}
PREFIX = "CodeDeployDefault."


def platform_of(name: str) -> str | None:
    """The compute platform of a configuration of AWS's own; None if it is not one."""
    return next((kind for kind, names in PREDEFINED.items() if name.removeprefix(PREFIX) in names), None)
