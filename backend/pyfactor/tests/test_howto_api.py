"""The commands of docs/howto/use-the-api.md do what the page says, typed as they stand there."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dott.modules.crm.models import Customer
from tests.keys import made_key

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

PAGE = Path(__file__).resolve().parents[3] / "docs" / "howto" / "use-the-api.md"
TEXT = PAGE.read_text(encoding="utf-8")
READ, ADD, CHANGE, REFUSED = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def typed(command: str, **environment: str) -> Any:
    """What the command printed, as JSON. Fails when it ended with an error."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_the_commands_work_one_after_the_other(live_server: Any, world: Any, in_tenant: Any) -> None:
    granted = ("customers:write",)
    given = {"DOTT": live_server.url, "DOTT_KEY": made_key(world["mia"], granted).key}
    assert typed(READ, **given)["results"] == []
    made = typed(ADD, **given)
    assert typed(ADD, **given) == made
    changed = typed(CHANGE, ID=made["id"], **given)
    assert (changed["stage"], changed["version"]) == ("former", 2)
    assert [row["id"] for row in typed(READ, **given)["results"]] == [made["id"]]
    assert typed(REFUSED, **given)["code"] == "malformed_api_key"
    with in_tenant("alice"):
        assert Customer.objects.get().business_name == "Mill & Sons"


def test_without_the_key_the_commands_fail(live_server: Any, world: Any) -> None:
    given = {"DOTT": live_server.url, "DOTT_KEY": made_key(world["vera"]).key}
    with pytest.raises(AssertionError, match="permission_denied"):
        typed(ADD, **given)


def test_codes_on_the_page_are_those_of_the_code() -> None:
    rooms = Path(__file__).resolve().parents[1] / "dott" / "platform"
    sources = "".join(path.read_text(encoding="utf-8") for path in rooms.rglob("*.py"))
    codes = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| \d+ \|([^|]*)\|", TEXT, re.MULTILINE)))
    assert len(codes) >= 10
    assert [code for code in codes if f'"{code}"' not in sources] == []
