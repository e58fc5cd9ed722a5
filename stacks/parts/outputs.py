"""What a stack tells when it stands: addresses and names, never a secret value."""

from collections.abc import Mapping

import pulumi

from components.dns_cloudflare import CloudflareDns
from components.edge import Edge
from stacks.parts.application import Application
from stacks.parts.copies import copies
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.parts.names import main_name, service_urls
from stacks.settings.root import Settings


def outputs(
    settings: Settings,
    ground: Ground,
    entrance: Entrance,
    data: Data,
    application: Application,
    further: Mapping[str, object],
) -> Mapping[str, pulumi.Output[object]]:
    """Everything that a person or the next program asks for after `up`; `further` is what others tell of themselves."""
    told: dict[str, object] = {
        **_of_entrance(settings, entrance),
        "vpc_id": ground.network.vpc_id,
        "nat_addresses": ground.network.nat_public_ips,
        "upload_bucket": ground.uploads.name,
        **_of_ways_in(ground),
        "cluster_name": application.cluster.name,
        "image_registries": {name: registry.url for name, registry in application.registries.items()},
        "service_names": {name: service.name for name, service in application.services.items()},
        "log_groups": {name: service.log_group_name for name, service in application.services.items()},
        "secret_names": dict(ground.secrets.names),
        **_of_mail(application),
        **_of_data(data),
        **copies(settings, ground, data),
        **further,
    }
    return {name: pulumi.Output.from_input(value) for name, value in told.items()}


def _of_entrance(settings: Settings, entrance: Entrance) -> dict[str, object]:
    told: dict[str, object] = {
        "url": f"https://{main_name(settings)}",
        "service_urls": dict(service_urls(settings)),
        "load_balancer_dns": entrance.gateway.dns_name,
        "zone_id": entrance.dns.zone_id,
        "name_servers": entrance.dns.name_servers,
    }
    if isinstance(entrance.edge, Edge):
        told |= {"cdn_domain": entrance.edge.domain_name, "distribution_id": entrance.edge.distribution_id}
    if isinstance(entrance.dns, CloudflareDns) and entrance.dns.ds_record is not None:
        told["ds_record"] = entrance.dns.ds_record
    if (site := entrance.site) is not None:
        told |= {
            "site_bucket": site.bucket.name,
            "site_domain": site.domain_name,
            "site_distribution_id": site.distribution_id,
        }
    return told


def _of_mail(application: Application) -> dict[str, object]:
    return {} if application.mail is None else {"mail_from": application.mail.address}


def _of_ways_in(ground: Ground) -> dict[str, object]:
    told: dict[str, object] = {}
    if ground.bastion is not None:
        told["bastion_instance_id"] = ground.bastion.instance_id
        if ground.bastion.sessions_policy_arn is not None:
            told["bastion_policy_arn"] = ground.bastion.sessions_policy_arn
    if ground.secrets.read_policy_arn is not None:
        told["secret_read_policy_arn"] = ground.secrets.read_policy_arn
    return told


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
