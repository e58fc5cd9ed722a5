"""What other resources name of CodeDeploy."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "codedeploy_application": Resolver(
        "ApplicationDoesNotExistException",
        "No application found for name: {value}",
        lambda ctx, value: ctx.client("codedeploy").get_application(applicationName=value),
    ),
    "codedeploy_config": Resolver(
        "DeploymentConfigDoesNotExistException",
        "No Deployment Configuration found for name: {value}",
        lambda ctx, value: ctx.client("codedeploy").get_deployment_config(deploymentConfigName=value),
    ),
}
