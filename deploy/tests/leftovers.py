"""What test runs that were cut off left in the engine."""

import re
from pathlib import Path

from engine.daemon import Docker


def forget_the_dead(docker: Docker) -> None:
    """Remove what runs that were cut off left in our engine; their names end in their process id."""
    for kind, listed in (("container", "ps --all"), ("network", "network ls"), ("volume", "volume ls")):
        template = '{{.Label "com.docker.compose.project"}} {{.%s}}' % (
            "Name" if kind != "container" else "ID"
        )
        for line in docker.run(*listed.split(), "--format", template).splitlines():
            project, _, name = line.strip().rpartition(" ")
            pid = re.fullmatch(r"dott-test-(\d+)(?:-\w+)?", project)
            if pid and not Path(f"/proc/{pid[1]}").exists():
                force = ["--force"] if kind != "network" else []
                docker.run(kind, "rm", *force, name)
