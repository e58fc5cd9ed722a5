from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.iam import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_METADATA = re.compile(
    r"\s*(<\?.*?\?>\s*)?(<!--.*?-->\s*)*<([\w-]+:)?EntityDescriptor[\s>].*</([\w-]+:)?EntityDescriptor>\s*",
    re.DOTALL,
)


class SamlProvider(Binding):
    """An identity provider outside AWS that speaks SAML 2.0."""

    token = "aws:iam/samlProvider:SamlProvider"
    service = "iam"
    operation = "create_saml_provider"
    parameters = {"SAMLMetadataDocument": "samlMetadataDocument"}
    replaces = frozenset({"name"})
    faults = {"EntityAlreadyExists": "name"}
    autoname = AutoName(limit=128)
    tagging = _tagging.SAML_PROVIDER
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Name": new["name"], "SAMLMetadataDocument": new["samlMetadataDocument"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["SAMLProviderArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new["samlMetadataDocument"] != old["samlMetadataDocument"]:
            ctx.client("iam").update_saml_provider(
                SAMLProviderArn=identity, SAMLMetadataDocument=new["samlMetadataDocument"]
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("iam").get_saml_provider(SAMLProviderArn=identity)
        return {
            "arn": identity,
            "name": identity.rsplit("/", 1)[-1],
            "samlMetadataDocument": found["SAMLMetadataDocument"],
            "samlProviderUuid": found["SAMLProviderUUID"],
            "validUntil": found["ValidUntil"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_saml_provider(SAMLProviderArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        document = new["samlMetadataDocument"]
        if isinstance(document, str) and not _METADATA.fullmatch(document):
            yield Refusal("InvalidInput", "Could not parse metadata.", "samlMetadataDocument")
