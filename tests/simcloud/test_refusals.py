"""Every wrong input in refusals/ is refused, with AWS's code, at the property at fault, as early as it says."""

from __future__ import annotations

import pytest

from simcloud import registry
from tests.simcloud.lifecycle_runner import load
from tests.simcloud.refusals_runner import HERE, Wrong, verdict, wrong_inputs

CASES = wrong_inputs()


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.name)
def test_it_is_refused(wrong: Wrong) -> None:
    given = verdict(wrong)
    said = {(refusal.code, refusal.path): str(refusal) for refusal in given.refusals}
    assert (wrong.code, wrong.at) in said
    assert given.moment == wrong.moment
    assert wrong.says in said[(wrong.code, wrong.at)]


def test_every_type_refuses_something() -> None:
    refusing = {load(HERE / "lifecycle" / case.path.parent.name / case.path.name).type for case in CASES}
    assert set(registry.tokens()) - refusing == set()
