#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `jikaoctl sit` with SIGKILL at random moments and looks at what is there afterwards.

    kill.py [--kills N] [--jobs N] [--acts NAME,...] [--exam FOLDER] [--must-lose] JIKAOCTL SOURCE_ROOT

The disk, the program and the session are real. What goes on at the kill is one of ACTS: answers without
a pause; time that passes between two answers; the hand-in; and, less often, the log-in, a hand-in that an
order undoes, and a move to another PC. After each kill the sitting is resumed without any code, and
 * every answer that was acknowledged is there,
 * exam time is not below that of the last acknowledged answer,
 * at most five seconds of exam time are gained,
 * what was handed in is sealed once: one result of seal number 1, whose bytes and receipt never change; and
   one of seal number 2 where the first hand-in was undone,
 * an order that was obeyed stays so, and counts once: what was moved takes no answer any more, and goes on at
   the other PC with all that was acknowledged at the first.
At the end the centre verifies every result.

A kill is not a power cut: what the program wrote survives it without any flush. So the same is done with
tests/torture/forgetful.c, whose disk keeps only what was synced; and with synchronous=OFF on that disk,
where --must-lose wants acknowledged answers to be gone.

Prints TAP. The seed is printed; JIKAO_KILL_SEED repeats a run (its delays, not what the clock does)."""

import argparse
import collections
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
MOVED_AFTER_MAX = 12  # answers
ANSWER_S, MOVE_S = 0.012, 0.04  # about
ENDS_EVERY = 4  # of those that were moved so many are taken to their end
VERIFIED_AT_ONCE = 50
FAULTS_SHOWN = 10


class Act:
    """What a sitting is doing when it is killed."""

    def __init__(self, name, how, delay_s_max, until=None, then=None, ends=False, often=3, is_ordered=False):
        self.name, self.how, self.delay_s_max, self.often = name, how, delay_s_max, often
        self.is_ordered = is_ordered  # by the orders of Exam.make_orders, which are for the first candidate
        self.until = until  # the line at which its base is killed; None: the first
        self.then = then  # the line after which most delays begin; None: the first
        self.ends = ends  # goes on to its end; its time is too fast to be measured


def is_nearly_open(words):
    """Ten seconds of exam time before hand-in opens, and on a busy machine less."""
    return words[0] == "time" and int(words[1]) >= 1_790_000


def is_nearly_done(words):
    """Some milliseconds of real time before it hands in, when that is open."""
    return words[0] == "saved" and int(words[1]) >= 80


def is_obeyed(words):
    return words[0] == "obeyed"


# Where time is measured, 50 ms lost to a slow disk are one second of exam time.
BEGIN = Act("begin", ("--speed", "20", "--minutes", "0", "--rounds", "1000"), BEGIN_S_MAX)
ACTS = (
    Act("answers", ("--speed", "20", "--minutes", "0", "--rounds", "1000"), 0.1),
    Act("time", ("--speed", "20", "--minutes", "80", "--ticks"), 0.5),
    Act("hand-in", ("--speed", "1000", "--minutes", "0", "--ticks"), 0.045, is_nearly_open, is_nearly_done, True),
    Act("undo", ("--speed", "1000", "--minutes", "0"), 0.02, ends=True, often=1, is_ordered=True),
    Act("move", ("--speed", "20", "--minutes", "0", "--rounds", "1000"), 0.2, often=1, is_ordered=True),
)
BEGIN_EVERY = 40  # guesses at codes are dear: most sittings go on with the copy of one


class Base:
    """A sitting that was begun, brought to where an act starts, and killed. Its store is copied. The one of
    an act to undo is sealed."""

    def __init__(self, exam, place, act, seed):
        self.seat, self.place, self.made_at = 0 if act.is_ordered else place, place, time.monotonic()
        sitting = exam.begin(place, self.seat, "--seed", seed, *act.how)
        self.opened = wait_until_open(sitting)
        if act.until is not None:
            sitting.wait_for(act.until, self.opened.after)
        self.is_over = act.name == "undo"
        self.lines, _ = sitting.rest() if self.is_over else sitting.kill()

    def is_fresh(self):
        return self.is_over or time.monotonic() - self.made_at < BASE_S_MAX


class Killer:
    """Kills in some threads at once until there were enough."""

    def __init__(self, exam, judge, wanted, seed):
        self.exam, self.judge, self.wanted, self.seed = exam, judge, wanted, seed
        self.lock = threading.Lock()
        self.next_place, self.too_late, self.kills = 0, 0, {act.name: 0 for act in (BEGIN, *ACTS)}
        self.came_back_sealed, self.sealed, self.problem = 0, [], None
        self.came_back = collections.Counter()  # by act and state

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
                do = {"undo": self.undo, "move": self.move}.get(act.name, self.live)
                do(place, act, bases[act], chance)
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

    def look(self, place, act, before, lines, after, is_timed=True):
        """Compares what a run found and did then, which is in its lines, with what is found after it."""
        is_timed = is_timed and act not in (BEGIN, *(other for other in ACTS if other.ends))
        with self.lock:
            self.came_back[f"{act.name} {after.state}"] += 1
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
            self.end(place, sitting, lambda: self.exam.resume(place, base.seat, base.opened.record), seen)
        else:
            sitting.kill()
        shutil.rmtree(self.exam.store(place))

    def undo(self, place, act, base, chance):
        """A sealed sitting is told to go on, and hands in again. The order is obeyed once, whatever happens."""
        for path in (self.exam.store, self.exam.out):
            shutil.copytree(path(base.place), path(place))
        order = ("--order", "end:" + self.exam.path("undo.jkorder"))
        opened, lines, is_undone = base.opened, base.lines, False
        seen = Sealed(f"place {place} (undo)", self.judge, seals=2)
        seen.look(lines, self.exam.results(place))
        for _ in range(KILLS_PER_SITTING):
            how = ("--seed", draw_seed(chance), *act.how, *order)
            sitting = self.exam.resume(place, base.seat, base.opened.record, *how)
            delay_s = chance.uniform(0, act.delay_s_max)
            is_armed = not is_undone and chance.random() < 0.5
            if is_armed:
                sitting.arm(is_obeyed, delay_s * CLOSE**2)
            again = wait_until_open(sitting)
            self.look(place, act, opened, lines, again)
            if is_armed:
                sitting.listener.join()
            elif again.state == "running":
                delay_s /= CLOSE
            opened, lines = again, self.kill(act, sitting, delay_s)
            is_undone |= any(map(is_obeyed, lines))
            seen.look(lines, self.exam.results(place))
        # One that was obeyed is not given again.
        how = ("--seed", draw_seed(chance), *act.how, *(() if is_undone else order))
        sitting = self.exam.resume(place, base.seat, base.opened.record, *how)
        self.look(place, act, opened, lines, wait_until_open(sitting))
        self.end(
            place, sitting, lambda: self.exam.resume(place, base.seat, base.opened.record, *act.how, *order), seen
        )
        if len(seen.results) != 2:
            seen.complain(f"undone, and there is no second result: {sorted(seen.results)}")
        shutil.rmtree(self.exam.store(place))

    def move(self, place, act, base, chance):
        """Killed on its way to another PC: at the first one, which then is done with it, and at the second."""
        there, capsule, order = f"{place}-2", self.exam.path(f"{place}.jkcapsule"), self.exam.path("move.jkorder")
        shutil.copytree(self.exam.store(base.place), self.exam.store(place))
        shutil.copytree(self.exam.store("spare"), self.exam.store(there))
        opened, lines = self.leave(place, act, base, chance, capsule)

        # At speed: nothing is said of its time but that none is lost.
        how = ("--seed", draw_seed(chance), "--speed", "1000", "--minutes", "0")
        said = self.kill(act, self.exam.arrive(there, capsule, order, *how), chance.uniform(0, act.delay_s_max))
        again = Opened(said)
        if not again.is_open:
            with self.lock:
                self.came_back["move arriving"] += 1
        else:
            self.look_at_arrival(there, act, opened, lines, again)
            opened, lines = again, said
        sitting = self.exam.arrive(there, capsule, order, *how)
        self.look_at_arrival(there, act, opened, lines, wait_until_open(sitting))
        if place % ENDS_EVERY == 0:
            seen = Sealed(f"place {there} (move)", self.judge)
            self.end(there, sitting, lambda: self.exam.arrive(there, capsule, order), seen)
        else:
            sitting.kill()
        for folder in (place, there):
            shutil.rmtree(self.exam.store(folder))
        os.remove(capsule)

    def leave(self, place, act, base, chance, capsule):
        """The first PC, until it has obeyed and written the capsule. What it found and did before that."""
        opened, lines = base.opened, base.lines
        answers = chance.randrange(MOVED_AFTER_MAX)
        order = ("--order", f"{answers}:{self.exam.path('move.jkorder')}", "--capsule", capsule)
        for is_last in (False, True):
            how = ("--seed", draw_seed(chance), *act.how, *order)
            sitting = self.exam.resume(place, base.seat, base.opened.record, *how)
            again = wait_until_open(sitting)
            self.look(place, act, opened, lines, again)
            opened = again
            if is_last:
                lines, complaint = sitting.rest()
            else:
                lines = self.kill(act, sitting, chance.uniform(0, answers * ANSWER_S + MOVE_S))
        if sitting.process.returncode != 0:
            raise SystemExit(f"Bail out! place {place} does not leave: {complaint}")
        left = self.exam.resume(place, base.seat, base.opened.record, *act.how)
        said, _ = left.rest()
        found = Opened(said)
        self.look(place, act, opened, lines, found, False)
        if found.state != "moved" or len(said) != found.after or left.process.returncode != 1:
            self.judge.sealed.append(f"place {place}: moved, and yet it goes on there as {found.state}")
        return opened, lines

    def look_at_arrival(self, place, act, before, lines, after):
        """What arrives just now does not say how much exam time it brings; it says so when resumed."""
        if after.exam_ms == 0:
            after.exam_ms = max([before.exam_ms, *(int(line[3]) for line in lines if line[0] == "saved")])
        if after.state != "running":
            self.judge.sealed.append(f"place {place}: arrived, and is {after.state}")
        self.look(place, act, before, lines, after, False)

    def end(self, place, sitting, resume, seen):
        """Goes on to the end, and looks once more at what is sealed."""
        lines, complaint = sitting.rest()
        seen.look(lines, self.exam.results(place))
        if not seen.receipts:
            seen.complain("no receipt: " + complaint)
            return
        again = resume()
        lines, complaint = again.rest()
        if any(map(is_obeyed, lines)):
            seen.complain("an order was obeyed twice")
        seen.look(lines, self.exam.results(place))
        if again.process.returncode != 0:
            seen.complain("it did not end well: " + complaint)
        with self.lock:
            self.sealed += [os.path.join(self.exam.out(place), name) for name in seen.results]


def draw_seed(chance):
    return str(chance.randrange(2**30))


class Sealed:
    """What was seen of one sitting's result so far; whatever contradicts it is a fault."""

    def __init__(self, name, judge, seals=1):
        self.name, self.judge = name, judge
        self.names = {f"s{n}.jkresult" for n in range(1, seals + 1)}  # how those that may be there end
        self.receipts, self.results = set(), {}

    def look(self, lines, results):
        for words in lines:
            if words[0] == "receipt":
                self.receipts.add(words[1])
            if words[0] == "result" and words[1] not in results:
                self.complain(f"{words[1]} was named and is not there")
        for name, data in self.results.items():
            if results.get(name) != data:
                self.complain(f"{name} changed, or is gone")
        ends = [name.split("-")[-1] for name in results]
        if len(set(ends)) < len(ends) or not set(ends) <= self.names or len(self.receipts) > len(self.names):
            self.complain(f"more than {sorted(self.names)}: {sorted(results)}, receipts {sorted(self.receipts)}")
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
    print("# came back: " + ", ".join(f"{n} {how}" for how, n in sorted(killer.came_back.items())))
    print(f"# {judge.checked} acknowledged answers; largest gain {judge.worst_gain_ms} ms")
    print(f"# kills {kills} bad {bad}")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--acts", default=",".join(act.name for act in ACTS))
    parser.add_argument("--exam", help="the folder of one that was made before")
    parser.add_argument("--must-lose", action="store_true")
    parser.add_argument("ctl")
    parser.add_argument("source")
    options = parser.parse_args()
    if options.must_lose:
        return must_lose()
    chosen = [act for act in ACTS if act.name in options.acts.split(",")]
    # Often ones in every round, all of them in the first.
    acts = [act for n in range(3) for act in chosen if act.often > n]
    ctl, source = os.path.abspath(options.ctl), os.path.abspath(options.source)
    seed = os.environ.get("JIKAO_KILL_SEED", str(random.SystemRandom().randrange(2**32)))
    # More at once, and each waits longer for processor and disk, in exam time.
    judge = Judge(slack_ms=1500 * options.jobs)
    print(f"1..5\n# seed {seed}", flush=True)
    # Beside the build, not in a folder that may be in memory.
    with tempfile.TemporaryDirectory(prefix="kill-", dir=os.path.dirname(ctl)) as folder:
        exam = Exam(ctl, source, folder, options.exam)
        if any(act.is_ordered for act in acts):
            exam.make_orders()
        killer = Killer(exam, judge, options.kills, seed)
        killer.run(acts, options.jobs)
        unverified = verify(exam, killer.sealed)
    return report(judge, killer, unverified)


if __name__ == "__main__":
    sys.exit(main())
