"""A shop behind Cloudflare: one zone, TLS only, a rate limit, and a load balancer over two origins."""

import pulumi
import pulumi_cloudflare as cloudflare

config = pulumi.Config()
account_id = config.get("accountId") or "023e105f4ecef8ad9ca31a8372d0c353"
domain = config.get("domain") or "shop.example.com"

zone = cloudflare.Zone("zone", account={"id": account_id}, name=domain, type="full")

for name, value in {
    "ssl": "strict",
    "min_tls_version": "1.2",
    "tls_1_3": "on",
    "always_use_https": "on",
    "security_header": {
        "strict_transport_security": {
            "enabled": True,
            "max_age": 31536000,
            "include_subdomains": True,
            "preload": True,
            "nosniff": True,
        }
    },
}.items():
    cloudflare.ZoneSetting(f"setting-{name}", zone_id=zone.id, setting_id=name, value=value)

www = cloudflare.DnsRecord(
    "www", zone_id=zone.id, name=f"www.{domain}", type="A", content="203.0.113.10", ttl=1, proxied=True
)
cloudflare.DnsRecord(
    "mail", zone_id=zone.id, name=domain, type="MX", content="mail.example.net", priority=10, ttl=3600
)

cloudflare.Ruleset(
    "limits",
    zone_id=zone.id,
    name="default",
    kind="zone",
    phase="http_ratelimit",
    rules=[
        cloudflare.RulesetRuleArgs(
            action="block",
            description="logins",
            expression='(http.request.uri.path eq "/login" and http.request.method eq "POST")',
            ratelimit=cloudflare.RulesetRuleRatelimitArgs(
                characteristics=["cf.colo.id", "ip.src"],
                period=60,
                requests_per_period=20,
                mitigation_timeout=600,
            ),
        )
    ],
)

monitor = cloudflare.LoadBalancerMonitor(
    "health",
    account_id=account_id,
    type="https",
    path="/health",
    expected_codes="200",
    interval=60,
    retries=2,
    timeout=5,
)
pool = cloudflare.LoadBalancerPool(
    "origins",
    account_id=account_id,
    name="shop-origins",
    monitor=monitor.id,
    origins=[
        {"name": "one", "address": "203.0.113.20", "weight": 0.5, "enabled": True},
        {"name": "two", "address": "203.0.113.21", "weight": 0.5, "enabled": True},
    ],
)
balancer = cloudflare.LoadBalancer(
    "balancer",
    zone_id=zone.id,
    name=f"app.{domain}",
    default_pools=[pool.id],
    fallback_pool=pool.id,
    proxied=True,
    steering_policy="random",
    session_affinity="cookie",
)

pulumi.export("name_servers", zone.name_servers)
pulumi.export("zone", zone.id)
pulumi.export("record", www.id)
pulumi.export("app", balancer.name)
