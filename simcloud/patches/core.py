"""Backends that are the same in every process."""

from __future__ import annotations

from functools import cache
from typing import Any

from moto.core import responses, utils
from moto.core.base_backend import AccountSpecificBackend
from moto.core.utils import method_names_from_class

from simcloud.clients import load_model
from simcloud.own_ids import own_ids
from simcloud.patches import around


@around(AccountSpecificBackend)
def __getitem__(original: Any, self: Any, region: str) -> Any:
    """AWS: an account's default VPC is always the same; moto: its ids depend on which call came first.

    A backend is made when it is first used.
    """
    region = "aws" if region == "global" else region
    if region in self:
        made = dict.get(self, region)
        if made is not None:
            return made
    with own_ids(f"{self.backend.__name__}/{self.account_id}/{region}"):
        return original(self, region)


# AWS: nothing to compare; moto: parses a service's model (megabytes for EC2) that boto3's clients hold already.
_utils: Any = utils
_utils._load_service_model = load_model

# AWS: nothing to compare; moto: looks up all of a class's methods for every request.
_responses: Any = responses
_responses.method_names_from_class = cache(method_names_from_class)
