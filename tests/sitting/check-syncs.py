#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One answer costs exactly one sync of the kernel: check-syncs.py PROGRAM, as TAP.

PROGRAM runs under strace with few and with many answers; every sync call there is counts, and the
difference must be the difference of the answers. A machine that is busy elsewhere makes pauses, and what is
done in a pause is a sync too: so the least of some runs counts."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = "fsync,fdatasync,sync_file_range,sync,syncfs,msync"
FEW, MANY = 10, 210
RUNS = 3


def count(program, answers, folder):
    """Sync calls of the run with the fewest, or None where tracing is not allowed."""
    counts = [count_once(program, answers, os.path.join(folder, f"{answers}-{run}")) for run in range(RUNS)]
    return None if None in counts else min(counts)


def count_once(program, answers, name):
    trace = name + ".trace"
    store = name + ".jkjournal"
    command = ["strace", "-f", "-o", trace, "-e", "trace=" + CALLS, program, store, str(answers)]
    # A sanitizer's own search for leaks cannot run under a tracer.
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        return None
    if done.returncode != 0:
        print(f"# {done.stderr.strip()}")
        return -1
    with open(trace, encoding="utf-8", errors="replace") as file:
        # A call that another thread interrupts is written on two lines; the second says resumed.
        begun = re.compile(r"^\d+\s+(" + CALLS.replace(",", "|") + r")\(")
        return sum(1 for line in file if begun.match(line))


def main():
    if shutil.which("strace") is None:
        print("1..0 # SKIP no strace")
        return 0
    with tempfile.TemporaryDirectory(prefix="jikao-syncs-") as folder:
        few = count(sys.argv[1], FEW, folder)
        if few is None:
            print("1..0 # SKIP tracing is not allowed here")
            return 0
        many = count(sys.argv[1], MANY, folder)
    print("1..1")
    print(f"# {few} syncs with {FEW} answers, {many} with {MANY}")
    good = few > 0 and many - few == MANY - FEW
    print(f"{'ok' if good else 'not ok'} 1 - one_sync_for_one_answer")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
