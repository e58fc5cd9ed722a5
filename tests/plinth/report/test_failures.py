from plinth.report.event import Event
from plinth.report.failures import failures


def diagnostic(text: str) -> Event:
    return Event(kind="diagnosticEvent", body={"severity": "error", "message": text}, at=0)


def test_what_was_cancelled_because_of_another_failure_is_not_told() -> None:
    told = failures(
        [
            diagnostic("error: failed to run remediation: context canceled"),
            diagnostic("error: creating aws:s3/bucket:Bucket: BucketAlreadyExists: taken"),
            diagnostic("error: update failed"),
        ]
    )
    assert [failure.text for failure in told] == ["creating aws:s3/bucket:Bucket: BucketAlreadyExists: taken"]
