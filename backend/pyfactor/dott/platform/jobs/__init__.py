"""Background work: a job is queued in the writer's transaction and runs as the member who queued it."""
