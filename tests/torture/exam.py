# SPDX-License-Identifier: Apache-2.0
"""The demonstration's exam in a folder, and `jikaoctl sit` as a process that is listened to."""

import ctypes
import ctypes.util
import glob
import os
import re
import shutil
import signal
import subprocess
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("JIKAO_BUILD_ROOT", os.path.join(HERE, "../../build")))


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"Bail out! {' '.join(command)} failed:\n# {done.stdout}")
    return done.stdout


def read_seal_public(store):
    """The X25519 key of the only station in a store, in hexadecimal, from station.keys (FORMATS.md)."""
    (path,) = glob.glob(os.path.join(store, "*/station.keys"))
    with open(path, "rb") as file:
        secret = file.read()[80:112]
    public = ctypes.create_string_buffer(32)
    ctypes.CDLL(ctypes.util.find_library("sodium")).crypto_scalarmult_base(public, secret)
    return public.raw.hex()


class Exam:
    """Keys, bank and session of the demonstration, made in a folder; or copied from the one where they were
    made before, which takes ten seconds less. session_ini: another session than the demonstration's."""

    def __init__(self, ctl, source, folder, made=None, session_ini=None):
        self.ctl, self.folder, self.stores = ctl, folder, folder
        os.makedirs(folder, exist_ok=True)
        if made is None:
            self.make_bank()
        else:
            shutil.copytree(made, folder, dirs_exist_ok=True)
        if made is None or session_ini is not None:
            self.make_session(session_ini or os.path.join(source, "data/demo/session.ini"))
        files = [self.path("session/" + name) for name in os.listdir(self.path("session"))]
        self.session = next(name for name in files if name.endswith(".jksession"))
        self.bank = next(name for name in files if name.endswith(".jkbank"))
        self.envelopes = next(name for name in files if name.endswith("envelopes.txt"))
        with open(self.envelopes, encoding="utf-8") as text:
            self.pages = text.read()
        self.room_code, self.start_code = (self.code_below(title) for title in ("ROOM CODE", "START CODE"))
        self.candidates = self.write_candidates(os.path.join(source, "data/demo/roster.csv"))

    def make_bank(self):
        self.write("a.secrets", "passphrase=kill test authority\n")
        self.write("c.secrets", "passphrase=kill test centre\n")
        self.write(
            "office.secrets",
            "authority-passphrase=kill test authority\ncentre-passphrase=kill test centre\n",
        )
        os.makedirs(self.path("authorities"))
        for kind, name in (("authority", "a"), ("centre", "c")):
            secrets = self.path(name + ".secrets")
            run(self.ctl, "key", "new", "--kind", kind, "--name", "kill", "--secrets", secrets, self.path(name))
        shutil.copy(self.path("a.jkpub"), self.path("authorities/kill.rehearsal.jkpub"))
        bank_ini = os.path.join(BUILD, "question-banks/call-centre-4/bank.ini")
        run(self.ctl, "bank", "build", *self.keys(), "--out", self.path("bank"), bank_ini)

    def make_session(self, session_ini):
        shutil.rmtree(self.path("session"), ignore_errors=True)
        bank = self.path("bank.jkbank")
        run(self.ctl, "session", "build", "--bank", bank, *self.keys(), "--out", self.path("session"), session_ini)

    def keys(self):
        keys = ("--authority", self.path("a.jkkey"), "--centre", self.path("c.jkpub"))
        return (*keys, "--secrets", self.path("office.secrets"))

    def code_below(self, title):
        """The code on the page of the envelopes with that title: the line with four blanks before it."""
        return re.search(title + r".*?\n    (\S+)\n", self.pages, re.S).group(1)

    def make_inbox(self):
        """A folder in which session and bank have arrived; gives its path."""
        inbox = self.path("inbox")
        os.mkdir(inbox)
        for path in (self.session, self.bank):
            shutil.copy(path, inbox)
        return inbox

    def write_candidates(self, roster):
        with open(roster, encoding="utf-8") as lines:
            rows = [line.strip().split(",") for line in lines][1:]
        for n, row in enumerate(rows):
            self.write(
                f"seat-{n}.secrets",
                f"room-code={self.room_code}\nstart-code={self.start_code}\nadmission={row[0]}\nid-number={row[4]}\n",
            )
        self.write("no.secrets", "nothing=at all\n")
        return len(rows)

    def make_orders(self):
        """What the demonstration's first candidate is ordered: undo.jkorder, signed by two, lets a hand-in be
        undone; move.jkorder moves the sitting to the PC whose keys are in the store "spare"."""
        if os.path.exists(self.path("undo.jkorder")):
            return  # copied
        self.write_passcodes()
        # Nothing is there to go on with; but keys are made.
        self.arrive("spare", self.session, self.session).rest()
        subject = read_seal_public(self.store("spare"))
        self.order("chief", "new", "--act", "move", "--subject", subject, "--record", "0", "--reason", "test",
                   self.path("move.jkorder"))
        self.order_by_two("undo.jkorder", "--act", "reopen", "--record", "0", "--reason", "test")

    def write_passcodes(self):
        for role in ("chief", "proctor"):
            code = self.code_below("PASSCODE, role " + role)
            self.write(role + ".secrets", f"passcode={code}\n")

    def order_by_two(self, name, *how):
        """An order of the chief that a proctor signed too."""
        self.order("chief", "new", *how, self.path(name + ".once"))
        self.order("proctor", "sign", self.path(name + ".once"), self.path(name))

    def order(self, role, command, *how):
        common = ("--session", self.session, "--authorities", self.path("authorities"), "--role", role)
        run(self.ctl, "order", command, *common, "--secrets", self.path(role + ".secrets"), *how)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(os.open(self.path(name), mode, 0o600), "w", encoding="utf-8") as out:
            out.write(text)

    def sit(self, place, seat, secrets, *how):
        """A sitting of a seat; store and results lie at a place of their own."""
        command = [self.ctl, "sit", "--session", self.session, "--bank", self.bank]
        command += ["--store", self.store(place), "--hardware", f"seat {seat}"]
        command += ["--authorities", self.path("authorities"), "--out", self.out(place)]
        return Sitting(command + ["--secrets", self.path(secrets), *how])

    def store(self, place):
        return os.path.join(self.stores, f"store-{place}")

    def out(self, place):
        return self.path(f"results-{place}")

    def begin(self, place, seat, *how):
        """With all codes; goes on where there is a store already."""
        return self.sit(place, seat, f"seat-{seat % self.candidates}.secrets", *how)

    def resume(self, place, seat, record, *how):
        """Without any code: what its file of secrets holds opens nothing."""
        return self.sit(place, seat, "no.secrets", "--resume", str(record), *how)

    def arrive(self, place, capsule, order, *how):
        """On the PC of the store "spare", of which the store of the place is a copy."""
        how = ("--hardware", "spare", "--arrive", capsule, "--by", order, *how)
        return self.sit(place, 0, "no.secrets", *how)

    def results(self, place):
        """The results of a place, by name. What a kill left of a copy has no name yet."""
        folder = self.out(place)
        names = os.listdir(folder) if os.path.isdir(folder) else []
        found = {}
        for name in names:
            if name.endswith(".jkresult"):
                with open(os.path.join(folder, name), "rb") as file:
                    found[name] = file.read()
        return found

    def verify(self, paths):
        common = ("--session", self.session, "--authorities", self.path("authorities"))
        keys = ("--centre", self.path("c.jkkey"), "--secrets", self.path("office.secrets"))
        return run(self.ctl, "result", "verify", *common, *keys, *paths)


class Sitting:
    """A running program. It is listened to all the time: one that waits for a full pipe to be emptied
    has all its answers on disk, and a kill would prove nothing."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        self.lines, self.is_over = [], False
        self.deadly, self.delay_s = None, 0
        self.news = threading.Condition()
        self.listener = threading.Thread(target=self.listen)
        self.listener.start()

    def listen(self):
        # A line that was cut by the kill was not printed.
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                with self.news:
                    words = line.decode().rstrip("\n").split("\t")
                    self.lines.append(words)
                    self.news.notify_all()
                if self.deadly is not None and self.deadly(words):
                    self.deadly = None
                    time.sleep(self.delay_s)
                    self.process.send_signal(signal.SIGKILL)
        with self.news:
            self.is_over = True
            self.news.notify_all()

    def wait_for(self, wanted, start=0):
        """The number of the first line from start that is wanted; None when it ended without one."""
        with self.news:
            while True:
                for n in range(start, len(self.lines)):
                    if wanted(self.lines[n]):
                        return n
                start = len(self.lines)
                if self.is_over:
                    return None
                self.news.wait()

    def arm(self, deadly, delay_s):
        """Kills it so long after the next line that is deadly, with no other thread in between."""
        self.delay_s, self.deadly = delay_s, deadly

    def kill_at(self, deadly, delay_s):
        """The same, and waits until it is over."""
        self.arm(deadly, delay_s)
        self.listener.join()

    def rest(self):
        """Waits for its end. Every line, and what it complained of."""
        self.listener.join()
        complaint = self.process.stderr.read().decode()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.wait()
        return self.lines, complaint

    def kill(self):
        """Kills it. Every line that it had printed, and whether it was still there to be killed."""
        self.process.send_signal(signal.SIGKILL)
        lines, complaint = self.rest()
        if self.process.returncode not in (0, -signal.SIGKILL):
            raise SystemExit("Bail out! not killed, but ended: " + complaint)
        return lines, self.process.returncode != 0


class Opened:
    """What the program says it found; lines[after:] are what it did then. is_open is False where it had
    not come so far."""

    def __init__(self, lines):
        self.found, self.exam_ms, self.items, self.after, self.is_open = {}, 0, 1, 0, False
        for words in lines:
            self.after += 1
            if words[0] == "record":
                self.record, self.items = int(words[1]), int(words[2])
            elif words[0] == "resumed":
                self.exam_ms = int(words[1])
            elif words[0] == "found":
                self.found[int(words[1])] = int(words[2])
            elif words[0] == "state":
                self.state, self.is_open = words[1], True
                return


def wait_until_open(sitting):
    if sitting.wait_for(lambda words: words[0] == "state") is None:
        raise SystemExit("Bail out! the program ended early: " + sitting.rest()[1])
    return Opened(sitting.lines)


class Judge:
    """Compares what was printed with what is found; keeps what breaks each promise."""

    GAIN_MS_MAX = 5000

    def __init__(self, slack_ms):
        self.slack_ms = slack_ms
        self.lost, self.below, self.gained, self.sealed = [], [], [], []
        self.worst_gain_ms, self.checked, self.slow = 0, 0, 0
        self.lock = threading.Lock()

    def look(self, name, before, lines, after, is_timed, later=()):
        """later: lines that may have been printed after what is judged."""
        with self.lock:
            saved = [line for line in lines if line[0] == "saved"]
            open_ones = [line for line in later if line[0] == "saved"]
            self.look_at_answers(name, before, saved, open_ones, after)
            if saved and after.exam_ms < int(saved[-1][3]):
                self.below.append(f"{name}: {after.exam_ms} ms found, {saved[-1][3]} ms acknowledged")
            if after.exam_ms < before.exam_ms:
                self.below.append(f"{name}: {after.exam_ms} ms found, {before.exam_ms} ms before it")
            timed = [line for line in lines if line[0] in ("saved", "time")]
            if timed and is_timed:
                # Either line ends with the exam time that its candidate saw.
                gain_ms = int(timed[-1][-1]) - after.exam_ms
                self.worst_gain_ms = max(self.worst_gain_ms, gain_ms)
                self.slow += timed[-1][0] == "time"
                if gain_ms > self.GAIN_MS_MAX + self.slack_ms:
                    self.gained.append(f"{name}: {gain_ms} ms gained")

    def look_at_answers(self, name, before, saved, later, after):
        acknowledged = dict(before.found)
        for line in saved:
            acknowledged[int(line[1])] = int(line[2])
        self.checked += len(saved)
        # The answer being given at the kill may be on disk without having been acknowledged.
        last = [*saved, *later][-1:]
        in_flight = {(int(last[0][1]) + 1) % after.items if last else 0}
        in_flight |= {int(line[1]) for line in later}
        if not saved:
            in_flight.add(0)
        for position, mask in acknowledged.items():
            found = after.found.get(position)
            if found != mask and (position not in in_flight or found is None):
                self.lost.append(f"{name}: position {position}: {mask} acknowledged, {found} found")
        for position in after.found.keys() - acknowledged.keys() - in_flight:
            self.lost.append(f"{name}: position {position}: found, but never given")
