from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings.cloudflare._scoped import ScopedBinding
from simcloud.cloudflare.resources.logpush import ACCOUNT, ZONE
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class LogpushJob(ScopedBinding):
    """Logs that are brought somewhere."""

    token = "cloudflare:index/logpushJob:LogpushJob"
    resource = ZONE
    of_account = ACCOUNT
    replaces = frozenset({"zoneId", "accountId", "dataset", "kind"})
    renamed = {"cve202144228": "CVE-2021-44228"}
    written_only = frozenset({"ownershipChallenge"})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        if new.get("frequency") is not None and new.get("maxUploadIntervalSeconds") is not None:
            yield Refusal(
                "1002", "frequency cannot be given together with maxUploadIntervalSeconds.", "frequency"
            )
