"""Identifiers that are the same in every process, whoever asks first."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from moto.moto_api._internal import mock_random


@contextmanager
def own_ids(of: str) -> Iterator[None]:
    """Inside, identifiers are drawn from a seed that `of` gives; the generators are left as they were.

    For what is made when it is first looked at: a look is not in the journal, and must not change what others are
    called.
    """
    states = random.getstate(), mock_random.getstate()
    seed = zlib.crc32(of.encode())
    random.seed(seed)
    mock_random.seed(seed)
    try:
        yield
    finally:
        random.setstate(states[0])
        mock_random.setstate(states[1])
