"""Which CPU and memory pairs Fargate sells."""

from __future__ import annotations

from dataclasses import dataclass

from components.errors import ComponentError

# AWS: RuntimePlatform, cpuArchitecture, ECS API reference (botocore 1.44.5), read 2026-11
_ARCHITECTURES = ("X86_64", "ARM64")


@dataclass(frozen=True, order=True)
class Size:
    """CPU units (1024 = one vCPU) and MiB of memory."""

    cpu: int
    memory: int

    def __str__(self) -> str:
        return f"cpu {self.cpu} with memory {self.memory}"


# AWS: "Amazon ECS task definition parameters for Fargate", table of task CPU and memory; read through a
# reprint of the table (elasticscale.com, Fargate CPU and memory combinations), 2026-11.
_MEMORY_BY_CPU: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
}

LEGAL_SIZES: tuple[Size, ...] = tuple(
    Size(cpu, memory) for cpu, memories in _MEMORY_BY_CPU.items() for memory in memories
)


def check(where: str, cpu: int, memory: int) -> Size:
    """The size, if Fargate sells it; otherwise a ComponentError that names the nearest one."""
    size = Size(cpu, memory)
    if size in LEGAL_SIZES:
        return size
    raise ComponentError(
        where,
        f"Fargate does not sell {size} MiB",
        expected=_expected(cpu),
        fix=f"use {nearest(cpu, memory)}",
    )


def nearest(cpu: int, memory: int) -> Size:
    """The smallest legal size that holds both; the largest one when nothing does."""
    holding = [size for size in LEGAL_SIZES if size.cpu >= cpu and size.memory >= memory]
    return min(holding, default=LEGAL_SIZES[-1])


def _expected(cpu: int) -> str:
    memories = _MEMORY_BY_CPU.get(cpu)
    if memories is None:
        return f"cpu to be one of {', '.join(str(known) for known in _MEMORY_BY_CPU)}"
    step = memories[-1] - memories[-2]
    if len(memories) <= 4:
        return f"memory for cpu {cpu} to be one of {', '.join(str(memory) for memory in memories)}"
    return f"memory for cpu {cpu} to be {memories[0]} to {memories[-1]} in steps of {step}"


def check_architecture(where: str, architecture: str) -> None:
    """Refuses a processor that Fargate does not have."""
    if architecture not in _ARCHITECTURES:
        raise ComponentError(
            where,
            f"tasks for the processor {architecture}",
            expected=f"{' or '.join(_ARCHITECTURES)}",
            fix="correct `cpu_architecture`; images must be built for it",
        )
