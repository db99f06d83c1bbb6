"""Backups that can be taken back, and secrets that can be replaced, without a loss."""

import subprocess

from person import Person
from stack import Stack


def audit(stack: Stack, service: str, alias: str) -> str:
    """What the audit says of a role, in the container that serves as it. Fails when there is a finding."""
    return stack.compose("exec", "-T", service, "python", "manage.py", "audit_isolation", "--database", alias)


def test_a_backup_comes_back_whole(stack: Stack, anna: Person) -> None:
    anna.add_customer("Before the backup")
    stack.compose("exec", "-T", "backup", "dott-backup", "now")
    newest = stack.compose("exec", "-T", "backup", "dott-backup", "list").split()[-1]
    anna.add_customer("After the backup")

    refused = stack.compose("run", "--rm", "-T", "restore", "dott-restore", newest, check=False)
    assert "in use by" in refused

    stack.compose("stop", "proxy", "api", "worker", "realtime", "backup")
    told = stack.compose("run", "--rm", "-T", "restore", "dott-restore", newest)
    assert "The database of before is now dott_before_" in told
    stack.compose("run", "--rm", "-T", "--user", "1001:1001", "restore", "dott-restore-files", newest)
    stack.up()

    assert "Before the backup" in anna.customers()
    assert "After the backup" not in anna.customers()
    assert audit(stack, "api", "default")
    assert audit(stack, "worker", "worker")
    # The old one is kept until somebody drops it, and the new one signs with a key of its own.
    (before,) = stack.psql(
        "SELECT datname FROM pg_database WHERE datname LIKE 'dott_before_%'", "postgres"
    ).split()
    assert stack.psql("SELECT count(*) FROM app.ctx_key") == "1"
    old, new = (stack.psql("SELECT md5(inner_key) FROM app.ctx_key", name) for name in (before, "dott"))
    assert old != new
    stack.psql(f"DROP DATABASE {before}", "postgres")


def test_a_damaged_backup_is_refused(stack: Stack) -> None:
    stack.compose("exec", "-T", "backup", "dott-backup", "now")
    newest = stack.compose("exec", "-T", "backup", "dott-backup", "list").split()[-1]
    stack.compose("exec", "-T", "backup", "sh", "-c", f"printf x >>/backups/{newest}/dott.dump")

    told = stack.compose("run", "--rm", "-T", "restore", "dott-restore", newest, check=False)

    assert "FAILED" in told
    assert stack.psql("SELECT count(*) FROM pg_database WHERE datname = 'dott_restored'", "postgres") == "0"
    stack.compose("exec", "-T", "backup", "rm", "-rf", f"/backups/{newest}")


def test_only_the_newest_backups_are_kept(stack: Stack) -> None:
    stack.compose("exec", "-T", "-e", "DOTT_BACKUP_KEEP=1", "backup", "dott-backup", "now")

    assert len(stack.compose("exec", "-T", "backup", "dott-backup", "list").split()) == 1


def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(stack: Stack) -> None:
    before = stack.compose("exec", "-T", "backup", "dott-backup", "list")

    told = stack.compose("exec", "-T", "-e", "PGHOST=/nowhere", "backup", "dott-backup", "now", check=False)

    assert "/nowhere" in told
    assert stack.compose("exec", "-T", "backup", "dott-backup", "list") == before


def test_secrets_can_be_replaced(stack: Stack, anna: Person) -> None:
    folder = stack.folder / "secrets"
    old = {name: (folder / name).read_text() for name in ("db_app_password", "django_secret_key")}
    for name in old:
        stack.prepare("--new", name)
    stack.up("--force-recreate")

    # Her session outlives the key, which is still a fallback.
    assert anna.customers()
    assert (folder / "django_secret_key_fallbacks").read_text() == old["django_secret_key"]
    # An address of ours is a URL: the old password in today's.
    address = (folder / "database_url").read_text().replace((folder / "db_app_password").read_text(), "{}")
    tried = stack.python(
        "api",
        "import psycopg\n"
        f"try: psycopg.connect({address.format(old['db_app_password'])!r}); print('in')\n"
        "except psycopg.OperationalError: print('refused')\n",
    )
    assert tried.strip() == "refused"


def test_an_unknown_secret_is_not_made(stack: Stack) -> None:
    done = subprocess.run([stack.folder / "prepare", "--new", "something"], capture_output=True, text=True)

    assert done.returncode == 1
    assert "no such secret" in done.stderr
