"""docs/muejam-library.md against the system that it describes."""

from __future__ import annotations

import re

import pytest

from stacks.settings.load import Configuration, load
from tests.docs.blocks import ROOT
from tests.stacks.systems.standing import standing

PAGE = (ROOT / "docs" / "muejam-library.md").read_text()
STACK = "muejam-library-production"


def rows(section: str) -> dict[str, str]:
    """The first column of a section's table to its second."""
    text = PAGE.split(f"## {section}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^ *\| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    return {left: right for left, right in cells if left not in ("in the document", "baseline")}


@pytest.mark.proves("S4-01")
def test_every_branch_of_the_document_s_tree_has_its_place() -> None:
    tree = rows("Its tree")
    named = {part for left in tree for part in re.findall(r"`([^`]+)`", left)}
    assert named >= {
        "apps/backend/",
        "environments/*/main.tf",
        "environments/*/variables.tf",
        "environments/*/terraform.tfvars",
        "modules/cloudfront/",
        "iam-policies/",
        "monitoring/",
    }
    for left, right in tree.items():
        links = re.findall(r"\]\(([^)]+)\)", right)
        assert links or "Pulumi." in right, left
        assert all((ROOT / "docs" / link).exists() for link in links), left


@pytest.mark.proves("S4-01")
def test_the_application_is_elsewhere() -> None:
    assert not (ROOT / "apps").exists()


def test_what_the_scripts_need_is_told_by_the_stack() -> None:
    """Outputs and settings that the page names are there."""
    production = standing(STACK)
    scripts = " ".join(rows("Its scripts").values())
    outputs = {"image_registries", "site_bucket", "site_distribution_id"}
    assert all(f"`{name}`" in scripts for name in outputs)
    assert outputs <= production.outputs.keys()
    assert "services.backend.version" in scripts
    assert production.settings.services["backend"].version == "0.1.0"
    assert production.settings.cluster_name == "muejam-production"
    assert production.settings.services["backend"].service_name == "backend"


@pytest.mark.proves("S4-50")
def test_the_baseline_to_reserve_is_what_production_always_runs() -> None:
    settings = load(Configuration(stack=STACK))
    backend, database, cache = settings.services["backend"], settings.database, settings.cache
    assert backend.scaling
    assert database
    assert cache
    assert database.multi_az
    assert cache.replicas is not None
    assert rows("Its costs") == {
        f"Fargate tasks of {backend.cpu} CPU units and {backend.memory} MiB (Compute Savings Plan)": str(
            backend.scaling.min
        ),
        f"`{database.instance_class}`, PostgreSQL, Multi-AZ (reserved instance)": "1",
        f"`{database.instance_class}`, PostgreSQL, one zone (reserved instances)": str(database.replicas),
        f"`{cache.node_type}`, Valkey (reserved nodes)": str(cache.shards * (1 + cache.replicas)),
    }


@pytest.mark.proves("S4-52")
def test_the_document_s_reading_is_passed_on() -> None:
    links = re.findall(r"\]\((https://[^)]+)\)", PAGE.split("## What it recommends to read\n")[1])
    assert links == [
        "https://www.terraform.io/docs",
        "https://aws.amazon.com/architecture/well-architected/",
        "https://12factor.net/",
        "https://www.oreilly.com/library/view/infrastructure-as-code/9781491924358/",
    ]
