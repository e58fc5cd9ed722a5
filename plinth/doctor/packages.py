"""Is what is installed what uv.lock says, and is uv.lock made from pyproject.toml?"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from plinth.doctor.check import Check

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def installed_packages() -> dict[str, str]:
    """Name to version, of this interpreter."""
    return {normal(found.name): found.version for found in distributions()}


def packages_check(root: Path, installed: Mapping[str, str]) -> Check:
    """Compares pyproject.toml, uv.lock and what is installed, without any network."""
    if not (root / "uv.lock").is_file():
        return Check("packages", f"{root} has no uv.lock: another kind of project, nothing to compare")
    project = tomllib.loads((root / "pyproject.toml").read_text())
    lock = tomllib.loads((root / "uv.lock").read_text())
    unlocked = sorted(wanted(project) ^ locked_wishes(lock, project["project"]["name"]))
    if unlocked:
        return Check("packages", f"uv.lock is not made from pyproject.toml: {', '.join(unlocked)}", "uv lock")
    return _installed_check(lock["package"], wanted(project), installed)


def wanted(project: Mapping[str, Any]) -> set[str]:
    """What pyproject.toml asks for, as `name specifier`."""
    groups = project.get("dependency-groups", {}).values()
    lines = [*project["project"].get("dependencies", ()), *(line for group in groups for line in group)]
    return {_wish(line) for line in lines}


def locked_wishes(lock: Mapping[str, Any], name: str) -> set[str]:
    """What uv.lock was asked for when it was made."""
    ours = [package for package in lock["package"] if normal(package["name"]) == normal(name)]
    metadata = ours[0].get("metadata", {}) if ours else {}
    groups = metadata.get("requires-dev", {}).values()
    wishes = [*metadata.get("requires-dist", ()), *(wish for group in groups for wish in group)]
    return {f"{normal(wish['name'])} {_sorted(wish.get('specifier', ''))}".strip() for wish in wishes}


def normal(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed_check(
    packages: Iterable[Mapping[str, Any]], wishes: set[str], installed: Mapping[str, str]
) -> Check:
    versions = _versions(packages)
    missing = sorted(wish.split()[0] for wish in wishes if wish.split()[0] not in installed)
    other = [
        f"{name} {version} (locked: {' or '.join(sorted(versions[name]))})"
        for name, version in sorted(installed.items())
        if name in versions and version not in versions[name]
    ]
    if missing or other:
        return Check("packages", ", ".join([*(f"{name} missing" for name in missing), *other]), "make setup")
    return Check("packages", f"{len(installed)} installed, as uv.lock says")


def _versions(packages: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """A package may be locked in several versions, for several Pythons."""
    versions: dict[str, set[str]] = {}
    for package in packages:
        versions.setdefault(normal(package["name"]), set()).add(package.get("version", ""))
    return versions


def _wish(line: str) -> str:
    match = _NAME.match(line)
    if match is None:
        return line
    rest = re.sub(r"\[.*?\]", "", line[match.end() :]).partition(";")[0]
    return f"{normal(match[0])} {_sorted(rest)}".strip()


def _sorted(specifier: str) -> str:
    return ",".join(sorted(part.strip() for part in specifier.split(",")))
