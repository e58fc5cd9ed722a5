"""moto's own switches for stricter look-ups, and our patches."""

from __future__ import annotations

from moto import settings
from moto.core.config import default_user_config

from simcloud import patches
from simcloud.instance_offerings import read_late
from simcloud.managed_policies import parse_late


def prepare_moto() -> None:
    """Refuse unknown images, instance types, key pairs and AWS-managed policies; issue certificates when asked."""
    read_late()
    patches.apply()
    settings.ENABLE_AMI_VALIDATION = True
    settings.EC2_ENABLE_INSTANCE_TYPE_VALIDATION = True
    settings.ENABLE_KEYPAIR_VALIDATION = True
    settings.ACM_VALIDATION_WAIT = 0
    default_user_config["iam"] = {"load_aws_managed_policies": True}
    parse_late()
