#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `jikaoctl sit` with SIGKILL at random moments and looks at what is there afterwards.

    kill.py JIKAOCTL SOURCE_ROOT [KILLS [--must-lose]]

The disk, the program and the session are real. Half of the sittings answer without a pause, the
others let time pass between two answers. After each kill the sitting is resumed without any code, and
 * every answer that was acknowledged is there,
 * exam time is not below that of the last acknowledged answer,
 * at most five seconds of exam time are gained.
At the end one sitting that was killed goes on to its hand-in, and the centre verifies it.

A kill is not a power cut: what the program wrote survives it without any flush. So the same is done with
tests/tool/forgetful.c, whose disk keeps only what was synced; and with synchronous=OFF on that disk, where
--must-lose wants acknowledged answers to be gone.

Prints TAP. The seed is printed; JIKAO_KILL_SEED repeats a run."""

import os
import queue
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

SPEED = 20  # exam time to real time: 50 ms lost to a slow disk are one second of exam time
GAIN_MS_MAX = 5000
SLACK_MS = 1500  # a tick, and a flush of 25 ms
KILLS_PER_SITTING = 3  # what the policy lets a sitting come back from by itself
DELAY_S_MAX = 0.5  # ten seconds of exam time
BUSY = ("--minutes", "0", "--rounds", "1000")
SLOW = ("--minutes", "80", "--ticks")  # 53 s of exam time to an answer


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise SystemExit(f"Bail out! {' '.join(command)} failed:\n# {done.stdout}")
    return done.stdout


def code_below(title, pages):
    """The code on the page with that title: the line with four blanks before it."""
    return re.search(title + r".*?\n    (\S+)\n", pages, re.S).group(1)


class Exam:
    """Keys, bank and session of the demonstration, made once."""

    def __init__(self, ctl, source, folder):
        self.ctl, self.folder = ctl, folder
        self.write("a.secrets", "passphrase=kill test authority\n")
        self.write("c.secrets", "passphrase=kill test centre\n")
        self.write(
            "office.secrets",
            "authority-passphrase=kill test authority\ncentre-passphrase=kill test centre\n",
        )
        os.makedirs(self.path("authorities"))
        for kind, name in (("authority", "a"), ("centre", "c")):
            secrets = self.path(name + ".secrets")
            run(ctl, "key", "new", "--kind", kind, "--name", "kill", "--secrets", secrets, self.path(name))
        shutil.copy(self.path("a.jkpub"), self.path("authorities/kill.rehearsal.jkpub"))
        keys = ("--authority", self.path("a.jkkey"), "--centre", self.path("c.jkpub"))
        keys += ("--secrets", self.path("office.secrets"))
        bank_ini = os.path.join(source, "question-banks/call-centre-4/bank.ini")
        run(ctl, "bank", "build", *keys, "--out", self.path("bank"), bank_ini)
        session_ini = os.path.join(source, "data/demo/session.ini")
        bank = self.path("bank.jkbank")
        run(ctl, "session", "build", "--bank", bank, *keys, "--out", self.path("session"), session_ini)
        files = [self.path("session/" + name) for name in os.listdir(self.path("session"))]
        self.session = next(name for name in files if name.endswith(".jksession"))
        self.bank = next(name for name in files if name.endswith(".jkbank"))
        self.candidates = self.write_candidates(
            next(name for name in files if name.endswith("envelopes.txt")),
            os.path.join(source, "data/demo/roster.csv"),
        )

    def write_candidates(self, envelopes, roster):
        with open(envelopes, encoding="utf-8") as text:
            pages = text.read()
        room, start = (code_below(title, pages) for title in ("ROOM CODE", "START CODE"))
        with open(roster, encoding="utf-8") as lines:
            rows = [line.strip().split(",") for line in lines][1:]
        for n, row in enumerate(rows):
            self.write(
                f"seat-{n}.secrets",
                f"room-code={room}\nstart-code={start}\nadmission={row[0]}\nid-number={row[4]}\n",
            )
        self.write("no.secrets", "nothing=at all\n")
        return len(rows)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(os.open(self.path(name), mode, 0o600), "w", encoding="utf-8") as out:
            out.write(text)

    def sit(self, number, secrets, *how):
        command = [self.ctl, "sit", "--session", self.session, "--bank", self.bank]
        command += ["--store", self.path(f"store-{number}"), "--hardware", f"seat {number}"]
        command += ["--authorities", self.path("authorities"), "--out", self.path("results")]
        command += ["--secrets", self.path(secrets), "--speed", str(SPEED), *how]
        return Sitting(command)

    def begin(self, number, *how):
        return self.sit(number, f"seat-{number % self.candidates}.secrets", *how)

    def resume(self, number, record, *how):
        """Without any code: what its file of secrets holds opens nothing."""
        return self.sit(number, "no.secrets", "--resume", str(record), *how)

    def verify(self):
        results = [self.path("results/" + name) for name in os.listdir(self.path("results"))]
        common = ("--session", self.session, "--authorities", self.path("authorities"))
        keys = ("--centre", self.path("c.jkkey"), "--secrets", self.path("office.secrets"))
        return run(self.ctl, "result", "verify", *common, *keys, *results)


class Sitting:
    """A running program. It is listened to all the time: one that waits for a full pipe to be emptied
    has all its answers on disk, and a kill would prove nothing."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = queue.SimpleQueue()
        self.listener = threading.Thread(target=self.listen)
        self.listener.start()

    def listen(self):
        # A line that was cut by the kill was not printed.
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                self.lines.put(line.decode().rstrip("\n").split("\t"))
        self.lines.put(None)

    def rest(self):
        """Every line up to the end, and what it complained of."""
        self.listener.join()
        complaint = self.process.stderr.read().decode()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.wait()
        return list(iter(self.lines.get, None)), complaint

    def kill_after(self, delay_s):
        """Lets it answer for a while and kills it; the lines it had printed meanwhile."""
        time.sleep(delay_s)
        self.process.send_signal(signal.SIGKILL)
        lines, complaint = self.rest()
        if self.process.returncode != -signal.SIGKILL:
            raise SystemExit("Bail out! not killed, but ended: " + complaint)
        return lines


class Opened:
    """What the program found when it opened the sitting."""

    def __init__(self, sitting):
        self.found = {}
        for words in iter(sitting.lines.get, None):
            if words[0] == "record":
                self.record, self.items = int(words[1]), int(words[2])
            elif words[0] == "resumed":
                self.exam_ms = int(words[1])
            elif words[0] == "found":
                self.found[int(words[1])] = int(words[2])
            elif words[0] == "state":
                self.state = words[1]
                return
        sitting.lines.put(None)
        raise SystemExit("Bail out! the program ended early: " + sitting.rest()[1])


class Judge:
    """Compares what was printed with what is found; keeps what breaks each promise."""

    def __init__(self):
        self.lost, self.below, self.gained = [], [], []
        self.worst_gain_ms, self.checked, self.slow = 0, 0, 0

    def look(self, name, before, lines, after):
        saved = [line for line in lines if line[0] == "saved"]
        self.look_at_answers(name, before, saved, after)
        if saved and after.exam_ms < int(saved[-1][3]):
            self.below.append(f"{name}: {after.exam_ms} ms found, {saved[-1][3]} ms acknowledged")
        if lines:
            # Either line ends with the exam time that its candidate saw.
            gain_ms = int(lines[-1][-1]) - after.exam_ms
            self.worst_gain_ms = max(self.worst_gain_ms, gain_ms)
            self.slow += lines[-1][0] == "time"
            if gain_ms > GAIN_MS_MAX + SLACK_MS:
                self.gained.append(f"{name}: {gain_ms} ms gained")
        if after.exam_ms < before.exam_ms:
            self.below.append(f"{name}: {after.exam_ms} ms found, {before.exam_ms} ms before it")

    def look_at_answers(self, name, before, saved, after):
        acknowledged = dict(before.found)
        for line in saved:
            acknowledged[int(line[1])] = int(line[2])
        self.checked += len(saved)
        # The answer being given at the kill may be on disk without having been acknowledged.
        in_flight = (int(saved[-1][1]) + 1) % after.items if saved else 0
        for position, mask in acknowledged.items():
            found = after.found.get(position)
            if found != mask and (position != in_flight or found is None):
                self.lost.append(f"{name}: position {position}: {mask} acknowledged, {found} found")
        for position in after.found.keys() - acknowledged.keys() - {in_flight}:
            self.lost.append(f"{name}: position {position}: found, but never given")


def kill_often(exam, kills_wanted, chance, judge):
    kills = number = 0
    while kills < kills_wanted:
        how = (BUSY, SLOW)[number % 2]
        sitting = exam.begin(number, "--seed", str(chance.randrange(2**30)), *how)
        opened = Opened(sitting)
        for _ in range(KILLS_PER_SITTING):
            lines = sitting.kill_after(chance.uniform(0, DELAY_S_MAX))
            kills += 1
            seed = str(chance.randrange(2**30))
            sitting = exam.resume(number, opened.record, "--seed", seed, *how)
            again = Opened(sitting)
            if again.state != "running":
                raise SystemExit(f"Bail out! sitting {number} came back as {again.state}")
            judge.look(f"sitting {number}, kill {kills}", opened, lines, again)
            opened = again
        sitting.kill_after(0)
        shutil.rmtree(exam.path(f"store-{number}"))
        number += 1
    return kills, number


def finish(exam, number):
    """A sitting that is killed and then goes on to the end; what is wrong with it."""
    sitting = exam.begin(number, *BUSY)
    record = Opened(sitting).record
    for _ in range(KILLS_PER_SITTING - 1):
        sitting.kill_after(0.1)
        sitting = exam.resume(number, record, *BUSY)
        Opened(sitting)
    sitting.kill_after(0.1)
    lines, complaint = exam.resume(number, record, "--speed", "5000", "--minutes", "1").rest()
    if "receipt" not in (words[0] for words in lines):
        return ["no receipt: " + complaint]
    if "verified: signatures, chain and log-in" not in exam.verify():
        return ["the centre does not verify it"]
    return []


def must_lose():
    """Runs the test itself, which has to fail because answers are gone."""
    done = subprocess.run(
        [sys.executable, *sys.argv[:-1]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lost = done.returncode != 0 and re.search("not ok 1 |Bail out! .*came back|ended early", done.stdout)
    print("1..1\n" + "".join(f"# {line}\n" for line in done.stdout.splitlines()[-20:]))
    print(f"{'ok' if lost else 'not ok'} 1 - without_syncs_answers_are_lost")
    return 0 if lost else 1


def main():
    if sys.argv[-1] == "--must-lose":
        return must_lose()
    ctl, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    kills_wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    seed = int(os.environ.get("JIKAO_KILL_SEED", str(random.SystemRandom().randrange(2**32))))
    judge = Judge()
    print(f"1..5\n# seed {seed}", flush=True)
    # Beside the build, not in a folder that may be in memory.
    with tempfile.TemporaryDirectory(prefix="kill-", dir=os.path.dirname(ctl)) as folder:
        exam = Exam(ctl, source, folder)
        kills, sittings = kill_often(exam, kills_wanted, random.Random(seed), judge)
        unfinished = finish(exam, sittings)
    idle = [] if judge.checked >= kills and judge.slow * 4 >= kills else ["too few"]
    points = (
        ("every_acknowledged_answer_is_there", judge.lost),
        ("exam_time_is_not_below_that_of_an_acknowledged_answer", judge.below),
        ("at_most_five_seconds_are_gained", judge.gained),
        ("a_sitting_that_was_killed_hands_in_and_verifies", unfinished),
        ("enough_was_going_on_to_lose_something", idle),
    )
    for n, (name, faults) in enumerate(points, 1):
        print(f"{'not ok' if faults else 'ok'} {n} - {name}")
        for fault in faults[:10]:
            print("# " + fault)
    print(
        f"# {kills} kills, {judge.slow} of them while time passed; {judge.checked} acknowledged"
        f" answers; largest gain {judge.worst_gain_ms} ms"
    )
    return 1 if any(faults for _, faults in points) else 0


if __name__ == "__main__":
    sys.exit(main())
