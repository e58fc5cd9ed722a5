"""Systems Manager as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.ssm.models import SimpleSystemManagerBackend

from simcloud.bindings.ssm._parameter_rules import value_problems
from simcloud.patches import around


@around(SimpleSystemManagerBackend)
def put_parameter(
    original: Any, self: Any, name: str, description: Any, value: Any, *rest: Any, **more: Any
) -> Any:
    """AWS: holds the value against size and pattern, no way back from the advanced tier; moto: takes everything."""
    pattern, data_type, tier = rest[1], rest[5], more.get("tier")
    before = self._parameters[name][-1] if self._parameters.get(name) else None
    if before is not None and before.tier == "Advanced" and tier == "Standard":
        raise JsonRESTError(
            "ValidationException",
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the "
            "advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced "
            "parameter and recreate it as a standard parameter.",
        )
    for problem in value_problems(value, tier or getattr(before, "tier", None), pattern, data_type):
        raise JsonRESTError(problem.code, problem.message)
    if tier == "Intelligent-Tiering":
        more["tier"] = "Advanced" if len(value.encode()) > 4096 else "Standard"
    return original(self, name, description, value, *rest, **more)
