"""The static frontend, beside the services and not through them."""

import pulumi

from components.site import Site, SiteArgs
from stacks.parts.edge import security_headers
from stacks.parts.firewall import waf_args
from stacks.parts.ground import Ground
from stacks.parts.names import site_names
from stacks.settings.root import Settings


def open_site(settings: Settings, ground: Ground, certificate_arn: pulumi.Input[str] | None) -> Site | None:
    """The site where one is described; it stands once for both regions, so not in the standby's stack."""
    wanted = settings.site
    if wanted is None or settings.standby or certificate_arn is None:
        return None
    args = SiteArgs(
        aliases=site_names(settings),
        certificate_arn=certificate_arn,
        waf=waf_args(settings),
        single_page=wanted.single_page,
        page_seconds=wanted.page_ttl_seconds,
        headers=security_headers(settings),
        access_log_bucket=ground.logs.name,
        log_bucket_domain=ground.logs.domain_name,
        price_class=settings.edge.price_class,
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Site(f"{settings.prefix}-site", args)
