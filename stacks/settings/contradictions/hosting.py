"""Where the products' documents would also run, and Plinth does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stacks.settings.problem import Problem
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Elsewhere:
    """A place by its own name, what it would do, and what does that here."""

    name: str
    offers: str
    instead: str


_CLUSTER = "containers, databases and files of another cloud"
_FARGATE = "services (containers on AWS Fargate), database (RDS), cache (ElastiCache) and storage (Amazon S3)"
_PAGES = "pages rendered at the edge"
_FRONTEND = (
    "a service for pages rendered on a server, or site for pages that are files, both behind CloudFront"
)
_PLATFORM = "containers with a database"

NOT_PROVISIONED: Mapping[str, Elsewhere] = {
    "gcp": Elsewhere("Google Cloud", _CLUSTER, _FARGATE),
    "azure": Elsewhere("Microsoft Azure", _CLUSTER, _FARGATE),
    "digitalocean": Elsewhere("DigitalOcean", _CLUSTER, _FARGATE),
    "vercel": Elsewhere("Vercel", _PAGES, _FRONTEND),
    "netlify": Elsewhere("Netlify", _PAGES, _FRONTEND),
    "railway": Elsewhere("Railway", _PLATFORM, _FARGATE),
    "render": Elsewhere("Render", _PLATFORM, _FARGATE),
}


def hosting(settings: Settings) -> Iterator[Problem]:
    """A place that Plinth does not provision, by name."""
    provider = settings.hosting.provider
    if provider == "aws":
        return
    known = NOT_PROVISIONED.get(provider)
    yield Problem(
        path="hosting.provider",
        problem=f"Plinth does not provision {known.name} ({known.offers})"
        if known
        else f'there is no provider "{provider}"',
        expected="aws",
        fix=f"describe it with {known.instead}, and remove hosting.provider"
        if known
        else "remove hosting.provider",
        involves=("hosting.provider",),
    )
