from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class OpenIdConnectProvider(Binding):
    """An identity provider outside AWS whose tokens roles may trust."""

    token = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
    service = "iam"
    faults = {"EntityAlreadyExists": "url"}
    operation = "create_open_id_connect_provider"
    parameters = {"ClientIDList": "clientIdLists", "ThumbprintList": "thumbprintLists"}
    replaces = frozenset({"url"})
    tagging = tagging.OIDC_PROVIDER
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Url": new["url"],
                "ClientIDList": new["clientIdLists"],
                "ThumbprintList": new.get("thumbprintLists"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["OpenIDConnectProviderArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        iam = ctx.client("iam")
        if new.get("thumbprintLists") and new["thumbprintLists"] != old.get("thumbprintLists"):
            iam.update_open_id_connect_provider_thumbprint(
                OpenIDConnectProviderArn=identity, ThumbprintList=new["thumbprintLists"]
            )
        before, after = set(old.get("clientIdLists") or ()), set(new["clientIdLists"])
        for client_id in sorted(after - before):
            iam.add_client_id_to_open_id_connect_provider(
                OpenIDConnectProviderArn=identity, ClientID=client_id
            )
        for client_id in sorted(before - after):
            iam.remove_client_id_from_open_id_connect_provider(
                OpenIDConnectProviderArn=identity, ClientID=client_id
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=identity)
        url = given.get("url", "")
        return {
            "arn": identity,
            # AWS keeps the address without its scheme; that is no drift.
            "url": url if url.removeprefix("https://") == found["Url"] else f"https://{found['Url']}",
            "clientIdLists": found["ClientIDList"],
            "thumbprintLists": found["ThumbprintList"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        url = new["url"]
        # AWS: CreateOpenIDConnectProvider, Url begins with https://; per reference notes, not verified against AWS.
        if isinstance(url, str) and not url.startswith("https://"):
            yield Refusal("InvalidInput", f"the URL {url!r} must begin with https://.", "url")
        elif isinstance(url, str) and not re.fullmatch(r"https://[A-Za-z0-9.-]+(/[^?#]*)?", url):
            text = f"the URL {url!r} must have a host, and neither port, query nor fragment."
            yield Refusal("InvalidInput", text, "url")
