"""What `docker compose up` makes: a site over HTTPS, and containers that can do no more than their work."""

import json
import re
import subprocess
import urllib.request
from pathlib import Path

import pytest

from stack import DEPLOY, OURS, Stack


def test_the_site_answers_over_real_tls(stack: Stack) -> None:
    page = stack.door.fetch("/sign-in")

    assert page.status == 200
    assert b"<title>" in page.body
    assert stack.health("ready") == 200
    with stack.door.raw() as connection:
        assert connection.version() == "TLSv1.3"


def test_plain_http_is_redirected_for_pages_and_refused_for_the_api(stack: Stack) -> None:
    page = stack.door.fetch("/sign-in", secure=False)
    api = stack.door.fetch("/api/crm/customers/", secure=False)

    assert (page.status, page.headers["location"]) == (308, f"{stack.door.origin}/sign-in")
    assert (api.status, api.json["code"]) == (403, "https_required")


def test_the_operators_port_shows_readiness_and_the_api(stack: Stack) -> None:
    for path, told in (
        ("/health/ready/", b"isolation"),
        ("/api/docs/", b"swagger"),
        ("/api/schema/", b"openapi"),
    ):
        with urllib.request.urlopen(f"http://127.0.0.1:{stack.operator_port}{path}", timeout=30) as answer:
            assert told in answer.read().lower(), path


@pytest.mark.parametrize("service", OURS)
def test_a_container_has_no_rights(stack: Stack, service: str) -> None:
    """By what the kernel says of its main process, not by what the file asks for."""
    found = stack.inspect(service)
    status = Path(f"/proc/{found['State']['Pid']}/status").read_text()
    told = dict(re.findall(r"^(\w+):\s*(.*)$", status, re.MULTILINE))

    # The official Caddy is marked with CAP_NET_BIND_SERVICE (bit 10), and does not start where it has it not.
    allowed = {0, 1 << 10} if service == "proxy" else {0}
    assert {int(told[kind], 16) for kind in ("CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb")} <= allowed
    assert told["NoNewPrivs"] == "1"
    assert "0" not in told["Uid"].split()
    assert found["HostConfig"]["ReadonlyRootfs"]
    assert found["HostConfig"]["PidsLimit"] > 0
    assert found["HostConfig"]["Memory"] > 0
    assert found["HostConfig"]["RestartPolicy"]["Name"] == "unless-stopped"


def test_only_the_proxy_publishes_and_only_here(stack: Stack) -> None:
    published = {service: stack.inspect(service)["HostConfig"]["PortBindings"] or {} for service in OURS}
    addresses = {
        binding["HostIp"] for ports in published.values() for many in ports.values() for binding in many
    }

    assert [service for service, ports in published.items() if ports] == ["proxy"]
    assert addresses == {"127.0.0.1"}


def test_no_network_leads_to_the_database(stack: Stack) -> None:
    for service in ("db", "backup"):
        assert list(stack.inspect(service)["NetworkSettings"]["Networks"]) == ["none"]
    for host in ("db", "postgres", "worker"):
        tried = stack.node(f"require('dns').lookup('{host}', (e) => console.log(e ? e.code : 'found'))")
        assert tried.strip() in {"ENOTFOUND", "EAI_AGAIN"}
    assert not any(mount["Destination"].startswith("/var/run") for mount in stack.inspect("web")["Mounts"])


def test_only_the_api_and_the_worker_have_a_way_out(stack: Stack) -> None:
    """To the mail server, and to receivers of webhooks. `internal` networks have no gateway."""
    ways = {"api": {"edge", "mail"}, "worker": {"outgoing"}}
    for service, names in ways.items():
        networks = stack.inspect(service)["NetworkSettings"]["Networks"]
        assert set(networks) == {f"{stack.name}_{name}" for name in names}
    for service in ("web", "realtime"):
        networks = stack.inspect(service)["NetworkSettings"]["Networks"]
        assert list(networks) == [f"{stack.name}_edge"]
    edge = json.loads(stack.docker("network", "inspect", f"{stack.name}_edge"))[0]
    assert edge["Internal"] is True
    tried = stack.node(
        "const s = require('net').connect({host: '192.0.2.1', port: 443, timeout: 2000});"
        "s.on('connect', () => {console.log('out'); s.destroy()});"
        "s.on('error', (e) => console.log(e.code));"
        "s.on('timeout', () => {console.log('ETIMEDOUT'); s.destroy()})"
    )
    assert tried.strip() in {"ENETUNREACH", "ETIMEDOUT", "EHOSTUNREACH"}


def test_the_serving_account_is_nobody_in_the_database(stack: Stack) -> None:
    """The superuser comes in by the account alone, and the API's is another."""
    tried = stack.python(
        "api",
        "import psycopg\n"
        "for user in ('postgres', 'dott_owner', 'dott_backup'):\n"
        "    try:\n"
        "        psycopg.connect(host='/var/run/postgresql', user=user, dbname='dott'); print('in')\n"
        "    except psycopg.OperationalError as error: print(user, 'refused')\n",
    )

    assert tried.split("\n")[:3] == ["postgres refused", "dott_owner refused", "dott_backup refused"]


# ASVS 13.2.1, 13.3.2
def test_each_role_is_given_its_own_secrets_and_no_other(stack: Stack) -> None:
    def secrets(service: str) -> set[str]:
        mounts = (mount["Destination"] for mount in stack.inspect(service)["Mounts"])
        return {Path(path).name for path in mounts if path.startswith("/run/secrets/")}

    django = {"django_secret_key", "django_secret_key_fallbacks"}
    assert secrets("web") == secrets("proxy") == secrets("db") == set()
    assert secrets("api") == django | {
        "database_url",
        "database_auth_url",
        "factor_keys",
        "email_host_password",
    }
    assert secrets("worker") == django | {"database_worker_url", "factor_keys", "email_host_password"}
    assert secrets("realtime") == django | {"database_url"}
    assert secrets("migrate") == django | {"database_migrator_url"}
    assert secrets("backup") == {"db_backup_password"}


# ASVS 13.3.1
def test_no_secret_is_in_an_environment_a_log_or_a_command(stack: Stack) -> None:
    values = {path.read_text() for path in (stack.folder / "secrets").iterdir()} - {""}
    assert len(values) >= 10
    told = stack.compose("logs", "--no-color")
    for service in (*OURS, "migrate", "bootstrap"):
        told += json.dumps(stack.inspect(service))

    assert [value[:4] for value in values if value in told] == []


def test_the_folder_of_secrets_is_its_owners(stack: Stack) -> None:
    folder = stack.folder / "secrets"

    assert folder.stat().st_mode & 0o077 == 0
    before = {path.name: path.read_text() for path in folder.iterdir()}
    stack.prepare()
    assert {path.name: path.read_text() for path in folder.iterdir()} == before


# ASVS 13.2.3
@pytest.mark.parametrize(
    ("setting", "refusal"),
    [
        ("DOTT_HOST=", "is empty"),
        ("DOTT_HOST=crm.example.com", "still the example's"),
        ("DOTT_HOST=https://crm.acme.test/", "host name alone"),
    ],
)
def test_settings_of_the_example_are_refused(tmp_path: Path, setting: str, refusal: str) -> None:
    (tmp_path / "prepare").write_bytes((DEPLOY / "prepare").read_bytes())
    (tmp_path / ".env").write_text(f"{setting}\n")

    done = subprocess.run(["bash", tmp_path / "prepare"], capture_output=True, text=True)

    assert done.returncode == 1
    assert refusal in done.stderr
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize("value", ["short", "changeme-changeme-changeme-changeme"])
def test_a_weak_secret_is_refused(tmp_path: Path, value: str) -> None:
    (tmp_path / "prepare").write_bytes((DEPLOY / "prepare").read_bytes())
    (tmp_path / ".env").write_text("DOTT_HOST=crm.acme.test\n")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/db_app_password").write_text(value)

    done = subprocess.run(["bash", tmp_path / "prepare"], capture_output=True, text=True)

    assert done.returncode == 1
    assert "db_app_password" in done.stderr


def test_without_settings_nothing_starts(stack: Stack, tmp_path: Path) -> None:
    argv = [
        "docker",
        "compose",
        "-f",
        str(DEPLOY / "compose.yaml"),
        "--project-directory",
        str(tmp_path),
        "config",
    ]
    done = subprocess.run(argv, env=stack.env, capture_output=True, text=True)

    assert done.returncode != 0
    assert "run deploy/prepare first" in done.stderr
