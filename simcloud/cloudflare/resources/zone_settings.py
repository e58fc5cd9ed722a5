"""Settings of a zone, each with an id of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, kind_of
from simcloud.cloudflare.collection import require_scope, without_nulls
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Page, Route
from simcloud.cloudflare.setting_values import SETTINGS, is_allowed
from simcloud.values import Value

_PATH = "/zones/{zone_id}/settings"
_BY_ENABLED = ("ssl_recommender",)


def problems(setting: str, body: Mapping[str, Value]) -> Iterator[ApiError]:
    """What the API refuses in a setting's body. Codes 1006 and 1007 as public issues quote them, read 2026-11."""
    if setting not in SETTINGS:
        yield ApiError(1006, f"Unrecognized zone setting name: {setting}", "setting_id")
    elif "value" not in body and not (setting in _BY_ENABLED and "enabled" in body):
        yield ApiError(1007, f"Invalid value for zone setting {setting}: a value is required", "value")
    elif "value" in body and not is_allowed(setting, body["value"]):
        expected = SETTINGS[setting].expected
        yield ApiError(1007, f"Invalid value for zone setting {setting}: expected {expected}", "value")


def _listed(call: Call) -> Page:
    require_scope(call)
    found = [_current(call, setting) for setting in sorted(SETTINGS)]
    return Page(found, 1, len(found), len(found))


def _read(call: Call) -> Body:
    require_scope(call)
    setting = call.params["setting_id"]
    if setting not in SETTINGS:
        raise ApiError(1006, f"Unrecognized zone setting name: {setting}")
    return _current(call, setting)


def _change(call: Call) -> Body:
    require_scope(call)
    setting, body = call.params["setting_id"], without_nulls(call.body)
    for error in problems(setting, body):
        raise error
    made = {**_current(call, setting), **body, "modified_on": call.at}
    call.store.put(_kind(call), setting, made)
    return made


def _change_many(call: Call) -> list[Body]:
    require_scope(call)
    items = without_nulls(call.body).get("items")
    if not isinstance(items, list):
        raise ApiError(9207, "Request body is invalid.")
    for item in items:
        for error in problems(str(item.get("id")), item):
            raise error
    made = [{**_current(call, item["id"]), "value": item["value"], "modified_on": call.at} for item in items]
    for setting in made:
        call.store.put(_kind(call), setting["id"], setting)
    return made


def _current(call: Call, setting: str) -> Body:
    kept = call.store.get(_kind(call), setting)
    if kept is not None:
        return kept
    return {
        "id": setting,
        "value": SETTINGS[setting].default,
        "editable": SETTINGS[setting].editable,
        "modified_on": None,
        "time_remaining": 0,
    }


def _kind(call: Call) -> str:
    return kind_of(_PATH.format(**call.params))


ROUTES = [
    Route("GET", _PATH, _listed),
    Route("PATCH", _PATH, _change_many),
    Route("GET", f"{_PATH}/{{setting_id}}", _read),
    Route("PATCH", f"{_PATH}/{{setting_id}}", _change),
]
