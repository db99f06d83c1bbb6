"""Where everything lives: the checkout, its state and its environments."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """root: the checkout. state: `.dott`, or DOTT_STATE_DIR when set."""

    root: Path
    state: Path

    @classmethod
    def find(cls) -> "Paths":
        root = Path(__file__).resolve().parent.parent
        chosen = os.environ.get("DOTT_STATE_DIR")
        return cls(root, Path(chosen).absolute() if chosen else root / ".dott")

    def with_state(self, state: Path) -> "Paths":
        return Paths(self.root, state)

    def make_state(self) -> None:
        """Create the state folders, closed to other accounts.

        Run as root the top folder stays passable (0711): PostgreSQL runs under another
        account and has its own folder inside. Everything else is 0700.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        if self.state.stat().st_uid == os.geteuid():
            self.state.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for folder in (self.logs, self.mail, self.files, self.run, self.stamps, self.tools):
            folder.mkdir(mode=0o700, exist_ok=True)

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def backend(self) -> Path:
        return self.root / "backend" / "pyfactor"

    @property
    def frontend(self) -> Path:
        return self.root / "frontend" / "pyfactor_next"

    @property
    def bootstrap_sql(self) -> Path:
        return self.backend / "dott" / "platform" / "tenancy" / "sql"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def mail(self) -> Path:
        return self.state / "mail"

    @property
    def files(self) -> Path:
        return self.state / "files"

    @property
    def run(self) -> Path:
        return self.state / "run"

    @property
    def tools(self) -> Path:
        return self.state / "tools"

    @property
    def stamps(self) -> Path:
        return self.state / "stamps"

    @property
    def secrets(self) -> Path:
        return self.state / "env"
