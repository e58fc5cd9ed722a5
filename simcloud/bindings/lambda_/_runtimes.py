"""The runtimes that Lambda has and had."""

from __future__ import annotations

# AWS: «Lambda runtimes», Lambda Developer Guide; the names are those of botocore 1.44.5, which of them can still be
# chosen is from memory of the page, not verified.
SUPPORTED = (
    "dotnet10", "dotnet8", "java11", "java11.al2023", "java17", "java17.al2023", "java21", "java25", "java8.al2",
    "java8.al2023", "nodejs20.x", "nodejs22.x", "nodejs24.x", "nodejs26.x", "provided.al2", "provided.al2023",
    "python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "python3.15", "ruby3.2", "ruby3.3",
    "ruby3.4", "ruby4.0",
)  # fmt: skip
ENDED = frozenset({
    "dotnet5.0", "dotnet6", "dotnet7", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "go1.x",
    "java8", "nodejs", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs4.3",
    "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "provided", "python2.7", "python3.6", "python3.7", "python3.8",
    "python3.9", "ruby2.5", "ruby2.7",
})  # fmt: skip
# AWS: «Improving startup performance with Lambda SnapStart»; from memory, not verified.
SNAP_STARTING = (
    "java11",
    "java17",
    "java21",
    "java25",
    "python3.12",
    "python3.13",
    "python3.14",
    "dotnet8",
    "dotnet10",
)


def complaint(runtime: str) -> str:
    """Why no function can be created with `runtime`; empty if one can."""
    if runtime in ENDED:
        return (
            f"The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda functions. "
            "We recommend you use a supported runtime while creating or updating functions."
        )
    if runtime not in SUPPORTED:
        return f"Value {runtime} at 'runtime' is not one of {', '.join(SUPPORTED)}."
    return ""
