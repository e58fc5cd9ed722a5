"""What an engine run did or would do, as plain frozen data built from the engine's events."""
