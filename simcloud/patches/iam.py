"""IAM as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.core.responses import EmptyResult
from moto.iam.responses import IamResponse

from simcloud.patches import adds


@adds(IamResponse)
def add_client_id_to_open_id_connect_provider(self: Any) -> Any:
    """AWS: adds an audience; moto: not implemented."""
    provider = self.backend.get_open_id_connect_provider(self._get_param("OpenIDConnectProviderArn"))
    client_id = self._get_param("ClientID")
    if client_id not in provider.client_id_list:
        provider.client_id_list.append(client_id)
    return EmptyResult()


@adds(IamResponse)
def remove_client_id_from_open_id_connect_provider(self: Any) -> Any:
    """AWS: drops an audience; moto: not implemented."""
    provider = self.backend.get_open_id_connect_provider(self._get_param("OpenIDConnectProviderArn"))
    provider.client_id_list[:] = [
        held for held in provider.client_id_list if held != self._get_param("ClientID")
    ]
    return EmptyResult()
