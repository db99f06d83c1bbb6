"""On a machine without a `postgres` account, root makes the account `dott`, once."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import account
from launcher.tests.conftest import ROOT

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from launcher import account
assert account.existing_system_account() is None
for _ in range(2):
    made = account.for_database(Path("/nowhere"))
    rights = [made.can_run("test", right, "/etc/passwd") for right in ("-r", "-w")]
    print(made.name, made.switch, *rights)
"""


def test_root_makes_a_system_account_of_its_own(state: Path) -> None:
    if os.geteuid() != 0:  # who is not root is the account herself
        assert account.for_database(state).name == pwd.getpwuid(os.geteuid()).pw_name
        return
    # A copy of /etc without the accounts, seen by this one process only.
    etc = state.parent / "etc"
    shutil.copytree("/etc", etc, symlinks=True)
    for name in ("passwd", "group", "shadow", "gshadow"):
        lines = (etc / name).read_text().splitlines(keepends=True)
        (etc / name).write_text("".join(one for one in lines if not one.startswith(("postgres:", "dott:"))))
    script = 'mount --bind "$1" /etc && exec "$2" -c "$3" "$4"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", str(etc), sys.executable, PROGRAM, str(ROOT)],
        capture_output=True,
        text=True,
    )
    assert done.stdout == "dott True True False\n" * 2, done.stderr
    assert sum(line.startswith("dott:") for line in (etc / "passwd").read_text().splitlines()) == 1
