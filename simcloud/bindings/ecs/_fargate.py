"""The CPU and memory that Fargate offers together."""

from __future__ import annotations

# AWS: «Task CPU and memory», ECS Developer Guide: CPU units -> MiB; per reference notes, not verified against AWS.
MEMORY_OF_CPU = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4097, 1024)),
    1024: tuple(range(2048, 8193, 1024)),
    2048: tuple(range(4096, 16385, 1024)),
    4096: tuple(range(8192, 30721, 1024)),
    8192: tuple(range(16384, 61441, 4096)),
    16384: tuple(range(32768, 122881, 8192)),
}


def complaint(cpu: int, memory: int) -> str:
    """What is wrong with the pair; empty if nothing."""
    if cpu not in MEMORY_OF_CPU:
        return f"No Fargate configuration exists for cpu {cpu}: it is one of {', '.join(map(str, MEMORY_OF_CPU))}."
    if memory not in MEMORY_OF_CPU[cpu]:
        allowed = ", ".join(map(str, MEMORY_OF_CPU[cpu]))
        return f"No Fargate configuration exists for cpu {cpu} and memory {memory}: memory is one of {allowed} MiB."
    return ""
