"""From settings to a running product: the story of one stack."""

from collections.abc import Mapping

import pulumi

from stacks.parts.account import answer_for_account
from stacks.parts.application import run_application
from stacks.parts.ci import let_workflows_in
from stacks.parts.data import keep_data
from stacks.parts.entrance import open_entrance
from stacks.parts.failover import turn_by_health
from stacks.parts.ground import lay_ground
from stacks.parts.keep import keep_copies
from stacks.parts.lookouts import post_lookouts
from stacks.parts.outputs import outputs
from stacks.parts.primary import Primary
from stacks.parts.promises import promised
from stacks.parts.relations import connect
from stacks.parts.walls import wall_in
from stacks.parts.watch import watch
from stacks.settings.root import Settings
from stacks.settings.standby import standing_by


def assemble(settings: Settings) -> Mapping[str, pulumi.Output[object]]:
    """Makes the components that `settings` describe, connects them, and returns the stack's outputs."""
    primary = Primary(settings) if settings.standby else None
    settings = standing_by(settings) if settings.standby else settings
    ci = let_workflows_in(settings)
    ground = lay_ground(settings, primary)
    entrance = open_entrance(settings, ground, primary.zone_id if primary else None)
    turn_by_health(settings, entrance)
    data = keep_data(settings, ground)
    application = run_application(settings, ground, entrance, data)
    connect(settings, ground, data, application)
    lookouts = post_lookouts(settings, ground)
    watch(settings, ground, entrance, data, application, lookouts)
    kept = keep_copies(settings, ground, data, application, lookouts)
    answers = answer_for_account(settings, lookouts, ci)
    wall_in(settings, ground, entrance, data, application, kept.peers)
    further = {**promised(settings), **lookouts.told(), **kept.told(), **answers.told()}
    return outputs(settings, ground, entrance, data, application, further)
