"""What AWS refuses in the way a service replaces its tasks.

AWS: DeploymentConfiguration, ECS API reference, and «Amazon ECS blue/green deployments»; from memory, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_CODE = "InvalidParameterException"
_SHIFTING = ("BLUE_GREEN", "CANARY", "LINEAR")
_LONGEST_BAKE = 1440
_STEPS = {
    "CANARY": ("canaryConfiguration", "canaryPercent", 0.1, "canaryBakeTimeInMinutes"),
    "LINEAR": ("linearConfiguration", "stepPercent", 3.0, "stepBakeTimeInMinutes"),
}
_PATH = "deploymentConfiguration"


def problems(new: Props) -> Iterator[Refusal]:
    """A strategy against the controller, the load balancers and its own settings."""
    configured = new.get(_PATH) or {}
    controller = new.get("deploymentController") or {}
    kind = controller.get("type", "ECS") if isinstance(controller, dict) else None
    if kind not in (None, "ECS"):
        yield from _not_for(new, configured, str(kind))
    if not isinstance(configured, dict):
        return
    strategy = configured.get("strategy", "ROLLING")
    if isinstance(strategy, str):
        yield from _balancers(new, strategy)
        yield from _steps(configured, strategy)
    yield from _bake(configured.get("bakeTimeInMinutes"), f"{_PATH}.bakeTimeInMinutes")
    yield from _hooks(configured.get("lifecycleHooks"))


def _not_for(new: Props, configured: Value, kind: str) -> Iterator[Refusal]:
    for name in ("deploymentCircuitBreaker", "alarms"):
        if new.get(name) is not None:
            yield Refusal(_CODE, f"{name} goes with the deployment controller ECS, not {kind}.", name)
    if isinstance(configured, dict) and configured.get("strategy") not in (None, "ROLLING"):
        yield Refusal(
            _CODE, f"a strategy goes with the deployment controller ECS, not {kind}.", f"{_PATH}.strategy"
        )


def _balancers(new: Props, strategy: str) -> Iterator[Refusal]:
    balancers = new.get("loadBalancers")
    for position, balancer in enumerate(balancers if isinstance(balancers, list) else ()):
        if not isinstance(balancer, dict):
            continue
        advanced, path = balancer.get("advancedConfiguration"), f"loadBalancers[{position}]"
        if strategy in _SHIFTING and advanced is None:
            yield Refusal(
                _CODE,
                f"advancedConfiguration is required for load balancers when the deployment strategy is {strategy}.",
                f"{path}.advancedConfiguration",
            )
        other = advanced.get("alternateTargetGroupArn") if isinstance(advanced, dict) else None
        if isinstance(other, str) and other == balancer.get("targetGroupArn"):
            yield Refusal(
                _CODE,
                "the alternate target group must be another one than targetGroupArn.",
                f"{path}.advancedConfiguration.alternateTargetGroupArn",
            )
    if strategy in ("CANARY", "LINEAR") and not balancers and new.get("serviceConnectConfiguration") is None:
        yield Refusal(
            _CODE,
            f"{strategy} shifts traffic: it needs a load balancer or Service Connect.",
            f"{_PATH}.strategy",
        )


def _steps(configured: Mapping[str, Value], strategy: str) -> Iterator[Refusal]:
    for kind, (block, percent, lowest, bake) in _STEPS.items():
        given = configured.get(block)
        if given is not None and kind != strategy:
            yield Refusal(
                _CODE, f"{block} goes with the strategy {kind}, not {strategy}.", f"{_PATH}.{block}"
            )
        if isinstance(given, dict):
            share = given.get(percent)
            if isinstance(share, int | float) and not lowest <= share <= 100:
                yield Refusal(
                    _CODE, f"{percent} {share} is not {lowest} to 100.", f"{_PATH}.{block}.{percent}"
                )
            yield from _bake(given.get(bake), f"{_PATH}.{block}.{bake}")


def _bake(minutes: Value, path: str) -> Iterator[Refusal]:
    if isinstance(minutes, str) and not (minutes.isdigit() and int(minutes) <= _LONGEST_BAKE):
        yield Refusal(_CODE, f"{minutes!r} is not 0 to {_LONGEST_BAKE} minutes.", path)


def _hooks(hooks: Value) -> Iterator[Refusal]:
    for position, hook in enumerate(hooks if isinstance(hooks, list) else ()):
        if not isinstance(hook, dict) or hook.get("targetType", "AWS_LAMBDA") != "AWS_LAMBDA":
            continue
        for name in ("hookTargetArn", "roleArn"):
            if hook.get(name) is None:
                yield Refusal(_CODE, f"a hook needs {name}.", f"{_PATH}.lifecycleHooks[{position}].{name}")
