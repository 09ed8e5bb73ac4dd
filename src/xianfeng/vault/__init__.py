"""Personal values: kept apart from the log, under keys of their own, and erasable."""
