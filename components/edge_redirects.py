"""Names that lead to another name, answered by CloudFront itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.edge_paths import Redirect

# AWS: CloudFront developer guide, "CloudFront Functions event structure": query strings come parsed, still encoded.
_CODE = """\
var names = %s;

function handler(event) {
  var request = event.request;
  var target = names[request.headers.host.value];
  if (!target) {
    return request;
  }
  var pairs = [];
  for (var key in request.querystring) {
    var entry = request.querystring[key];
    (entry.multiValue || [entry]).forEach(function (one) {
      pairs.push(one.value === '' ? key : key + '=' + one.value);
    });
  }
  var query = pairs.length ? '?' + pairs.join('&') : '';
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: { location: { value: 'https://' + target + request.uri + query } },
  };
}
"""


def redirect_code(redirects: Sequence[Redirect]) -> str:
    """The program that answers a viewer's request."""
    return _CODE % json.dumps({redirect.host: redirect.to_host for redirect in redirects}, sort_keys=True)


def redirect_function(
    parent: pulumi.Resource, name: str, redirects: Sequence[Redirect]
) -> aws.cloudfront.Function | None:
    """A function for every behaviour of a distribution; None where nothing is redirected."""
    if not redirects:
        return None
    return aws.cloudfront.Function(
        f"{name}-redirects",
        runtime="cloudfront-js-2.0",
        comment=f"Names of {name} that lead elsewhere",
        code=redirect_code(redirects),
        publish=True,
        opts=pulumi.ResourceOptions(parent=parent),
    )
