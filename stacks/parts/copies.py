"""What a first region tells of its copies in the second one, so that a standby can use them."""

from stacks.parts.data import Data
from stacks.parts.ground import Ground
from stacks.settings.root import Settings


def copies(settings: Settings, ground: Ground, data: Data) -> dict[str, object]:
    """Outputs that `stacks.parts.primary` reads; empty without a second region."""
    second = settings.regions.second
    if second is None:
        return {}
    told: dict[str, object] = {}
    if ground.second_key is not None:
        told["copies_key_arn"] = ground.second_key.arn
    if ground.copies is not None:
        told["upload_copy_bucket"] = ground.copies.bucket_name
    if second in ground.secrets.copy_arns:
        told["secret_copy_arns"] = dict(ground.secrets.copy_arns[second])
        told["secret_copies_key_arn"] = ground.secrets.copy_key_arns[second]
    if (database := data.own_database) is not None and database.secret_copy is not None:
        told["database_arn"] = database.arn
        told["database_secret_copy_arn"] = database.secret_copy.arn
    return told
