"""What the edge refuses because of what else there is, over the provider and over HTTP alike."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import CERTIFICATE, VALIDATION, World

ACL, LOGGING = "aws:wafv2/webAcl:WebAcl", "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
LOG_GROUP, IP_SET = "aws:cloudwatch/logGroup:LogGroup", "aws:wafv2/ipSet:IpSet"
DISTRIBUTION, CONTROL = (
    "aws:cloudfront/distribution:Distribution",
    "aws:cloudfront/originAccessControl:OriginAccessControl",
)
FUNCTION, HEADERS = (
    "aws:cloudfront/function:Function",
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
)
ZONE, RECORD = "aws:route53/zone:Zone", "aws:route53/record:Record"
BUCKET, OWNERSHIP = "aws:s3/bucket:Bucket", "aws:s3/bucketOwnershipControls:BucketOwnershipControls"

CODE = "function handler(event) { return event.request; }"
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "edge", "sampledRequestsEnabled": True}
ORIGIN = {
    "originId": "app",
    "domainName": "origin.example.com",
    "customOriginConfig": {
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
        "httpPort": 80,
        "httpsPort": 443,
    },
}
BEHAVIOUR = {
    "targetOriginId": "app",
    "viewerProtocolPolicy": "redirect-to-https",
    "allowedMethods": ["GET", "HEAD"],
    "cachedMethods": ["GET", "HEAD"],
    "cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
}


@pytest.fixture
def world() -> World:
    return World()


def distribution(world: World, behaviour: dict[str, Any] | None = None, **props: Any) -> Resource:
    given = {
        "enabled": True,
        "origins": [ORIGIN],
        "defaultCacheBehavior": {**BEHAVIOUR, **(behaviour or {})},
        "restrictions": {"geoRestriction": {"restrictionType": "none"}},
        "viewerCertificate": {"cloudfrontDefaultCertificate": True},
        **props,
    }
    return world.make(DISTRIBUTION, **given)


def certificate(world: World, *names: str, validated: bool = True) -> str:
    """A certificate in us-east-1 for `names`, which lie in example.com."""
    zone = world.make(ZONE, name="example.com")
    made = world.make(
        CERTIFICATE, domainName=names[0], subjectAlternativeNames=list(names[1:]), validationMethod="DNS"
    )
    if validated:
        for option in made.outputs["domainValidationOptions"]:
            world.make(
                RECORD,
                zoneId=zone.identity,
                name=option["resourceRecordName"],
                type=option["resourceRecordType"],
                records=[option["resourceRecordValue"]],
                ttl=60,
                allowOverwrite=True,
            )
        world.make(VALIDATION, certificateArn=made.outputs["arn"])
    return str(made.outputs["arn"])


def own(arn: str) -> dict[str, str]:
    return {
        "acmCertificateArn": arn,
        "sslSupportMethod": "sni-only",
        "minimumProtocolVersion": "TLSv1.2_2021",
    }


def refusals(world: World, token: str, props: dict[str, Any]) -> list[tuple[str, str]]:
    checked = world.provider.check(f"urn:pulumi:test::plinth::{token}::it", token, {}, props)
    return [(failure.code, failure.path) for failure in checked.failures]


def test_a_name_belongs_to_one_distribution(world: World) -> None:
    arn = certificate(world, "example.com", "*.example.com")
    distribution(world, aliases=["www.example.com"], viewerCertificate=own(arn))
    with pytest.raises(Refusal) as refused:
        distribution(world, aliases=["www.example.com"], viewerCertificate=own(arn))
    assert refused.value.code == "CNAMEAlreadyExists"
    assert len(world.ctx.client("cloudfront").list_distributions()["DistributionList"]["Items"]) == 1


@pytest.mark.parametrize(
    ("alias", "validated", "refused"),
    [
        ("a.example.com", True, []),
        ("a.b.example.com", True, [("InvalidViewerCertificate", "aliases[0]")]),
        (
            "a.example.com",
            False,
            [("InvalidViewerCertificate", "viewerCertificate.acmCertificateArn")],
        ),
    ],
)
def test_the_certificate_covers_the_names(
    world: World, alias: str, validated: bool, refused: list[tuple[str, str]]
) -> None:
    arn = certificate(world, "example.com", "*.example.com", validated=validated)
    props = {
        "enabled": True,
        "origins": [ORIGIN],
        "defaultCacheBehavior": BEHAVIOUR,
        "restrictions": {"geoRestriction": {"restrictionType": "none"}},
        "viewerCertificate": own(arn),
        "aliases": [alias],
    }
    assert refusals(world, DISTRIBUTION, props) == refused


def test_a_firewall_before_a_distribution_stays(world: World) -> None:
    acl = world.make(ACL, scope="CLOUDFRONT", defaultAction={"allow": {}}, visibilityConfig=SEEN)
    edge = distribution(world, webAclId=acl.outputs["arn"])
    with pytest.raises(Refusal) as refused:
        world.remove(ACL, acl)
    assert refused.value.code == "WAFAssociatedItemException"
    world.remove(DISTRIBUTION, edge)
    world.remove(ACL, acl)
    assert world.ctx.client("wafv2").list_web_acls(Scope="CLOUDFRONT")["WebACLs"] == []


def test_the_log_goes_with_the_firewall(world: World) -> None:
    acl = world.make(ACL, scope="REGIONAL", defaultAction={"allow": {}}, visibilityConfig=SEEN)
    group = world.make(LOG_GROUP, name="aws-waf-logs-edge")
    world.make(LOGGING, resourceArn=acl.outputs["arn"], logDestinationConfigs=[group.outputs["arn"]])
    world.remove(ACL, acl)
    listed = world.ctx.client("wafv2").list_logging_configurations(Scope="REGIONAL")
    assert listed["LoggingConfigurations"] == []


def test_rules_find_their_address_set(world: World) -> None:
    addresses = world.make(IP_SET, scope="REGIONAL", ipAddressVersion="IPV4", addresses=["192.0.2.0/24"])
    rule = {
        "name": "offices",
        "priority": 1,
        "action": {"allow": {}},
        "statement": {"ipSetReferenceStatement": {"arn": addresses.outputs["arn"]}},
        "visibilityConfig": SEEN,
    }
    acl = world.make(ACL, scope="REGIONAL", defaultAction={"block": {}}, visibilityConfig=SEEN, rules=[rule])
    assert (acl.outputs["capacity"], acl.outputs["rules"]) == (1, [rule])
    urn = f"urn:pulumi:test::plinth::{ACL}::it"
    found = world.provider.read(urn, ACL, f"{acl.identity}/{acl.outputs['name']}/REGIONAL", {}, {})
    assert found is not None
    assert found.identity == acl.identity


def test_too_many_rules_exceed_the_capacity(world: World) -> None:
    rules = [
        {
            "Name": f"r{number}",
            "Priority": number,
            "OverrideAction": {"None": {}},
            "Statement": {
                "ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}
            },
            "VisibilityConfig": {
                "SampledRequestsEnabled": True,
                "CloudWatchMetricsEnabled": True,
                "MetricName": "m",
            },
        }
        for number in range(8)
    ]
    waf = world.ctx.client("wafv2")
    assert waf.check_capacity(Scope="REGIONAL", Rules=rules[:2])["Capacity"] == 1_400
    with pytest.raises(ClientError) as refused:
        waf.check_capacity(Scope="REGIONAL", Rules=rules)
    assert refused.value.response["Error"]["Code"] == "WAFLimitsExceededException"


def test_policies_functions_and_access_controls_in_use_stay(world: World) -> None:
    headers = world.make(HEADERS, securityHeadersConfig={"contentTypeOptions": {"override": True}})
    function = world.make(FUNCTION, runtime="cloudfront-js-2.0", code=CODE)
    control = world.make(
        CONTROL, originAccessControlOriginType="s3", signingBehavior="always", signingProtocol="sigv4"
    )
    site = {
        "originId": "app",
        "domainName": "site.s3.us-east-1.amazonaws.com",
        "originAccessControlId": control.identity,
    }
    behaviour = {
        "responseHeadersPolicyId": headers.identity,
        "functionAssociations": [{"eventType": "viewer-request", "functionArn": function.outputs["arn"]}],
    }
    edge = distribution(world, behaviour, origins=[site])
    for token, resource, code in (
        (HEADERS, headers, "ResponseHeadersPolicyInUse"),
        (FUNCTION, function, "FunctionInUse"),
        (CONTROL, control, "OriginAccessControlInUse"),
    ):
        with pytest.raises(Refusal) as refused:
            world.remove(token, resource)
        assert refused.value.code == code
    world.remove(DISTRIBUTION, edge)
    for token, resource in ((HEADERS, headers), (FUNCTION, function), (CONTROL, control)):
        world.remove(token, resource)


def test_policies_have_names_of_their_own(world: World) -> None:
    given = {"securityHeadersConfig": {"contentTypeOptions": {"override": True}}}
    world.make(HEADERS, name="mine", **given)
    for name in ("mine", "Managed-SecurityHeadersPolicy"):
        with pytest.raises(Refusal) as refused:
            world.make(HEADERS, name=name, **given)
        assert refused.value.code == "ResponseHeadersPolicyAlreadyExists"


def test_whoever_comes_late_reads_again(world: World) -> None:
    edge = distribution(world)
    cloudfront = world.ctx.client("cloudfront")
    known = cloudfront.get_distribution_config(Id=edge.identity)
    config = {**known["DistributionConfig"], "Comment": "by hand"}
    cloudfront.update_distribution(Id=edge.identity, IfMatch=known["ETag"], DistributionConfig=config)
    with pytest.raises(ClientError) as refused:
        cloudfront.update_distribution(Id=edge.identity, IfMatch=known["ETag"], DistributionConfig=config)
    assert refused.value.response["Error"]["Code"] == "PreconditionFailed"
    urn = f"urn:pulumi:test::plinth::{DISTRIBUTION}::it"
    found = world.provider.read(urn, DISTRIBUTION, edge.identity, edge.inputs, edge.outputs)
    assert found is not None
    assert found.outputs["comment"] == "by hand"
    assert found.outputs["etag"] != edge.outputs["etag"]


def test_an_enabled_distribution_stays_unless_the_provider_disables_it(world: World) -> None:
    edge, kept = distribution(world), distribution(world, retainOnDelete=True)
    cloudfront = world.ctx.client("cloudfront")
    with pytest.raises(ClientError) as refused:
        cloudfront.delete_distribution(Id=edge.identity, IfMatch=edge.outputs["etag"])
    assert refused.value.response["Error"]["Code"] == "DistributionNotDisabled"
    world.remove(DISTRIBUTION, edge)
    world.remove(DISTRIBUTION, kept)
    [left] = cloudfront.list_distributions()["DistributionList"]["Items"]
    assert (left["Id"], left["Enabled"]) == (kept.identity, False)


def test_the_log_bucket_takes_acls(world: World) -> None:
    world.make(BUCKET, bucket="edge-logs")
    logging = {"loggingConfig": {"bucket": "edge-logs.s3.amazonaws.com"}}
    edge = {
        "enabled": True,
        "origins": [ORIGIN],
        "defaultCacheBehavior": BEHAVIOUR,
        "restrictions": {"geoRestriction": {"restrictionType": "none"}},
        "viewerCertificate": {"cloudfrontDefaultCertificate": True},
        **logging,
    }
    assert refusals(world, DISTRIBUTION, edge) == [("InvalidArgument", "loggingConfig.bucket")]
    world.make(OWNERSHIP, bucket="edge-logs", rule={"objectOwnership": "BucketOwnerPreferred"})
    assert refusals(world, DISTRIBUTION, edge) == []
    made = distribution(world, **logging)
    assert made.outputs["loggingV1Enabled"] is True


def test_a_function_is_live_only_when_published(world: World) -> None:
    draft = world.make(FUNCTION, runtime="cloudfront-js-2.0", code=CODE, publish=False)
    assert (draft.outputs["status"], draft.outputs["liveStageEtag"]) == ("UNPUBLISHED", "")
    cloudfront = world.ctx.client("cloudfront")
    with pytest.raises(ClientError) as refused:
        cloudfront.get_function(Name=draft.identity, Stage="LIVE")
    assert refused.value.response["Error"]["Code"] == "NoSuchFunctionExists"
    tag = cloudfront.describe_function(Name=draft.identity)["ETag"]
    cloudfront.publish_function(Name=draft.identity, IfMatch=tag)
    assert cloudfront.get_function(Name=draft.identity, Stage="LIVE")["FunctionCode"].read() == CODE.encode()
