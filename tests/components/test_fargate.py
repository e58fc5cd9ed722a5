"""Fargate sizes: what AWS sells, and the nearest size for what it does not."""

import pytest

from components.errors import ComponentError
from components.fargate import LEGAL_SIZES, Size, check, nearest


@pytest.mark.parametrize(
    ("cpu", "memories"),
    [
        (256, [512, 1024, 2048]),
        (512, [1024, 2048, 3072, 4096]),
        (1024, [2048, 3072, 4096, 5120, 6144, 7168, 8192]),
        (8192, [16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344, 61440]),
        (
            16384,
            [32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880],
        ),
    ],
)
def test_the_memory_of_a_cpu(cpu: int, memories: list[int]) -> None:
    assert [size.memory for size in LEGAL_SIZES if size.cpu == cpu] == memories


def test_all_sizes() -> None:
    assert len(LEGAL_SIZES) == 3 + 4 + 7 + 13 + 23 + 12 + 12
    assert all(check("web", size.cpu, size.memory) == size for size in LEGAL_SIZES)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ((256, 4096), (512, 4096)),
        ((300, 512), (512, 1024)),
        ((1024, 2100), (1024, 3072)),
        ((8192, 17408), (8192, 20480)),
        ((16384, 999999), (16384, 122880)),
    ],
)
def test_the_nearest_size_holds_what_was_asked(asked: tuple[int, int], offered: tuple[int, int]) -> None:
    assert nearest(*asked) == Size(*offered)


@pytest.mark.parametrize(
    ("cpu", "memory", "sentence"),
    [
        (
            256,
            4096,
            "web: Fargate does not sell cpu 256 with memory 4096 MiB. "
            "Expected memory for cpu 256 to be one of 512, 1024, 2048. Fix: use cpu 512 with memory 4096.",
        ),
        (
            8192,
            17408,
            "web: Fargate does not sell cpu 8192 with memory 17408 MiB. "
            "Expected memory for cpu 8192 to be 16384 to 61440 in steps of 4096. "
            "Fix: use cpu 8192 with memory 20480.",
        ),
        (
            300,
            512,
            "web: Fargate does not sell cpu 300 with memory 512 MiB. "
            "Expected cpu to be one of 256, 512, 1024, 2048, 4096, 8192, 16384. "
            "Fix: use cpu 512 with memory 1024.",
        ),
    ],
)
def test_an_illegal_size_is_refused_with_the_nearest(cpu: int, memory: int, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        check("web", cpu, memory)
    assert str(refused.value) == sentence
