"""From settings to a running product: the story of one stack."""

from collections.abc import Mapping

import pulumi

from stacks.parts.application import run_application
from stacks.parts.data import keep_data
from stacks.parts.entrance import open_entrance
from stacks.parts.ground import lay_ground
from stacks.parts.outputs import outputs
from stacks.parts.relations import connect
from stacks.parts.watch import watch
from stacks.settings.root import Settings


def assemble(settings: Settings) -> Mapping[str, pulumi.Output[object]]:
    """Makes the components that `settings` describe, connects them, and returns the stack's outputs."""
    ground = lay_ground(settings)
    entrance = open_entrance(settings, ground)
    data = keep_data(settings, ground)
    application = run_application(settings, ground, entrance, data)
    connect(settings, ground, entrance, data, application)
    dashboard = watch(settings, ground, entrance, data, application)
    return outputs(settings, ground, entrance, data, application, dashboard)
