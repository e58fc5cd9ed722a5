"""The time in the simulated cloud: the wall's, and ahead of it by all the waiting that nobody had to do.

What takes time in AWS (a database is created, a distribution is deployed) is in its passing state until its moment has
come. Who waits for it, as the provider does, does not sleep: the clock leaps to that moment.
"""

from __future__ import annotations

import time
from typing import Any


class Clock:
    """Seconds since the epoch, never going back."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._begun = 0.0
        self._seen = 0.0

    def now(self) -> float:
        """The moment in the cloud."""
        return time.time() + self._ahead

    def begin(self, seconds: float) -> float:
        """Something starts that takes `seconds`; the moment at which it will be done."""
        done = time.time() + seconds  # within a request, the time stands at the request's moment
        self._begun = max(self._begun, done)
        return done

    def is_past(self, moment: float) -> bool:
        """Whether `moment` has come; who asks in vain is taken to be waiting for it."""
        if time.time() >= moment:
            return True
        self._seen = max(self._seen, moment)
        return False

    def leap(self) -> None:
        """Let the time pass that everything needs which has begun."""
        self._reach(max(self._begun, self._seen))

    def leap_to_seen(self) -> None:
        """Let the time pass that is needed by what somebody looked at."""
        self._reach(self._seen)

    def reach(self, moment: float) -> None:
        """It is not earlier than `moment`."""
        self._reach(moment)

    def _reach(self, moment: float) -> None:
        self._ahead = max(self._ahead, moment - time.time())


clock = Clock()
"""One for the process, as moto's state is."""


class Passing:
    """An attribute that says `word` for the first `seconds` of its object's life, and then `done`.

    Setting it to anything but these two ends the passing state at once: a thing that is being deleted says so.
    """

    def __init__(self, name: str, word: str, done: str, seconds: float) -> None:
        self._key, self._word, self._done, self._seconds = f"_passing_{name}", word, done, seconds

    def __get__(self, thing: Any, owner: type) -> Any:
        if thing is None:
            return self
        value, moment = thing.__dict__[self._key]
        return value if clock.is_past(moment) else self._word

    def __set__(self, thing: Any, value: Any) -> None:
        if value not in (self._word, self._done):
            thing.__dict__[self._key] = value, 0.0
            return
        _, moment = thing.__dict__.get(self._key) or (value, clock.begin(self._seconds))
        thing.__dict__[self._key] = self._done, moment
