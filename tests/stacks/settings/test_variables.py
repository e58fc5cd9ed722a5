"""The list of variables: who has which, who has two, and the page that says so."""

from pathlib import Path
from typing import Any

import pytest

from stacks.settings.egress import ports_of
from stacks.settings.slots import all_slots, slots_of
from stacks.settings.standby import standing_by
from stacks.settings.variables import OWN_VARIABLES, plain, secret, taken_twice
from stacks.settings.variables_document import markdown
from tests.stacks.settings.loading import loaded

ROOT = Path(__file__).parents[3]


def web(**settings: Any) -> dict[str, Any]:
    return {"services": {"web": settings}}


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "variables.md").read_text() == markdown(), (
        "run: python -m stacks.settings.variables_document > docs/variables.md"
    )


def test_no_variable_stands_twice() -> None:
    assert len(set(OWN_VARIABLES)) == len(OWN_VARIABLES)


@pytest.mark.parametrize(
    ("uses", "gone"),
    [
        (["cache", "uploads", "mail"], "DATABASE_"),
        (["database", "uploads", "mail"], "REDIS_"),
        (["database", "cache", "mail"], "UPLOAD_"),
        (["database", "cache", "uploads"], "MAIL_"),
    ],
)
def test_who_does_not_use_it_is_not_told_of_it(uses: list[str], gone: str) -> None:
    everything = loaded("dev")
    less = everything.model_copy(
        update={"services": {"web": everything.services["web"].model_copy(update={"uses": uses})}}
    )
    told = {*plain(everything, "web"), *secret(everything, "web")}
    lost = told - {*plain(less, "web"), *secret(less, "web")}
    assert lost == {variable for variable in told if variable.startswith(gone)} != set()


def test_a_limit_that_is_not_set_is_no_variable() -> None:
    settings = loaded("dev", {"application": {"limits": {"per_user_per_minute": 100}}})
    assert [name for name in plain(settings, "web") if name.startswith("RATE_LIMIT_")] == ["RATE_LIMIT_USER"]


def test_a_token_of_iam_takes_the_place_of_the_password() -> None:
    settings = loaded("staging", {"database": {"pooler": {"iam": True}}})
    given = secret(settings, "web")
    assert "DATABASE_USERNAME" in given
    assert "DATABASE_PASSWORD" not in given


def test_a_cache_with_users_gives_a_name() -> None:
    assert "REDIS_USERNAME" not in secret(loaded("staging"), "web")
    assert "REDIS_USERNAME" in secret(loaded("staging", {"cache": {"auth": "rbac"}}), "web")


def test_every_integration_has_a_place_for_its_key() -> None:
    on = {
        "sentry": True,
        "new_relic": True,
        "datadog": True,
        "openai": True,
        "google_analytics": True,
        "elasticsearch": True,
        "mail": "sendgrid",
    }
    settings = loaded("staging", {"integrations": on})
    assert {name: slot.variable for name, slot in all_slots(settings).items()} == {
        "jwt": "JWT_KEY",
        "sentry": "SENTRY_DSN",
        "new-relic": "NEW_RELIC_LICENSE_KEY",
        "datadog": "DD_API_KEY",
        "openai": "OPENAI_API_KEY",
        "google-analytics": "GOOGLE_ANALYTICS_KEY",
        "elasticsearch": "SEARCH_URL",
        "sendgrid": "SENDGRID_API_KEY",
        "session": "SESSION_SECRET",
    }
    assert all_slots(settings).keys() - slots_of(settings, settings.services["web"]).keys() == {"datadog"}


def test_integrations_are_off_until_they_are_asked_for() -> None:
    off = {"mail": "none", "elasticsearch": False, "google_analytics": False}
    assert set(all_slots(loaded("dev", {"integrations": off}))) == {"jwt", "session"}


def test_a_service_reads_the_slots_that_it_lists() -> None:
    settings = loaded("dev", web(secrets=["session"]))
    assert list(slots_of(settings, settings.services["web"])) == ["session"]


@pytest.mark.parametrize(("algorithm", "said"), [("HS256", "32 random bytes"), ("RS256", "RSA of 2048 bits")])
def test_the_key_of_the_tokens_is_described(algorithm: str, said: str) -> None:
    settings = loaded("dev", {"application": {"auth": {"jwt_algorithm": algorithm}}})
    assert said in all_slots(settings)["jwt"].description


@pytest.mark.parametrize(
    ("integrations", "service", "ports"),
    [
        ({"mail": "none", "elasticsearch": False, "google_analytics": False}, {"egress_ports": []}, ()),
        ({"mail": "ses"}, {"egress_ports": [], "secrets": []}, (443,)),
        ({"mail": "smtp"}, {"egress_ports": [443], "secrets": []}, (443, 587)),
        ({"mail": "none", "sentry": True}, {"egress_ports": [25], "secrets": ["sentry"]}, (25, 443)),
        ({"mail": "none", "sentry": True}, {"egress_ports": [25], "secrets": []}, (25,)),
    ],
)
def test_ports_to_the_internet(
    integrations: dict[str, Any], service: dict[str, Any], ports: tuple[int, ...]
) -> None:
    endpoints = {"endpoints": ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]}
    uses = {"uses": ["mail"]} if integrations.get("mail") != "none" else {}
    settings = loaded(
        "dev",
        {
            "integrations": {"elasticsearch": False, "google_analytics": False, **integrations},
            "network": endpoints,
            **web(**{**uses, **service}),
        },
    )
    assert ports_of(settings, settings.services["web"]) == ports


def test_who_sends_no_mail_may_not_leave_for_it() -> None:
    settings = loaded("dev", {"integrations": {"mail": "smtp"}})
    silent = settings.services["web"].model_copy(update={"uses": (), "secrets": ()})
    assert ports_of(settings, silent) == (443,)


def test_variables_with_two_sources_are_listed() -> None:
    settings = loaded("dev", {"application": {"ttl_seconds": {"query": 300}}})
    slot = {"description": "x", "variable": "CACHE_TTL_QUERY"}
    web_ = settings.services["web"].model_copy(
        update={"environment": {"PORT": "1", "HOME": "/"}, "renamed": {"HOME": "APP_URL", "JWT_KEY": "PORT"}}
    )
    secrets = settings.secrets.model_copy(
        update={"slots": {"one": type(settings.secrets.slots["session"])(**slot)}}
    )
    wrong = settings.model_copy(update={"services": {"web": web_}, "secrets": secrets})
    assert [(found.path, found.variable, found.source) for found in taken_twice(wrong)] == [
        ("secrets.slots.one.variable", "CACHE_TTL_QUERY", "application.ttl_seconds.query"),
        ("services.web.environment.PORT", "PORT", "the stack itself"),
        ("services.web.renamed.HOME", "HOME", "services.web.environment.HOME"),
        ("services.web.renamed.JWT_KEY", "JWT_KEY", "application.auth.jwt_algorithm"),
    ]


def test_a_replica_in_a_standby_wants_the_password_although_the_first_region_s_pooler_does_not() -> None:
    settings = loaded(
        "production",
        {
            "edge": {"kind": "none"},
            "database": {"pooler": {"iam": True}},
            "regions": {"second": "us-west-2", "database": "replica", "standby": True, "uploads": True},
        },
    )
    assert "DATABASE_PASSWORD" not in secret(settings, "web")
    assert "DATABASE_PASSWORD" in secret(standing_by(settings), "web")
