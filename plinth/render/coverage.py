"""What the simulated cloud has, as a table for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_OPERATIONS = ("create", "read", "update", "replace", "delete", "import_")


def coverage_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Type x operation, each cell saying what answers it; then the look-ups."""
    types = found["types"]
    width = max(len(_python_name(one["token"])) for one in types)
    yield "SIMULATED  coverage"
    yield ""
    yield "  ".join([f"{'type':<{width}}", *(f"{name.rstrip('_'):<10}" for name in _OPERATIONS)]).rstrip()
    for one in types:
        cells = [f"{one[name] or '-':<10}" for name in _OPERATIONS]
        yield "  ".join([f"{_python_name(one['token']):<{width}}", *cells]).rstrip()
    yield ""
    yield from _legend(types, found["look_ups"])


def _python_name(token: str) -> str:
    """`aws:ec2/subnet:Subnet` as a program writes it: `aws.ec2.Subnet`."""
    package, path, name = token.split(":")
    module = path.split("/")[0]
    return ".".join([package, *([] if module == "index" else [module]), name])


def _legend(types: list[Mapping[str, Any]], look_ups: list[str]) -> Iterator[str]:
    kept = Counter(one["create"] for one in types)
    yield f"{len(types)} types: " + ", ".join(f"{count} {name}" for name, count in kept.most_common())
    yield f"{len(look_ups)} look-ups: {', '.join(look_ups)}"
    yield ""
    yield "moto        the API of AWS, as boto3 sees it"
    yield "recorded    simcloud's own records with the same life cycle; in no HTTP API, because moto lacks the type"
    yield "cloudflare  simcloud's own Cloudflare, over HTTP as well"
    yield "-           no such operation: every change replaces the resource, or none does"
