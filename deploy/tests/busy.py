"""Time limits on a machine that has other work too."""

import os


def within(seconds: float) -> float:
    """The limit for a machine with nothing else to do, stretched by how many processes wait for each core."""
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * max(1.0, waiting)
