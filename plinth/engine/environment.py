"""The environment variables that make the engine, the AWS CLI and boto3 talk to the simulated cloud."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plinth.engine.layout import Layout

# Throw-away: it protects nothing, the state holds only simulated values.
PASSPHRASE = "simulated"
REGION = "us-east-1"

# Each of these would win over what we set, or send a call somewhere else.
_REMOVED = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
)
_REMOVED_PREFIX = "AWS_ENDPOINT_URL_"
_PROXY_EXCEPTIONS = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Change:
    """What to set in and what to remove from the user's environment; all else stays."""

    set: Mapping[str, str]
    remove: tuple[str, ...]

    def applied_to(self, environ: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in environ.items() if name not in self.remove}
        return {**kept, **self.set}


def simulated_environment(
    environ: Mapping[str, str],
    layout: Layout,
    *,
    providers: Mapping[str, int],
    http_url: str,
    path: list[Path],
) -> Change:
    """The change for `environ`. `providers`: the port of each; `path`: what comes first on PATH."""
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or REGION
    return Change(
        set={
            "PATH": _path(path, environ.get("PATH", "")),
            **_pulumi(layout, providers),
            **_aws(http_url, region),
            **_cloudflare(http_url, environ),
            **_proxy_exceptions(environ),
        },
        remove=tuple(
            sorted(name for name in environ if name in _REMOVED or name.startswith(_REMOVED_PREFIX))
        ),
    )


def _pulumi(layout: Layout, providers: Mapping[str, int]) -> dict[str, str]:
    return {
        "PULUMI_HOME": str(layout.pulumi_home),
        "PULUMI_BACKEND_URL": layout.backend_url,
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
        "PULUMI_DEBUG_PROVIDERS": ",".join(f"{name}:{port}" for name, port in providers.items()),
    }


def _aws(http_url: str, region: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": http_url,
        "AWS_ACCESS_KEY_ID": "simulated",
        "AWS_SECRET_ACCESS_KEY": "simulated",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _cloudflare(http_url: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Where Cloudflare's own tools find the API, and a token for those that refuse to start without one."""
    credentials = ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY", "CLOUDFLARE_API_USER_SERVICE_KEY")
    token = {} if any(environ.get(name) for name in credentials) else {"CLOUDFLARE_API_TOKEN": "simulated"}
    return {"CLOUDFLARE_BASE_URL": f"{http_url}/client/v4", **token}


def _proxy_exceptions(environ: Mapping[str, str]) -> dict[str, str]:
    """Behind a proxy, calls to this machine must not go through it."""
    if not any(name.lower() in ("http_proxy", "https_proxy", "all_proxy", "grpc_proxy") for name in environ):
        return {}
    excepted = _with_local(environ.get("no_proxy") or environ.get("NO_PROXY") or "")
    return {"NO_PROXY": excepted, "no_proxy": excepted}


def _with_local(value: str) -> str:
    listed = [item.strip() for item in value.split(",") if item.strip()]
    return ",".join([*listed, *(host for host in _PROXY_EXCEPTIONS if host not in listed)])


def _path(first: list[Path], rest: str) -> str:
    wanted = [str(folder) for folder in first]
    return os.pathsep.join(wanted + [item for item in rest.split(os.pathsep) if item and item not in wanted])
