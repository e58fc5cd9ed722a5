from pathlib import Path

from plinth.engine.environment import simulated_environment
from plinth.engine.layout import Layout

LAYOUT = Layout(Path("/sim"), "plinth")


def change(environ: dict[str, str]):
    return simulated_environment(
        environ,
        LAYOUT,
        providers={"aws": 1111, "cloudflare": 2222},
        http_url="http://127.0.0.1:3333",
        path=[Path("/sim/bin"), Path("/engine"), Path("/venv/bin")],
    )


def test_everything_that_is_set() -> None:
    assert change({"PATH": "/usr/bin"}).set == {
        "PATH": "/sim/bin:/engine:/venv/bin:/usr/bin",
        "PULUMI_HOME": "/sim/pulumi",
        "PULUMI_BACKEND_URL": "file:///sim/backend",
        "PULUMI_CONFIG_PASSPHRASE": "simulated",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
        "PULUMI_DEBUG_PROVIDERS": "aws:1111,cloudflare:2222",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:3333",
        "AWS_ACCESS_KEY_ID": "simulated",
        "AWS_SECRET_ACCESS_KEY": "simulated",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "CLOUDFLARE_BASE_URL": "http://127.0.0.1:3333/client/v4",
        "CLOUDFLARE_API_TOKEN": "simulated",
    }


def test_a_user_who_has_a_cloudflare_credential_keeps_it() -> None:
    for name in ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY"):
        assert "CLOUDFLARE_API_TOKEN" not in change({name: "own"}).set
        assert change({name: "own"}).applied_to({name: "own"})[name] == "own"


def test_what_would_lead_elsewhere_is_removed() -> None:
    environ = {
        "AWS_PROFILE": "work",
        "AWS_SESSION_TOKEN": "x",
        "AWS_ENDPOINT_URL_S3": "https://s3.example.com",
        "PULUMI_CONFIG_PASSPHRASE_FILE": "/secret",
    }

    assert set(change(environ).applied_to(environ)) & set(environ) == set()


def test_no_other_variable_of_the_user_is_lost() -> None:
    environ = {"EDITOR": "vi", "PULUMI_OPTION_PARALLEL": "4", "PATH": "/usr/bin", "AWS_PAGER": ""}
    after = change(environ).applied_to(environ)

    assert {name: after[name] for name in environ if name != "PATH"} == {
        name: value for name, value in environ.items() if name != "PATH"
    }


def test_a_second_time_changes_nothing() -> None:
    once = change({"PATH": "/usr/bin:/engine"}).applied_to({})

    assert change(once).applied_to(once) == once
    assert once["PATH"] == "/sim/bin:/engine:/venv/bin:/usr/bin"


def test_the_users_region_stays() -> None:
    assert change({"AWS_DEFAULT_REGION": "eu-central-1"}).set["AWS_REGION"] == "eu-central-1"


def test_a_proxy_is_not_asked_for_this_machine() -> None:
    after = change({"https_proxy": "http://proxy:3128", "NO_PROXY": "intra.example.com"}).set

    assert after["NO_PROXY"] == after["no_proxy"] == "intra.example.com,127.0.0.1,localhost"
