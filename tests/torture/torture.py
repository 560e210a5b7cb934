#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Everything that is done to a sitting, and a table of how often.

    torture.py [--quick] BUILD_ROOT SOURCE_ROOT

--quick: one in fifty, as the tests of the build do. What goes wrong is shown below the table; the exit code
is 1 then."""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import time

from exam import Exam

PARTS = 2  # of what only computes: one for each of two processors
EVERY_QUICK = 50
POLITELY = ("nice", "-n", "10")  # so that kills come when they shall
LEFT_OUT = ("log", "store", "file", "folder")


class Job:
    """One program. Its last line but for TAP says what it examined: "# kills 3000 bad 0"."""

    def __init__(self, name, command, must_lose=False):
        self.name, self.command, self.must_lose = name, command, must_lose
        self.output, self.ok, self.seconds = "", False, 0.0

    def run(self, env):
        begun = time.monotonic()
        done = subprocess.run(
            self.command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            env=env,
            check=False,
        )
        self.output, self.ok = done.stdout, done.returncode == 0
        self.seconds = time.monotonic() - begun
        return self

    def get_figures(self):
        """What was examined, as pairs of name and number, and a reason when it was skipped."""
        last = [line for line in self.output.splitlines() if re.match(r"# (points|kills|powercuts) ", line)]
        skipped = re.search(r" skipped: (.*)", last[-1]) if last else None
        pairs = re.findall(r"([a-z]+) (\d+)", last[-1]) if last else []
        return {name: int(number) for name, number in pairs}, skipped and skipped.group(1)


def list_jobs(build, source, quick, made):
    """What only computes, and what is real: two lists of it that run beside each other. made is the folder
    of an exam."""
    here = os.path.dirname(os.path.abspath(__file__))
    disk = os.path.join(build, "tests/torture/torture-disk")
    ctl = os.path.join(build, "src/tool/jikaoctl")
    forgetful, unsynced, forgetful_unsynced = (
        os.path.join(build, "tests/torture", name) for name in ("forgetful", "unsynced", "forgetful-unsynced")
    )
    computing, killing, cutting = [], [], []
    # A sitting that arrives is written at once, in a thousand writes like their neighbours.
    for what, every in (("states", 1), ("moves", 4), ("faults", 1)):
        for part in range(PARTS):
            split = ["--part", str(part), "--parts", str(PARTS)]
            chosen = ["--every", str(EVERY_QUICK if quick else every)]
            computing.append(Job(what, [*POLITELY, disk, what, *chosen, *split]))
    # Two disks, of which one forgets.
    every = str(EVERY_QUICK if quick else 1)
    computing.append(Job("pairs", [*POLITELY, disk, "pairs", "--every", every]))
    for sync in LEFT_OUT:
        left_out = ["--without-sync", sync, "--must-lose", "--every", "3"]
        computing.append(Job(f"states, no sync of {sync}", [*POLITELY, disk, "states", *left_out], True))

    def script(name, program, *how, title, must_lose=False):
        command = [sys.executable, os.path.join(here, name), "--exam", made, *how, program, source]
        return Job(title, command + (["--must-lose"] if must_lose else []), must_lose)

    rounds = "4" if quick else "40"
    cutting.append(script("powercut.py", ctl, "--rounds", rounds, title="power cuts, ext4"))
    cutting.append(script("powercut.py", unsynced, "--rounds", "4", title="power cuts, no sync", must_lose=True))
    killing.append(script("kill.py", ctl, "--kills", "60" if quick else "3000", "--jobs", "3", title="kills"))
    kills = "30" if quick else "150"
    cutting.append(script("kill.py", forgetful, "--kills", kills, title="kills, forgetful disk"))
    cutting.append(script("kill.py", forgetful_unsynced, "--kills", "9", title="kills, no sync", must_lose=True))
    return computing, killing, cutting


def run_all(env, computing, *in_turn):
    """What computes, in parts; beside it each list of what waits for disks and delays, in its order."""
    with concurrent.futures.ThreadPoolExecutor(PARTS + len(in_turn)) as pool:
        lanes = [pool.submit(lambda jobs=jobs: [job.run(env) for job in jobs]) for jobs in in_turn]
        list(pool.map(lambda job: job.run(env), computing))
        for lane in lanes:
            lane.result()


def add_up(jobs):
    """One line of the table for jobs of one name: figures added, the longest time."""
    figures, why = {}, None
    for job in jobs:
        own, skipped = job.get_figures()
        why = why or skipped
        for name, number in own.items():
            # All parts walk past the same points.
            figures[name] = number if name == "points" else figures.get(name, 0) + number
    return figures, why, all(job.ok for job in jobs), max(job.seconds for job in jobs)


def print_table(jobs):
    print(f"{'what':24}{'points':>8}{'examined':>10}{'bad':>6}{'s':>7}  verdict")
    for name in dict.fromkeys(job.name for job in jobs):
        same = [job for job in jobs if job.name == name]
        figures, why, ok, seconds = add_up(same)
        examined = next((figures[key] for key in ("states", "faults", "kills", "powercuts") if key in figures), "-")
        good = "lost, as it must" if same[0].must_lose else "ok"
        verdict = f"skipped: {why}" if why else good if ok else "FAILED"
        bad = figures.get("bad", "-")
        print(f"{name:24}{figures.get('points', '-'):>8}{examined:>10}{bad:>6}{seconds:>7.0f}  {verdict}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("build")
    parser.add_argument("source")
    options = parser.parse_args()
    build, source = os.path.abspath(options.build), os.path.abspath(options.source)
    env = {**os.environ, "JIKAO_SOURCE_ROOT": source, "JIKAO_BUILD_ROOT": build, "LC_ALL": "C.UTF-8"}
    env.update({"TZ": "UTC", "G_DEBUG": "fatal-criticals"})
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-", dir=build) as made:
        Exam(os.path.join(build, "src/tool/jikaoctl"), source, made).make_orders()
        lanes = list_jobs(build, source, options.quick, made)
        run_all(env, *lanes)
    jobs = [job for lane in lanes for job in lane]
    print_table(jobs)
    failed = [job for job in jobs if not job.ok]
    for job in failed:
        print(f"\n{job.name}: {' '.join(job.command)}\n{job.output[-4000:]}")
    print(f"{len(failed)} of {len(jobs)} runs failed; {time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
