"""How IAM tags users, SAML providers and server certificates."""

from __future__ import annotations

from typing import Any

from simcloud.tagging import Tagging, mapping, pairs


def _of(kind: str, argument: str, *, by_arn: bool = False) -> Tagging:
    return Tagging(
        "iam",
        lambda client, key, tags: _call(client, f"tag_{kind}", **{argument: key, "Tags": pairs(tags)}),
        lambda client, key, gone: _call(client, f"untag_{kind}", **{argument: key, "TagKeys": gone}),
        lambda client, key: mapping(_call(client, f"list_{kind}_tags", **{argument: key})["Tags"]),
        by_arn,
    )


def _call(client: Any, operation: str, **parameters: Any) -> Any:
    return getattr(client, operation)(**parameters)


USER = _of("user", "UserName")
SAML_PROVIDER = _of("saml_provider", "SAMLProviderArn", by_arn=True)
SERVER_CERTIFICATE = _of("server_certificate", "ServerCertificateName")
