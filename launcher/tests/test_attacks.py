"""What `./dott test --attacks` makes of the counts."""

from pathlib import Path

from launcher import attacks
from launcher.console import Console


def whole() -> list[tuple[str, int, int]]:
    """As many attempts of everything as were promised."""
    return [(name, 60_000, 0) for name in attacks.EXPECTED]


def test_lines_of_one_attack_are_added_up(tmp_path: Path) -> None:
    file = tmp_path / "attacks.tsv"
    file.write_text("limits\t60\t0\nXSS\t5\t1\nlimits\t60\t2\n", encoding="utf-8")
    assert attacks.read(file) == [("XSS", 5, 1), ("limits", 120, 2)]


def test_a_whole_run_keeps_the_promise() -> None:
    assert attacks.report(Console(), whole(), is_whole=True) == []


def test_too_few_attempts_and_an_attack_left_out_are_told() -> None:
    few = [(name, 10 if name == "bad inputs" else count, 0) for name, count, _ in whole() if name != "SSRF"]
    assert attacks.report(Console(), few, is_whole=True) == [
        "bad inputs: 20,000 attempts were promised",
        "SSRF: not tried",
    ]


def test_each_variant_of_the_walls_has_attempts_of_its_own() -> None:
    few = [(name, 49_999 if name.endswith("filter alone") else 90_000, 0) for name, _, _ in whole()]
    assert attacks.report(Console(), few, is_whole=True) == [
        "cross-tenant, filter alone: 50,000 attempts were promised"
    ]


def test_one_that_got_through_is_told_whatever_was_chosen() -> None:
    found = attacks.report(Console(), [("cross-tenant, as served", 3, 1)], is_whole=False)
    assert found == ["cross-tenant, as served: 1 got through"]


def test_a_chosen_part_need_not_be_whole() -> None:
    assert attacks.report(Console(), [], is_whole=False) == []
