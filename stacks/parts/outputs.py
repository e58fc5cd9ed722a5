"""What a stack tells when it stands: addresses and names, never a secret value."""

from collections.abc import Mapping

import pulumi

from components.observability import Observability
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.settings.root import Settings


def outputs(
    settings: Settings,
    ground: Ground,
    entrance: Entrance,
    data: Data,
    application: Application,
    dashboard: Observability,
) -> Mapping[str, pulumi.Output[object]]:
    """Everything that a person or the next program asks for after `up`."""
    told: dict[str, object] = {
        "url": f"https://{settings.domain.zone_name}",
        "cdn_domain": entrance.edge.domain_name,
        "distribution_id": entrance.edge.distribution_id,
        "load_balancer_dns": entrance.gateway.dns_name,
        "name_servers": entrance.dns.name_servers,
        "vpc_id": ground.network.vpc_id,
        "nat_addresses": ground.network.nat_public_ips,
        "upload_bucket": ground.uploads.name,
        "cluster_name": application.cluster.name,
        "image_registries": {name: registry.url for name, registry in application.registries.items()},
        "service_names": {name: service.name for name, service in application.services.items()},
        "log_groups": {name: service.log_group_name for name, service in application.services.items()},
        "secret_names": dict(ground.secrets.names),
        "dashboard_name": dashboard.dashboard_name,
        **_of_data(data),
    }
    return {name: pulumi.Output.from_input(value) for name, value in told.items()}


def _of_data(data: Data) -> dict[str, object]:
    told: dict[str, object] = {}
    if data.database is not None:
        told |= {
            "database_endpoint": data.database.endpoint,
            "database_reader_endpoints": list(data.database.reader_endpoints),
            "database_secret_arn": data.database.secret.arn,
        }
    if data.cache is not None:
        told |= {
            "cache_endpoint": data.cache.primary_endpoint,
            "cache_reader_endpoint": data.cache.reader_endpoint,
            "cache_secret_arn": data.cache.secret.arn,
        }
    return told
