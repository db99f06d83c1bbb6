"""Which customers may be one and the same: while one is typed, and in a report over the business."""
