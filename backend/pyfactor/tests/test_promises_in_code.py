"""Promises of SECURITY.md that the source itself has to keep: what no line of the server does."""

import ast
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dott.platform.identity.sealing import seal, unseal
from dott.platform.identity.sessions import new_token

ROOT = Path(__file__).parents[1]
EVIL = tuple(
    part * 500 + end for part in ("a", "a ", "0", "<", "a@", "\t\n", ".-", "+4") for end in ("", "!")
)
COMMANDS = {
    "eval", "exec", "os.system", "os.popen", "os.execv", "os.spawnv",
    "subprocess.run", "subprocess.Popen", "subprocess.call", "subprocess.check_output",
    "pickle.loads", "pickle.load", "marshal.loads", "shelve.open", "yaml.load", "yaml.unsafe_load",
}  # fmt: skip
WEAK = {
    "hashlib.md5", "hashlib.sha1", "random.random", "random.choice", "random.choices", "random.randint",
    "random.getrandbits", "random.sample", "algorithms.ARC4", "algorithms.TripleDES", "algorithms.Blowfish",
    "modes.ECB",
}  # fmt: skip
TEMPLATES = {"Template", "Engine", "engines.from_string", "Environment"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """What serves: every module but tests, migrations and the demo's data."""
    for folder in ("dott", "config"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """The dotted name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield ast.unparse(node.func), node


def called(names: set[str], trees: Iterator[tuple[str, ast.Module]]) -> list[str]:
    """Where one of these is called."""
    return [f"{path} {name}" for path, tree in trees for name, _ in calls(tree) if name in names]


@pytest.mark.asvs("1.2.5", "1.3.2", "1.5.2")
def test_nothing_runs_commands_or_code_or_makes_objects_of_what_it_is_sent() -> None:
    # Our own file, by a loader that makes plain values only.
    assert called(COMMANDS, sources()) == ["dott/modules/crm/api/business_schema.py yaml.load"]


@pytest.mark.asvs("11.3.1", "11.3.2", "11.4.1", "6.5.3")
def test_no_weak_hash_cipher_or_generator_is_used() -> None:
    # The demo's names and figures are drawn from a seeded generator of their own (random.Random).
    assert called(WEAK, sources()) == []


@pytest.mark.asvs("1.3.7", "1.3.10")
def test_no_template_and_no_format_is_made_of_text_from_outside() -> None:
    # The wall's own SQL, with the names of roles in it.
    assert called(TEMPLATES, sources()) == ["dott/platform/tenancy/install.py Template"]
    computed = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        for name, node in calls(tree)
        if name.endswith(".format_map")
    ]
    assert computed == []


def test_what_is_looked_for_would_be_found() -> None:
    tree = ast.parse("import subprocess\nsubprocess.run(x)\nhashlib.md5(x)\nTemplate(x)")
    for names in (COMMANDS, WEAK, TEMPLATES):
        assert len(called(names, iter([("planted.py", tree)]))) == 1


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every regular expression that a module of ours keeps."""
    return [
        (f"{name}.{attribute}", value)
        for name, module in sorted(sys.modules.items())
        if name.startswith("dott.") and ".tests" not in name
        for attribute, value in sorted(vars(module).items())
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    ]


def seconds(pattern: re.Pattern[str]) -> float:
    """Processor time for all evil texts together."""
    started = time.process_time()
    for text in EVIL:
        pattern.search(text)
    return time.process_time() - started


@pytest.mark.asvs("1.3.12")
def test_no_regular_expression_takes_long_for_any_text() -> None:
    found = patterns()
    assert len(found) > 20
    # A quadratic one takes some hundredths of a second here; an exponential one never ends.
    assert [name for name, pattern in found if seconds(pattern) > 2] == []


def test_a_regular_expression_that_takes_long_is_found() -> None:
    started = time.process_time()
    re.compile(r"^(a|a)*$").search("a" * 22 + "!")
    # Of twenty-two letters; of the 500 of the evil texts it would never end.
    assert time.process_time() - started > 20 * seconds(re.compile(r"^a*$"))


@pytest.mark.asvs("11.3.3", "11.3.4", "11.2.5")
def test_what_is_sealed_cannot_be_changed_and_is_never_sealed_alike() -> None:
    sealed = seal({"code": "AAAA-BBBB"})
    assert unseal(sealed) == {"code": "AAAA-BBBB"}
    assert seal({"code": "AAAA-BBBB"}) != sealed
    for place in range(0, len(sealed) - 4, 7):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        assert unseal(changed) == {}, place


@pytest.mark.asvs("7.2.2", "7.2.3", "11.5.1")
def test_tokens_have_256_bits_and_never_repeat() -> None:
    tokens = {new_token() for _ in range(2000)}
    assert len(tokens) == 2000
    assert {len(token) for token in tokens} == {43}  # 32 bytes in url-safe base64
    assert len({token[place] for token in tokens for place in range(42)}) == 64
