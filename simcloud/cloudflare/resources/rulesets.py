"""Rulesets of a zone or an account, and the rules in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import items_of, part_of, text_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.phases import MANAGED, MOST_RULES
from simcloud.cloudflare.ratelimit import plan_problems
from simcloud.cloudflare.resources.subscription import plan_of
from simcloud.cloudflare.routing import Route
from simcloud.cloudflare.rule_problems import phase_problems, rule_problems
from simcloud.values import Value


class Rulesets(Collection):
    """Of each phase, a zone (an account) has at most one entry point: the ruleset of kind `zone` (`root`)."""

    missing = (10001, "could not find ruleset")
    required = ("name", "kind", "phase")
    defaults = {"rules": [], "description": ""}
    stamps = ("", "last_updated")
    fixed = frozenset({"kind", "phase"})
    filters = frozenset({"phase", "kind"})
    updates = ("PUT",)
    entry: str
    kinds: tuple[str, ...]

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from phase_problems(body, self.kinds)

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        """What is executed must exist, and be of the same phase."""
        own = {identity: record["phase"] for identity, record in call.below("rulesets")}
        phases = {**{identity: phase for identity, (_, phase) in MANAGED.items()}, **own}
        for position, rule in enumerate(items_of(body, "rules")):
            if not isinstance(rule, Mapping) or rule.get("action") != "execute":
                continue
            target = text_of(part_of(rule, "action_parameters"), "id")
            if target is not None and phases.get(target, "") != text_of(body, "phase"):
                reason = f"'{target}' is not a valid value for id because the phase has no such ruleset"
                yield ApiError(20120, reason, f"rules[{position}].action_parameters.id")

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        if body["kind"] == self.entry and not own and self.entry_point(call, body["phase"]):
            yield ApiError(
                20217,
                f"'{body['kind']}' is not a valid value for kind because exceeded maximum number of "
                f"{self.entry} rulesets for phase {body['phase']}",
                "kind",
            )
        plan = plan_of(call) if "zone_id" in call.params else ""
        most = MOST_RULES.get(body["phase"], {}).get(plan)
        if most is not None and len(body["rules"]) > most:
            count = f"{len(body['rules'])} out of {most}"
            reason = f"exceeded the maximum number of rules in the phase {body['phase']}: {count}"
            yield ApiError(20120, reason, "rules")
        for position, rule in enumerate(body["rules"]):
            if rule.get("ratelimit"):
                yield from plan_problems(plan, rule["ratelimit"], f"rules[{position}].ratelimit")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        known = {rule["id"]: rule for rule in old.get("rules", ())}
        by_ref = {rule["ref"]: rule for rule in old.get("rules", ())}
        rules = []
        for rule in body["rules"]:
            before = known.get(rule.get("id")) or by_ref.get(rule.get("ref")) or {}
            identity = before.get("id") or call.new_id()
            rules.append({
                "enabled": True, **rule, "id": identity, "ref": rule.get("ref") or identity, "version": "1",
                "last_updated": call.at,
            })  # fmt: skip
        return {
            "rules": rules,
            "version": str(int(old.get("version", "0")) + 1),
            "source": "firewall_managed",
        }

    def entry_point(self, call: Call, phase: str) -> Record | None:
        """The ruleset that the phase begins with."""
        return next(
            (
                record
                for _, record in call.store.scan(self.kind(call))
                if record["phase"] == phase and record["kind"] == self.entry
            ),
            None,
        )

    def read(self, call: Call) -> Body:
        """Managed rulesets can be read too."""
        if call.params["id"] in MANAGED:
            name, phase = MANAGED[call.params["id"]]
            return {"id": call.params["id"], "name": name, "kind": "managed", "phase": phase, "rules": [],
                    "version": "1", "last_updated": "2026-01-01T00:00:00Z", "description": name}  # fmt: skip
        return super().read(call)

    def routes(self) -> list[Route]:
        entry = f"{self.path}/phases/{{phase}}/entrypoint"
        rules = f"{self.path}/{{id}}/rules"
        return [
            *super().routes(),
            Route("GET", entry, self.read_entry),
            Route("PUT", entry, self.put_entry),
            Route("POST", rules, self.add_rule),
            Route("PATCH", f"{rules}/{{rule_id}}", self.change_rule),
            Route("DELETE", f"{rules}/{{rule_id}}", self.remove_rule),
        ]

    def read_entry(self, call: Call) -> Body:
        """The entry point of a phase."""
        found = self.entry_point(call, call.params["phase"])
        if found is None:
            raise ApiError(
                10003, f"could not find entrypoint ruleset in the {call.params['phase']} phase", status=404
            )
        return self.shown(found)

    def put_entry(self, call: Call) -> Body:
        """Replace the entry point of a phase, or make it."""
        found, phase = self.entry_point(call, call.params["phase"]), call.params["phase"]
        body = {"name": "default", **(call.body or {}), "kind": self.entry, "phase": phase}
        if found is None:
            return self.create(_with(call, body))
        return self.put(_with(call, body, id=str(found["id"])))

    def add_rule(self, call: Call) -> Body:
        """Append a rule."""
        return self._with_rules(call, [*self.found(call)["rules"], call.body])

    def change_rule(self, call: Call) -> Body:
        """Replace a rule: what is not said is gone, except its id and ref."""
        rules = [
            {"ref": rule["ref"], **call.body, "id": rule["id"]}
            if rule["id"] == call.params["rule_id"]
            else rule
            for rule in self._having(call)
        ]
        return self._with_rules(call, rules)

    def remove_rule(self, call: Call) -> Body:
        """Take a rule out."""
        return self._with_rules(
            call, [rule for rule in self._having(call) if rule["id"] != call.params["rule_id"]]
        )

    def _having(self, call: Call) -> list[Body]:
        rules: list[Body] = list(self.found(call)["rules"])
        if all(rule["id"] != call.params["rule_id"] for rule in rules):
            raise ApiError(20139, f"could not find rule {call.params['rule_id']}", status=404)
        return rules

    def _with_rules(self, call: Call, rules: list[Value]) -> Body:
        record = self.found(call)
        for position, rule in enumerate(rules):
            for error in rule_problems(str(record["phase"]), rule, f"rules[{position}]"):
                raise error
        return self.put(
            _with(call, {"name": record["name"], "description": record["description"], "rules": rules})
        )

    def _stamped(self, call: Call, old: Record) -> Body:
        return {"last_updated": call.at}


class ZoneRulesets(Rulesets):
    """Below a zone."""

    path = "/zones/{zone_id}/rulesets"
    entry = "zone"
    kinds = ("zone", "custom")


class AccountRulesets(Rulesets):
    """Below an account."""

    path = "/accounts/{account_id}/rulesets"
    entry = "root"
    kinds = ("root", "custom")


def _with(call: Call, body: Body, **params: str) -> Call:
    return Call(call.store, {**call.params, **params}, call.at, call.dice, call.query, body)


ZONE = ZoneRulesets()
ACCOUNT = AccountRulesets()
ROUTES = [*ZONE.routes(), *ACCOUNT.routes()]
