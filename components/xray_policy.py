"""What X-Ray asks of whoever hands in traces."""

# AWS: the actions of the managed policy AWSXRayDaemonWriteAccess; none of them knows a resource. Per reference notes.
HAND_IN_TRACES = (
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
)
