"""What component tests run against."""

import pytest

from tests.components.recording import Cloud


@pytest.fixture
def cloud() -> Cloud:
    """A fresh AWS account."""
    return Cloud()
