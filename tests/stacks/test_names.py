"""Who answers under which name."""

from typing import Any

import pytest

from stacks.parts.certificates import origin_names, viewer_names
from stacks.parts.names import main_name, service_names, service_urls, site_names
from tests.stacks.settings.loading import loaded

LA, SP, API, MJ = "learning-assistant.app", "spanish-practice.app", "api.yourproject.com", "muejam.app"


@pytest.mark.parametrize(
    ("stack", "services", "site", "main"),
    [
        ("production", [LA], [], LA),
        ("practice-app-production", [SP, f"www.{SP}", f"api.{SP}"], [], SP),
        ("api-platform-production", [API], [], API),
        ("muejam-library-production", [f"api.{MJ}"], [MJ, f"www.{MJ}"], MJ),
        ("muejam-library-dev", [f"api.dev.{MJ}"], [], f"api.dev.{MJ}"),
    ],
)
def test_every_name_has_one_who_answers(stack: str, services: list[str], site: list[str], main: str) -> None:
    settings = loaded(stack)
    assert list(service_names(settings)) == services
    assert list(site_names(settings)) == site
    assert main_name(settings) == main


def test_a_service_is_found_under_its_name_or_under_its_path() -> None:
    assert service_urls(loaded("practice-app-production")) == {
        "web": f"https://{SP}",
        "api": f"https://api.{SP}",
    }
    assert service_urls(loaded("api-platform-dev")) == {
        "api": "https://api-dev.yourproject.com",
        "auth": "https://api-dev.yourproject.com/auth",
    }


def test_who_has_no_name_has_no_address() -> None:
    worker = {"version": "1", "port": 9000, "health_path": "/"}
    settings = loaded("production", {"services": {"worker": worker}})
    assert sorted(service_urls(settings)) == ["web"]


CLOUDFLARE: dict[str, Any] = {
    "domain": {"provider": "cloudflare"},
    "edge": {"kind": "cloudflare", "cloudflare": {"account_id": "0" * 32}},
}


@pytest.mark.parametrize(
    ("stack", "overrides", "viewer", "origin"),
    [
        # CloudFront shows the public names and asks for the origin by its own.
        ("production", {}, [LA], [f"origin.{LA}"]),
        # Cloudflare has certificates of its own, and asks for the public names.
        ("production", CLOUDFLARE, [], [LA, f"origin.{LA}"]),
        ("production", {"edge": {"kind": "none"}}, [], [LA]),
        ("muejam-library-production", {}, [f"api.{MJ}", MJ, f"www.{MJ}"], [f"origin.{MJ}"]),
        ("muejam-library-production", {"edge": {"kind": "none"}}, [MJ, f"www.{MJ}"], [f"api.{MJ}"]),
        ("api-platform-production-standby", {}, [], [API]),
    ],
)
def test_certificates_cover_what_their_owner_answers_for(
    stack: str, overrides: dict[str, Any], viewer: list[str], origin: list[str]
) -> None:
    settings = loaded(stack, overrides)
    assert (list(viewer_names(settings)), list(origin_names(settings))) == (viewer, origin)
