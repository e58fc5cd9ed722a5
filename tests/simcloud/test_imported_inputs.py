"""What an import found and the program does not say is no change, where the cloud computes it anyway."""

from simcloud import answers
from simcloud.answers import given
from simcloud.checking import DEFAULTED
from simcloud.diff import difference
from simcloud.schema import schema_of

KEY = schema_of("aws:kms/key:Key")
FOUND = {"description": "data", "multiRegion": False, "enableKeyRotation": True}


def test_what_the_cloud_computes_need_not_be_said() -> None:
    last = given(KEY, answers.imported(KEY, FOUND), {"description": "data"})
    assert difference(last, {"description": "data"}).changed == {"enableKeyRotation"}


def test_what_is_said_is_compared() -> None:
    said = {**FOUND, "multiRegion": True}
    assert difference(given(KEY, answers.imported(KEY, FOUND), said), said).changed == {"multiRegion"}


def test_what_a_program_gave_and_gives_no_more_is_a_change() -> None:
    last = given(KEY, {**FOUND, DEFAULTED: []}, {"description": "data", "enableKeyRotation": True})
    assert difference(last, {"description": "data", "enableKeyRotation": True}).changed == {"multiRegion"}
