"""What other resources name of ECR."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "ecr_repository": Resolver(
        "RepositoryNotFoundException",
        "The repository with name '{value}' does not exist in the registry",
        lambda ctx, value: ctx.client("ecr").describe_repositories(repositoryNames=[value]),
    ),
}
