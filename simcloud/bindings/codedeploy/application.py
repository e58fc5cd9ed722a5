from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.codedeploy._names import problems
from simcloud.bindings.codedeploy._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Application(Binding):
    """What CodeDeploy deploys: a name for deployment groups of one compute platform."""

    token = "aws:codedeploy/application:Application"
    service = "codedeploy"
    operation = "create_application"
    parameters = {"applicationName": "name"}
    replaces = frozenset({"computePlatform"})
    defaults = {"computePlatform": "Server"}
    autoname = AutoName(limit=100)
    tagging = TAGS

    def request(self, ctx: Context, new: Props) -> Params:
        return {"applicationName": new["name"], "computePlatform": new["computePlatform"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{response['applicationId']}:{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new["name"] != old["name"]:
            ctx.client("codedeploy").update_application(
                applicationName=old["name"], newApplicationName=new["name"]
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        name = given.get("name") or identity.rsplit(":", 1)[-1]
        found = ctx.client("codedeploy").get_application(applicationName=name)["application"]
        return {
            "applicationId": found["applicationId"],
            "arn": ctx.arn("codedeploy", f"application:{name}"),
            "name": found["applicationName"],
            "computePlatform": found["computePlatform"],
            "linkedToGithub": found.get("linkedToGitHub", False),
            "githubAccountName": found.get("gitHubAccountName", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        name = old.get("name") or identity.rsplit(":", 1)[-1]
        ctx.client("codedeploy").delete_application(applicationName=name)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return f"{found['applicationId']}:{found['name']}"

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from problems(new["name"], "name", "InvalidApplicationNameException")
