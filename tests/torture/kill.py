#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `jikaoctl sit` with SIGKILL at random moments and looks at what is there afterwards.

    kill.py [--kills N] [--jobs N] [--acts NAME,...] [--must-lose] JIKAOCTL SOURCE_ROOT

The disk, the program and the session are real. What goes on at the kill is one of ACTS: answers without
a pause; time that passes between two answers; the hand-in; and, less often, the log-in. After each kill the sitting is resumed without
any code, and
 * every answer that was acknowledged is there,
 * exam time is not below that of the last acknowledged answer,
 * at most five seconds of exam time are gained,
 * what was handed in is sealed once: one result of seal number 1, whose bytes and receipt never change.
At the end the centre verifies every result.

A kill is not a power cut: what the program wrote survives it without any flush. So the same is done with
tests/torture/forgetful.c, whose disk keeps only what was synced; and with synchronous=OFF on that disk,
where --must-lose wants acknowledged answers to be gone.

Prints TAP. The seed is printed; JIKAO_KILL_SEED repeats a run (its delays, not what the clock does)."""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from exam import Exam, Judge, Opened, wait_until_open

KILLS_PER_SITTING = 2  # with that of its base it is what the policy lets a sitting come back from
BASE_S_MAX = 60  # a base that is older would be a gap that needs a proctor
BEGIN_S_MAX = 1.5  # after this it has begun, also on a busy machine
CLOSE = 0.4  # of the delay, where it begins just before what matters
VERIFIED_AT_ONCE = 50
FAULTS_SHOWN = 10


class Act:
    """What a sitting is doing when it is killed."""

    def __init__(self, name, how, delay_s_max, until=None, then=None, ends=False):
        self.name, self.how, self.delay_s_max = name, how, delay_s_max
        self.until = until  # the line at which its base is killed; None: the first
        self.then = then  # the line after which most delays begin; None: the first
        self.ends = ends  # goes on to its end; its time is too fast to be measured


def is_nearly_open(words):
    """Ten seconds of exam time before hand-in opens, and on a busy machine less."""
    return words[0] == "time" and int(words[1]) >= 1_790_000


def is_open(words):
    """Some milliseconds of real time before hand-in opens."""
    return words[0] == "time" and int(words[1]) >= 1_796_000


# Where time is measured, 50 ms lost to a slow disk are one second of exam time. Acts of proctors come here
# too, as sittings that are killed while they do them.
BEGIN = Act("begin", ("--speed", "20", "--minutes", "0", "--rounds", "1000"), BEGIN_S_MAX)
ACTS = (
    Act("answers", ("--speed", "20", "--minutes", "0", "--rounds", "1000"), 0.1),
    Act("time", ("--speed", "20", "--minutes", "80", "--ticks"), 0.5),
    Act("hand-in", ("--speed", "1000", "--minutes", "0", "--ticks"), 0.045, is_nearly_open, is_open, True),
)
BEGIN_EVERY = 40  # guesses at codes are dear: most sittings go on with the copy of one


class Base:
    """A sitting that was begun, brought to where an act starts, and killed. Its store is copied."""

    def __init__(self, exam, place, act, seed):
        self.seat, self.place, self.made_at = place, place, time.monotonic()
        sitting = exam.begin(place, self.seat, "--seed", seed, *act.how)
        self.opened = wait_until_open(sitting)
        if act.until is not None:
            sitting.wait_for(act.until, self.opened.after)
        self.lines, _ = sitting.kill()

    def is_fresh(self):
        return time.monotonic() - self.made_at < BASE_S_MAX


class Killer:
    """Kills in some threads at once until there were enough."""

    def __init__(self, exam, judge, wanted, seed):
        self.exam, self.judge, self.wanted, self.seed = exam, judge, wanted, seed
        self.lock = threading.Lock()
        self.next_place, self.too_late, self.kills = 0, 0, {act.name: 0 for act in (BEGIN, *ACTS)}
        self.came_back_sealed, self.sealed, self.problem = 0, [], None

    def run(self, acts, jobs):
        threads = [threading.Thread(target=self.work, args=(acts,)) for _ in range(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.problem is not None:
            raise self.problem

    def take_place(self):
        with self.lock:
            self.next_place += 1
            return self.next_place

    def is_over(self):
        with self.lock:
            return sum(self.kills.values()) >= self.wanted or self.problem is not None

    def work(self, acts):
        bases = {}
        try:
            while not self.is_over():
                place = self.take_place()
                chance = random.Random(f"{self.seed} {place}")
                if place % BEGIN_EVERY == 1:
                    self.begin(place, chance)
                    continue
                act = acts[place % len(acts)]
                if act not in bases or not bases[act].is_fresh():
                    bases[act] = Base(self.exam, self.take_place(), act, draw_seed(chance))
                self.live(place, act, bases[act], chance)
        except (SystemExit, OSError, KeyError, ValueError) as problem:
            self.problem = problem

    def kill(self, act, sitting, delay_s):
        time.sleep(delay_s)
        lines, was_there = sitting.kill()
        with self.lock:
            self.kills[act.name] += was_there
            self.too_late += not was_there
        return lines

    def begin(self, place, chance):
        """Killed while it begins; the same command again begins, or goes on."""
        how = ("--seed", draw_seed(chance), *BEGIN.how)
        before, lines = Opened([]), []
        for _ in range(KILLS_PER_SITTING):
            sitting = self.exam.begin(place, place, *how)
            said = self.kill(BEGIN, sitting, chance.uniform(0, BEGIN_S_MAX))
            opened = Opened(said)
            if opened.is_open:
                self.look(place, BEGIN, before, lines, opened)
                before, lines = opened, said
        sitting = self.exam.begin(place, place, *how)
        self.look(place, BEGIN, before, lines, wait_until_open(sitting))
        sitting.kill()
        shutil.rmtree(self.exam.store(place))

    def look(self, place, act, before, lines, after):
        """Compares what a run found and did then, which is in its lines, with what is found after it."""
        is_timed = act not in (BEGIN, *(other for other in ACTS if other.ends))
        self.judge.look(f"place {place} ({act.name})", before, lines[before.after :], after, is_timed)

    def live(self, place, act, base, chance):
        """One sitting with its kills, from a copy of its base."""
        shutil.copytree(self.exam.store(base.place), self.exam.store(place))
        opened, lines = base.opened, base.lines
        seen = Sealed(f"place {place}", self.judge)
        for n in range(KILLS_PER_SITTING + 1):
            how = ("--seed", draw_seed(chance), *act.how)
            sitting = self.exam.resume(place, base.seat, base.opened.record, *how)
            again = wait_until_open(sitting)
            if again.state != "running" and not act.ends:
                raise SystemExit(f"Bail out! place {place} came back as {again.state}")
            self.look(place, act, opened, lines, again)
            with self.lock:
                self.came_back_sealed += again.state == "sealed" and opened.state != "sealed"
            opened = again
            if n < KILLS_PER_SITTING:
                delay_s = chance.uniform(0, act.delay_s_max)
                if again.state != "running":
                    delay_s *= CLOSE
                elif act.then is not None and chance.random() < 0.75:
                    sitting.kill_at(act.then, delay_s * CLOSE)
                    delay_s = 0
                lines = self.kill(act, sitting, delay_s)
                seen.look(lines, self.exam.results(place))
        if act.ends:
            self.end(place, base, sitting, seen)
        else:
            sitting.kill()
        shutil.rmtree(self.exam.store(place))

    def end(self, place, base, sitting, seen):
        """Goes on to the end, and looks once more at what is sealed."""
        lines, complaint = sitting.rest()
        seen.look(lines, self.exam.results(place))
        if seen.receipt is None:
            seen.complain("no receipt: " + complaint)
            return
        again = self.exam.resume(place, base.seat, base.opened.record)
        lines, complaint = again.rest()
        seen.look(lines, self.exam.results(place))
        if again.process.returncode != 0:
            seen.complain("it did not end well: " + complaint)
        with self.lock:
            folder = self.exam.path(f"results-{place}")
            self.sealed += [os.path.join(folder, name) for name in seen.results]


def draw_seed(chance):
    return str(chance.randrange(2**30))


class Sealed:
    """What was seen of one sitting's result so far; whatever contradicts it is a fault."""

    def __init__(self, name, judge):
        self.name, self.judge = name, judge
        self.receipt, self.results = None, {}

    def look(self, lines, results):
        for words in lines:
            if words[0] == "receipt":
                if self.receipt not in (None, words[1]):
                    self.complain(f"receipt {words[1]} after {self.receipt}")
                self.receipt = words[1]
            if words[0] == "result" and words[1] not in results:
                self.complain(f"{words[1]} was named and is not there")
        for name, data in self.results.items():
            if results.get(name) != data:
                self.complain(f"{name} changed, or is gone")
        if len(results) > 1 or any(not name.endswith("-s1.jkresult") for name in results):
            self.complain(f"not one result of seal number 1: {sorted(results)}")
        self.results = results

    def complain(self, what):
        self.judge.sealed.append(f"{self.name}: {what}")


def verify(exam, paths):
    """What the centre says against the results."""
    verified = 0
    for start in range(0, len(paths), VERIFIED_AT_ONCE):
        said = exam.verify(paths[start : start + VERIFIED_AT_ONCE])
        verified += said.count("verified: signatures, chain and log-in")
    return [] if verified == len(paths) else [f"{len(paths)} results, {verified} verified"]


def must_lose():
    """Runs the test itself, which has to fail because answers are gone."""
    command = [argument for argument in sys.argv if argument != "--must-lose"]
    done = subprocess.run(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    lost = done.returncode != 0 and re.search("not ok 1 |Bail out! .*came back|ended early", done.stdout)
    print("1..1\n" + "".join(f"# {line}\n" for line in done.stdout.splitlines()[-20:]))
    print(f"{'ok' if lost else 'not ok'} 1 - without_syncs_answers_are_lost")
    return 0 if lost else 1


def report(judge, killer, unverified):
    kills = sum(killer.kills.values())
    idle = [] if judge.checked >= kills and judge.slow * 5 >= killer.kills["time"] else ["too little"]
    points = (
        ("every_acknowledged_answer_is_there", judge.lost),
        ("exam_time_is_not_below_that_of_an_acknowledged_answer", judge.below),
        ("at_most_five_seconds_are_gained", judge.gained),
        ("what_was_handed_in_is_sealed_once_and_verifies", judge.sealed + unverified),
        ("enough_was_going_on_to_lose_something", idle),
    )
    for n, (name, faults) in enumerate(points, 1):
        print(f"{'not ok' if faults else 'ok'} {n} - {name}")
        for fault in faults[:FAULTS_SHOWN]:
            print("# " + fault)
    bad = sum(len(faults) for _, faults in points)
    each = ", ".join(f"{count} {name}" for name, count in killer.kills.items())
    print(f"# {each}, {killer.too_late} too late; {len(killer.sealed)} results sealed,"
          f" {killer.came_back_sealed} of them when they were killed")
    print(f"# {judge.checked} acknowledged answers; largest gain {judge.worst_gain_ms} ms")
    print(f"# kills {kills} bad {bad}")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--acts", default=",".join(act.name for act in ACTS))
    parser.add_argument("--must-lose", action="store_true")
    parser.add_argument("ctl")
    parser.add_argument("source")
    options = parser.parse_args()
    if options.must_lose:
        return must_lose()
    acts = [act for act in ACTS if act.name in options.acts.split(",")]
    ctl, source = os.path.abspath(options.ctl), os.path.abspath(options.source)
    seed = os.environ.get("JIKAO_KILL_SEED", str(random.SystemRandom().randrange(2**32)))
    # More at once, and each waits longer for processor and disk, in exam time.
    judge = Judge(slack_ms=1500 * options.jobs)
    print(f"1..5\n# seed {seed}", flush=True)
    # Beside the build, not in a folder that may be in memory.
    with tempfile.TemporaryDirectory(prefix="kill-", dir=os.path.dirname(ctl)) as folder:
        exam = Exam(ctl, source, folder)
        killer = Killer(exam, judge, options.kills, seed)
        killer.run(acts, options.jobs)
        unverified = verify(exam, killer.sealed)
    return report(judge, killer, unverified)


if __name__ == "__main__":
    sys.exit(main())
