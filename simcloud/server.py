"""simcloud as one process: cloud, provider and HTTP API together, until told to end."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

from simcloud import http_api, servicer
from simcloud.cloud import Cloud, versions
from simcloud.files import Files
from simcloud.quotas import LIMITS
from simcloud.warm_up import warm_up


def serve(home: Path) -> None:
    """Serve the cloud kept in `home` until SIGTERM or SIGINT; its address is in `<home>/simcloud.json`."""
    files = Files(home)
    files.prepare()
    logging.basicConfig(
        filename=files.log, format="%(asctime)s %(name)s %(levelname)s %(message)s", level=logging.INFO
    )
    LIMITS.file = files.quotas
    cloud = _opening(files)
    http = http_api.serve(cloud, files.last_http_port())
    provider, provider_port = servicer.serve(cloud, versions()["pulumi-aws"])
    cloudflare, cloudflare_port = servicer.serve_cloudflare(cloud, versions()["pulumi-cloudflare"])
    threading.Thread(target=http.serve_forever, name="http", daemon=True).start()
    ended = _on_signals()
    _announce(files, provider_port, cloudflare_port, http.server_port)
    ended.wait()
    for server in (provider, cloudflare):
        server.stop(grace=2).wait()
    http.shutdown()
    files.address.unlink(missing_ok=True)


def _opening(files: Files) -> Cloud:
    """A cloud that opens, and then warms up, while the engine starts: requests wait until it is open."""
    cloud = Cloud(files.journal)
    cloud.faults.file = files.faults
    locked = threading.Event()

    def open_and_warm_up() -> None:
        with cloud.lock:
            locked.set()
            try:
                with LIMITS.lifted():
                    cloud.open()
            except Exception:
                logging.getLogger("simcloud").exception("the state cannot be read")
                os._exit(1)
        warm_up(cloud)

    threading.Thread(target=open_and_warm_up, name="open", daemon=True).start()
    locked.wait()
    return cloud


def _on_signals() -> threading.Event:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended


def _announce(files: Files, provider_port: int, cloudflare_port: int, http_port: int) -> None:
    """Written last and in one step: who can read it can connect."""
    address = {
        "pid": os.getpid(),
        "provider_port": provider_port,
        "cloudflare_port": cloudflare_port,
        "http_port": http_port,
        "versions": versions(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    fresh = files.address.with_suffix(".new")
    fresh.write_text(json.dumps(address))
    fresh.replace(files.address)
