"""What databases take up roles for.

AWS: SupportedFeatureNames of DescribeDBEngineVersions; from memory, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Value

OF_INSTANCES = ("Lambda", "s3Export", "s3Import", "S3_INTEGRATION", "COMPREHEND", "SAGEMAKER", "BEDROCK")
OF_CLUSTERS = ("Lambda", "s3Export", "s3Import", "Comprehend", "SageMaker", "Bedrock")


def feature_problems(feature: Value, known: tuple[str, ...]) -> Iterator[Refusal]:
    """An unknown feature."""
    if isinstance(feature, str) and feature not in known:
        yield Refusal(
            "InvalidParameterValue",
            f"The feature name {feature} isn't supported for the engine version: {', '.join(known)}.",
            "featureName",
        )
