"""The engine: Docker from Debian testing, on a private socket, and how it is called."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine import debian, machine

SUITE = "forky"
PACKAGES = ("docker.io", "docker-cli", "docker-buildx", "docker-compose", "containerd")
READY_WITHIN_S = 30.0
STOP_WITHIN_S = 30.0
ANSWERS_WITHIN_S = 60.0
# What every container of compose.yaml needs from the kernel.
CONFINED = (
    "--read-only",
    "--cap-drop=ALL",
    "--memory=64m",
    "--pids-limit=20",
    "--security-opt=no-new-privileges",
)


class Docker:
    """A Docker to talk to: the machine's own, or ours.

    env: the environment in which `docker` finds it. build_flags: what `docker build` needs here.
    """

    def __init__(self, env: dict[str, str], *build_flags: str) -> None:
        self.env = env
        self.build_flags = build_flags

    def run(self, *argv: str, cwd: Path | str | None = None, timeout_s: float | None = None) -> str:
        """Output of a docker command. Raises CalledProcessError, which carries what it printed."""
        done = subprocess.run(
            ["docker", *argv], env=self.env, cwd=cwd, timeout=timeout_s, capture_output=True, text=True
        )
        if done.returncode != 0:
            error = subprocess.CalledProcessError(
                done.returncode, ["docker", *argv], done.stdout, done.stderr
            )
            error.add_note(f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
            raise error
        return done.stdout.strip()

    def build(self, context: Path | str, *argv: str) -> str:
        """`docker build` of a folder; returns what BuildKit told."""
        return self.run("build", "--progress=plain", *self.build_flags, *argv, str(context))

    def has_image(self, name: str) -> bool:
        return self.answers("image", "inspect", name)

    def answers(self, *argv: str) -> bool:
        """Whether a docker command succeeds, in good time: an engine may hang instead of refusing."""
        try:
            done = subprocess.run(
                ["docker", *argv], env=self.env, capture_output=True, timeout=ANSWERS_WITHIN_S
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def of_machine() -> Docker | None:
    """The Docker that is already at work on this machine, if there is one with BuildKit."""
    if os.environ.get("DOTT_IMAGES_ENGINE") == "own" or shutil.which("docker") is None:
        return None
    docker = Docker(dict(os.environ))
    return docker if docker.answers("info") and docker.answers("buildx", "version") else None


class Daemon:
    """Our own dockerd and its files below the cache folder.

    store: "overlay2", or "containerd", which can export images byte for byte reproducibly.
    purpose: an engine with another purpose has images and caches of its own.
    """

    def __init__(self, cache: Path, store: str = "overlay2", purpose: str = "") -> None:
        key = hashlib.sha256(" ".join((SUITE, *PACKAGES)).encode()).hexdigest()[:12]
        self.cache = cache
        self.programs = cache / f"docker-{SUITE}-{key}"
        self.store = store
        self.place = f"{store}-{purpose}" if purpose else store
        self.cgroup = f"dott-{self.place}"
        self.state = cache / f"run-{self.place}"
        self.pid_file = self.state / "docker.pid"
        self.log = self.state / "dockerd.log"

    @property
    def env(self) -> dict[str, str]:
        """The environment in which `docker` is ours and talks to us."""
        binaries = f"{self.programs}/usr/bin:{self.programs}/usr/sbin"
        return os.environ | {
            "PATH": f"{binaries}:{machine.path()}",
            "DOCKER_HOST": f"unix://{self.state}/docker.sock",
            "DOCKER_CONFIG": str(self.state / "client"),
            # Who asks again with this environment is not to take us for the machine's.
            "DOTT_IMAGES_ENGINE": "own",
        }

    @property
    def docker(self) -> Docker:
        # Without a bridge RUN steps have no network of their own.
        return Docker(self.env, "--network=host")

    def fetch(self) -> None:
        """Bring the programs, unless they are here already."""
        if self.programs.exists():
            return
        suite = debian.Suite(SUITE, self.cache / f"apt-{SUITE}")
        suite.update()
        partial = self.programs.with_suffix(f".tmp-{os.getpid()}")
        suite.unpack(PACKAGES, partial)
        partial.rename(self.programs)

    def pid(self) -> int | None:
        """The process id of the running daemon, or None."""
        try:
            pid = int(self.pid_file.read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        return pid if str(self.pid_file).encode() in command else None

    def start(self) -> bool:
        """Start unless it runs; returns whether it was started. Raises CannotRunError."""
        if self.pid() is not None:
            return False
        try:
            machine.require()
            self.fetch()
        except subprocess.CalledProcessError as error:
            raise machine.CannotRunError(
                f"the engine cannot be fetched: {error} {error.stderr or ''}"
            ) from error
        client = self.state / "client"
        client.mkdir(parents=True, exist_ok=True)
        plugins = {"cliPluginsExtraDirs": [f"{self.programs}/usr/libexec/docker/cli-plugins"]}
        (client / "config.json").write_text(json.dumps(plugins))
        # No bridge, no address translation, no forwarding: the machine's network stays as it is.
        argv = ["dockerd", "--bridge=none", "--iptables=false", "--ip6tables=false"]
        argv += ["--ip-forward=false", "--ip-masq=false"]
        argv += ["--data-root", f"{self.cache}/data-{self.place}", "--exec-root", f"{self.state}/exec"]
        argv += ["--pidfile", str(self.pid_file), "--host", self.env["DOCKER_HOST"]]
        argv += ["--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", self.cgroup]
        argv += ["--userland-proxy-path", f"{self.programs}/usr/sbin/docker-proxy"]
        # Named, so that it fails where there is none, instead of copying whole images for every layer.
        argv += (
            ["--feature", "containerd-snapshotter=true"]
            if self.store == "containerd"
            else ["--storage-driver=overlay2"]
        )
        with self.log.open("wb") as log:
            child = subprocess.Popen(
                argv, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + READY_WITHIN_S
        while not self.docker.answers("info"):
            if child.poll() is not None or time.monotonic() > deadline:
                child.terminate()
                end = self.log.read_text(errors="replace")[-1500:]
                raise machine.CannotRunError(f"dockerd did not start. The end of its log:\n{end}")
            time.sleep(0.1)
        return True

    def stop(self) -> None:
        """End our daemon and only that one, by the process id it wrote."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN_S
        while self.pid() is not None:
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"dockerd ({pid}) did not stop within {STOP_WITHIN_S:.0f} s; see {self.log}"
                )
            time.sleep(0.1)


def try_out(docker: Docker, image: str) -> None:
    """Raise CannotRunError unless confined containers run, and on a network of their own."""
    network = f"dott-try-{os.getpid()}"
    try:
        docker.run("run", "--rm", "--network=host", *CONFINED, image, "true", timeout_s=ANSWERS_WITHIN_S)
        docker.run("network", "create", "--internal", network, timeout_s=ANSWERS_WITHIN_S)
        try:
            docker.run(
                "run", "--rm", f"--network={network}", *CONFINED, image, "true", timeout_s=ANSWERS_WITHIN_S
            )
        finally:
            docker.run("network", "rm", network, timeout_s=ANSWERS_WITHIN_S)
    except subprocess.TimeoutExpired as error:
        raise machine.CannotRunError(f"a container does not end here: {error}") from error
    except subprocess.CalledProcessError as error:
        raise machine.CannotRunError(f"no container runs here: {error.stderr.strip()[-600:]}") from error


@contextmanager
def running(cache: Path, store: str = "overlay2") -> Iterator[Docker]:
    """A Docker for the time of the block: the machine's, one that runs already, or one started for it.

    Raises CannotRunError.
    """
    if store == "overlay2" and (docker := of_machine()) is not None:
        yield docker
        return
    daemon = Daemon(cache, store)
    is_ours = daemon.start()
    try:
        yield daemon.docker
    finally:
        if is_ours:
            daemon.stop()
