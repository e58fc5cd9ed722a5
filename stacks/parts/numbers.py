"""How the product's own metrics are called: those that watch makes of log lines, and that scaling holds."""

from stacks.settings.root import Settings


def metric_namespace(settings: Settings) -> str:
    """What all of them lie in, such as `learning-assistant/production`."""
    return f"{settings.system}/{settings.environment}"


def number_metric(settings: Settings, service: str, number: str) -> str:
    """The metric that the dashboard makes of a number of a service."""
    return f"{settings.prefix}-{service}-{number}"
