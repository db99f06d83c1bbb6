"""What the measurements share: dataset, contenders, load, CPU accounting, tables."""
