from __future__ import annotations

import secrets
import string
from collections.abc import Iterator, Mapping

from simcloud import shapes
from simcloud import tagging as tags
from simcloud.binding import Params, RecordedBinding, Reference
from simcloud.bindings.cloudfront import _identity, _usage
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_LETTERS = string.ascii_letters + string.digits
_CONFIG = "vpcOriginEndpointConfig"


class VpcOrigin(RecordedBinding):
    """A load balancer or instance in a private subnet that CloudFront may ask. moto lacks it: this one is recorded."""

    token = "aws:cloudfront/vpcOrigin:VpcOrigin"
    service = "cloudfront"
    operation = "create_vpc_origin"
    parameters = {"VpcOriginEndpointConfig": _CONFIG}
    tagging = tags.RECORDED
    references = (Reference(f"{_CONFIG}.arn", "vpc_origin_endpoint"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client("cloudfront").meta.service_model.shape_for("VpcOriginEndpointConfig")
        return {"VpcOriginEndpointConfig": shapes.params(shape, new[_CONFIG])}

    def create(self, ctx: Context, new: Props) -> str:
        self._refuse_second(ctx, "", new)
        return super().create(ctx, new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self._refuse_second(ctx, identity, new)
            super().configure(ctx, identity, {**new, "etag": _identity.entity_tag()}, old)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if any(
            (origin.get("VpcOriginConfig") or {}).get("VpcOriginId") == identity
            for origin in _usage.origins(ctx)
        ):
            raise Refusal(
                "CannotDeleteEntityWhileInUse",
                f"The VPC origin {identity} is in use by one or more distributions.",
            )
        super().delete(ctx, identity, old)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return "vo_" + "".join(secrets.choice(_LETTERS) for _ in range(22))

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {
            "arn": ctx.arn("cloudfront", f"vpcorigin/{identity}", regional=False),
            "etag": _identity.entity_tag(),
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        config = new[_CONFIG]
        if not isinstance(config, Mapping):
            return
        for name in ("httpPort", "httpsPort"):
            # AWS: ports of origins in the CloudFront guide: 80, 443, 1024 to 65535; from memory, not verified.
            port = config[name]
            if is_known(port) and int(port) not in (80, 443) and not 1024 <= int(port) <= 65535:
                yield _invalid(f"{name} is {port}, 80, 443 and 1024 to 65535 are allowed.", name)
        protocols = config["originSslProtocols"]
        if is_known(protocols) and int(protocols["quantity"]) != len(protocols["items"]):
            said, there = protocols["quantity"], len(protocols["items"])
            yield Refusal(
                "InconsistentQuantities",
                f"The value of Quantity, {said}, and the number of Items, {there}, don't match.",
                f"{_CONFIG}.originSslProtocols.quantity",
            )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: «Restrict access with VPC origins», prerequisites: the VPC has an internet gateway; from memory.
        arn = new[_CONFIG]["arn"]
        if ":loadbalancer/" not in arn:
            return
        place = ctx.in_region(arn.split(":")[3])
        found = place.client("elbv2").describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]
        attached = [{"Name": "attachment.vpc-id", "Values": [found["VpcId"]]}]
        if not place.client("ec2").describe_internet_gateways(Filters=attached)["InternetGateways"]:
            yield _invalid(f"The VPC {found['VpcId']} of the load balancer has no internet gateway.", "arn")

    def _refuse_second(self, ctx: Context, identity: str, new: Props) -> None:
        for other, record in ctx.store.of_kind(self.token):
            if other != identity and record[_CONFIG]["name"] == new[_CONFIG]["name"]:
                raise Refusal(
                    "EntityAlreadyExists",
                    f"A VPC origin with the name {new[_CONFIG]['name']} already exists.",
                    f"{_CONFIG}.name",
                )


def _invalid(message: str, name: str) -> Refusal:
    return Refusal("InvalidArgument", message, f"{_CONFIG}.{name}")
