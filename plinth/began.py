"""The moment this program began, as far as it can know: what is imported later counts as time it took."""

import time

BEGAN = time.monotonic()
