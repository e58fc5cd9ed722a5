from __future__ import annotations

from simcloud import shapes
from simcloud.binding import Params, RecordedBinding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class MonitoringSubscription(RecordedBinding):
    """More metrics of a distribution, for a price. moto lacks them: this is recorded."""

    token = "aws:cloudfront/monitoringSubscription:MonitoringSubscription"
    service = "cloudfront"
    operation = "create_monitoring_subscription"
    replaces = frozenset({"distributionId"})
    references = (Reference("distributionId", "distribution"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client("cloudfront").meta.service_model.shape_for("MonitoringSubscription")
        return {
            "DistributionId": new["distributionId"],
            "MonitoringSubscription": shapes.params(shape, new["monitoringSubscription"]),
        }

    def create(self, ctx: Context, new: Props) -> str:
        if ctx.store.get(self.token, new["distributionId"]) is not None:
            raise Refusal(
                "MonitoringSubscriptionAlreadyExists",
                "A monitoring subscription already exists for the specified distribution.",
                "distributionId",
            )
        return super().create(ctx, new)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return str(new["distributionId"])
