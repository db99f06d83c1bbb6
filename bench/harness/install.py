"""The peers' environments, from their lock files: one for Python, one per Node project."""

import os
import sys
from pathlib import Path

from launcher import stamps, web_env
from launcher.stack import Stack

from harness.contenders import PEERS

NODE_PROJECTS = ("fastify_pg", "express_prisma")


def python(stack: Stack) -> Path:
    """The interpreter of the peers' environment, made when missing or out of date."""
    folder = stack.paths.state / "peers"
    found, lock = folder / "bin" / "python", PEERS / "requirements.lock"
    wanted = stamps.fingerprint(lock.read_text(), sys.version)
    if not stamps.is_fresh(folder / "stamp", wanted):
        log = stack.paths.logs / "bench-install.log"
        uv = stack.paths.venv / "bin" / "uv"
        install = [str(uv), "pip", "install", "--python", str(found)]
        if not uv.exists():
            install = [str(found), "-m", "pip", "install"]
        with stack.console.step("Peers' Python packages"):
            make = [sys.executable, "-m", "venv", "--clear", str(folder)]
            stack.supervisor.check(make, cwd=PEERS, log=log)
            argv = [*install, "--require-hashes", "--no-deps", "-r", str(lock)]
            stack.supervisor.check(argv, cwd=PEERS, log=log, env=dict(os.environ))
        stamps.write(folder / "stamp", wanted)
    return found


def node(stack: Stack) -> None:
    """Packages of the Node peers, and Prisma's client."""
    pnpm = web_env.Web(stack.paths, stack.supervisor).pnpm
    for name in NODE_PROJECTS:
        folder = PEERS / name
        files = [folder / "pnpm-lock.yaml", folder / "package.json", *folder.glob("*.prisma")]
        stamp, wanted = folder / "node_modules" / ".stamp", stamps.of_files(folder, files)
        if stamps.is_fresh(stamp, wanted):
            continue
        with stack.console.step(f"Packages of {name}"):
            # Generating needs no schema engine, but looks for one.
            env = web_env.environment({"CI": "1", "PRISMA_SCHEMA_ENGINE_BINARY": "/bin/true"})
            log = stack.paths.logs / "bench-install.log"
            stack.supervisor.check([pnpm(), "install", "--frozen-lockfile"], cwd=folder, log=log, env=env)
            if (folder / "schema.prisma").exists():
                stack.supervisor.check([pnpm(), "run", "generate"], cwd=folder, log=log, env=env)
        stamps.write(stamp, wanted)
