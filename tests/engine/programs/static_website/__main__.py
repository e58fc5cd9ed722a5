# ruff: noqa: PTH112, PTH118, PTH123, PTH208
import json
import mimetypes
import os

import pulumi
import pulumi_aws as aws

# Read the configuration for this stack.
config = pulumi.Config()
path = config.require("path")
index_document = config.require("indexDocument")
error_document = config.require("errorDocument")
domain = config.require("domain")
ttl = config.get_int("ttl") or 600
www = f"www.{domain}"

stack = pulumi.get_stack()

# CloudFront wants its certificates in us-east-1, whatever region the rest is in.
us_east_1 = aws.Provider(
    "us-east-1",
    region="us-east-1",
    default_tags=aws.ProviderDefaultTagsArgs(tags={"Project": "acme-website", "ManagedBy": "pulumi"}),
)

# The bucket with the contents of the site. Nobody but CloudFront reads from it.
content_bucket = aws.s3.Bucket("content", bucket=f"{stack}-{domain}-content", force_destroy=True)

public_access_block = aws.s3.BucketPublicAccessBlock(
    "content",
    bucket=content_bucket.id,
    block_public_acls=True,
    block_public_policy=True,
    ignore_public_acls=True,
    restrict_public_buckets=True,
)

aws.s3.BucketVersioning(
    "content",
    bucket=content_bucket.id,
    versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
)

aws.s3.BucketServerSideEncryptionConfiguration(
    "content",
    bucket=content_bucket.id,
    rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
)


# Upload every file of the folder, and guess its content type from its name.
def crawl(folder):
    for name in sorted(os.listdir(folder)):
        filepath = os.path.join(folder, name)
        if os.path.isdir(filepath):
            yield from crawl(filepath)
        else:
            yield filepath


for filepath in crawl(path):
    key = os.path.relpath(filepath, path).replace(os.sep, "/")
    content_type, _ = mimetypes.guess_type(filepath)
    aws.s3.BucketObject(
        key,
        key=key,
        bucket=content_bucket.id,
        source=pulumi.FileAsset(filepath),
        content_type=content_type,
        cache_control="max-age=31536000" if key.endswith(".css") else "no-cache",
        opts=pulumi.ResourceOptions(depends_on=[public_access_block], parent=content_bucket),
    )

# The logs of CloudFront: it still writes them with ACLs.
logs_bucket = aws.s3.Bucket("logs", force_destroy=True)
logs_ownership = aws.s3.BucketOwnershipControls(
    "logs", bucket=logs_bucket.id, rule={"object_ownership": "BucketOwnerPreferred"}
)
logs_acl = aws.s3.BucketAcl(
    "logs",
    bucket=logs_bucket.id,
    acl="log-delivery-write",
    opts=pulumi.ResourceOptions(depends_on=[logs_ownership]),
)
aws.s3.BucketLifecycleConfiguration(
    "logs",
    bucket=logs_bucket.id,
    rules=[
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="expire",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix="cdn/"),
            expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=90),
        )
    ],
)

# The domain, and a certificate that proves itself by DNS.
zone = aws.route53.Zone("zone", name=domain, comment="Managed by Pulumi", force_destroy=True)

certificate = aws.acm.Certificate(
    "certificate",
    domain_name=domain,
    subject_alternative_names=[www],
    validation_method="DNS",
    opts=pulumi.ResourceOptions(provider=us_east_1),
)

validation_records = [
    aws.route53.Record(
        f"validation-{number}",
        zone_id=zone.zone_id,
        name=certificate.domain_validation_options[number].resource_record_name,
        type=certificate.domain_validation_options[number].resource_record_type,
        records=[certificate.domain_validation_options[number].resource_record_value],
        ttl=60,
        allow_overwrite=True,
    )
    for number in range(2)
]

validation = aws.acm.CertificateValidation(
    "certificate",
    certificate_arn=certificate.arn,
    validation_record_fqdns=[record.fqdn for record in validation_records],
    opts=pulumi.ResourceOptions(provider=us_east_1),
)

# The edge: rewrites of directory URLs, security headers, the distribution itself.
with open(os.path.join("functions", "index-rewrite.js")) as file:
    rewrite = aws.cloudfront.Function(
        "rewrite", runtime="cloudfront-js-2.0", comment="about/ is about/index.html", code=file.read()
    )

redirect = aws.cloudfront.Function(
    "redirect",
    runtime="cloudfront-js-2.0",
    publish=True,
    code=f"""function handler(event) {{
    return {{
        statusCode: 301,
        statusDescription: 'Moved Permanently',
        headers: {{ location: {{ value: 'https://{domain}' + event.request.uri }} }},
    }};
}}
""",
)

headers_policy = aws.cloudfront.ResponseHeadersPolicy(
    "security-headers",
    comment="Security headers for the site",
    security_headers_config={
        "content_type_options": {"override": True},
        "frame_options": {"frame_option": "DENY", "override": True},
        "referrer_policy": {"referrer_policy": "same-origin", "override": True},
        "strict_transport_security": {
            "access_control_max_age_sec": 63072000,
            "include_subdomains": True,
            "preload": True,
            "override": True,
        },
        "content_security_policy": {"content_security_policy": "default-src 'self'", "override": True},
    },
    custom_headers_config={"items": [{"header": "X-Powered-By", "value": "pets", "override": False}]},
)

origin_access_control = aws.cloudfront.OriginAccessControl(
    "content",
    description="CloudFront reads the content bucket",
    origin_access_control_origin_type="s3",
    signing_behavior="always",
    signing_protocol="sigv4",
)


def make_distribution(name, alias, function):
    return aws.cloudfront.Distribution(
        name,
        enabled=True,
        is_ipv6_enabled=True,
        http_version="http2and3",
        aliases=[alias],
        comment=alias,
        default_root_object=index_document,
        price_class="PriceClass_100",
        origins=[
            aws.cloudfront.DistributionOriginArgs(
                origin_id=content_bucket.arn,
                domain_name=content_bucket.bucket_regional_domain_name,
                origin_access_control_id=origin_access_control.id,
            )
        ],
        default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
            target_origin_id=content_bucket.arn,
            viewer_protocol_policy="redirect-to-https",
            allowed_methods=["GET", "HEAD", "OPTIONS"],
            cached_methods=["GET", "HEAD", "OPTIONS"],
            compress=True,
            forwarded_values=aws.cloudfront.DistributionDefaultCacheBehaviorForwardedValuesArgs(
                query_string=False,
                cookies=aws.cloudfront.DistributionDefaultCacheBehaviorForwardedValuesCookiesArgs(
                    forward="none"
                ),
            ),
            min_ttl=0,
            default_ttl=ttl,
            max_ttl=ttl,
            response_headers_policy_id=headers_policy.id,
            function_associations=[{"event_type": "viewer-request", "function_arn": function.arn}],
        ),
        custom_error_responses=[
            {"error_code": code, "response_code": 404, "response_page_path": f"/{error_document}"}
            for code in (403, 404)
        ],
        restrictions={"geo_restriction": {"restriction_type": "none"}},
        viewer_certificate={
            "acm_certificate_arn": validation.certificate_arn,
            "ssl_support_method": "sni-only",
            "minimum_protocol_version": "TLSv1.2_2021",
        },
        logging_config={
            "bucket": logs_bucket.bucket_domain_name,
            "include_cookies": False,
            "prefix": f"cdn/{alias}/",
        },
        opts=pulumi.ResourceOptions(depends_on=[logs_acl]),
    )


cdn = make_distribution("cdn", domain, rewrite)
www_cdn = make_distribution("www-cdn", www, redirect)

# CloudFront, and only these two distributions, may read the content.
content_policy = pulumi.Output.all(content_bucket.arn, cdn.arn, www_cdn.arn).apply(
    lambda args: json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "AllowCloudFront",
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudfront.amazonaws.com"},
                    "Action": "s3:GetObject",
                    "Resource": f"{args[0]}/*",
                    "Condition": {"StringEquals": {"AWS:SourceArn": [args[1], args[2]]}},
                }
            ],
        }
    )
)
aws.s3.BucketPolicy(
    "content",
    bucket=content_bucket.id,
    policy=content_policy,
    opts=pulumi.ResourceOptions(depends_on=[public_access_block]),
)

for alias, distribution in {domain: cdn, www: www_cdn}.items():
    for record_type in ("A", "AAAA"):
        aws.route53.Record(
            f"{alias}-{record_type}",
            zone_id=zone.zone_id,
            name=alias,
            type=record_type,
            aliases=[
                aws.route53.RecordAliasArgs(
                    name=distribution.domain_name,
                    zone_id=distribution.hosted_zone_id,
                    evaluate_target_health=False,
                )
            ],
        )

pulumi.export("content_bucket", content_bucket.bucket)
pulumi.export("zone_id", zone.zone_id)
pulumi.export("name_servers", zone.name_servers)
pulumi.export("cdn_id", cdn.id)
pulumi.export("cdn_hostname", cdn.domain_name)
pulumi.export("url", f"https://{domain}/")
