from stacks.settings.field import setting
from stacks.settings.section import Section


class Protection(Section):
    """Whether things that hold data can be deleted at all."""

    enabled: bool = setting(
        "Refuse deleting database, cache, buckets, keys, secrets and load balancer", example=True
    )
