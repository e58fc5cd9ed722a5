from typing import Any

from stacks.environments import Environment


def pick(environment: Environment, *, dev: Any, staging: Any, production: Any) -> Any:
    """The one of three values that is `environment`'s."""
    return {"dev": dev, "staging": staging, "production": production}[environment]
