"""Stamps change with what they stand for, and with nothing else."""

from pathlib import Path

from launcher import stamps


def test_a_hash_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "skipped").mkdir()
    (tmp_path / "skipped" / "b").write_text("2")

    def now() -> str:
        return stamps.of_files(tmp_path, stamps.walk(tmp_path, frozenset({"skipped"})))

    first = now()
    (tmp_path / "skipped" / "b").write_text("3")
    assert now() == first
    (tmp_path / "a").write_text("2")
    second = now()
    assert second != first
    (tmp_path / "a").rename(tmp_path / "c")
    assert now() not in {first, second}


def test_texts_are_told_apart_by_their_borders() -> None:
    assert stamps.fingerprint("ab", "c") != stamps.fingerprint("a", "bc")


def test_a_missing_stamp_is_not_fresh(tmp_path: Path) -> None:
    assert not stamps.is_fresh(tmp_path / "none", "x")
    stamps.write(tmp_path / "some", "x")
    assert stamps.is_fresh(tmp_path / "some", "x")
    assert not stamps.is_fresh(tmp_path / "some", "y")
