"""What a canary does: one request, and a look at the answer."""

from __future__ import annotations

import pulumi

HANDLER = "index.handler"

# AWS: Node.js scripts lie in nodejs/node_modules; "Writing a Node.js canary script", read 2026-11.
_PATH = "nodejs/node_modules/index.js"

# What varies comes in through the environment, so that the script is always the same one.
_SCRIPT = """\
const synthetics = require('Synthetics');

const check = async (response) => new Promise((resolve, reject) => {
  const expected = Number(process.env.EXPECTED_STATUS);
  let body = '';
  response.on('data', (part) => { body += part; });
  response.on('error', reject);
  response.on('end', () => {
    if (response.statusCode !== expected) {
      reject(new Error(`${response.statusCode} instead of ${expected}`));
    } else if (!body.includes(process.env.EXPECTED_TEXT)) {
      reject(new Error(`the answer lacks ${process.env.EXPECTED_TEXT}`));
    } else {
      resolve();
    }
  });
});

exports.handler = async () => {
  const url = new URL(process.env.URL);
  const request = {
    hostname: url.hostname,
    method: 'GET',
    path: url.pathname + url.search,
    port: url.port || 443,
    protocol: url.protocol,
    headers: { 'User-Agent': synthetics.getCanaryUserAgentString() },
  };
  await synthetics.executeHttpStep('answer', request, check);
};
"""


def script_archive() -> pulumi.AssetArchive:
    """The script as Synthetics wants it packed."""
    return pulumi.AssetArchive({_PATH: pulumi.StringAsset(_SCRIPT)})
