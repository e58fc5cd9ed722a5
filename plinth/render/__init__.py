"""The same report for different readers: people at a terminal, people reading a log, programs."""
