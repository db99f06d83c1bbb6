"""The memory that doctor prints is that of the whole tree, shared pages counted once."""

import os
import subprocess
import sys

from launcher import footprint

# A child and a grandchild that hold 40 MiB between them: the pages are the child's own, then shared.
PROGRAM = """
import os, sys
held = bytearray(40 * 1024 * 1024)
if os.fork() == 0:
    sys.stdin.read()
    os._exit(0)
print(flush=True)
sys.stdin.read()
os.wait()
"""


def test_a_tree_is_counted_whole_and_once() -> None:
    before, alone = footprint.of_tree(os.getpid())
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdout.readline()
        after, processes = footprint.of_tree(os.getpid())
        child.stdin.close()
    assert processes == alone + 2
    assert 40 <= (after - before) / footprint.MIB <= 70


def test_a_process_that_is_gone_takes_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    assert footprint.of_tree(child.pid) == (0, 0)
