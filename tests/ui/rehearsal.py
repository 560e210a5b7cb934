# SPDX-License-Identifier: Apache-2.0
"""A rehearsal for tests of the window: keys, bank and session made by jikaoctl as an office makes them, once
for a test program, and the way of a candidate through the pages."""

import datetime
import os
import re
import shutil
import subprocess
import tempfile

import uitest

SOURCE = os.environ.get("JIKAO_SOURCE_ROOT", os.path.join(uitest.HERE, "../.."))
CTL = os.path.join(uitest.BUILD, "src/tool/jikaoctl")
CHINA = datetime.timezone(datetime.timedelta(hours=8))
AUTHORITY, CENTRE = "rehearsed authority", "rehearsed centre"

# Of data/demo/roster.csv.
ADMISSION, ID_NUMBER, NAME, SEAT = "2101050340101012", "110108190001010019", "安知行", "01"
OTHER_ADMISSION, OTHER_ID_NUMBER = "2101050340101020", "110108190002170049"
N_ITEMS = 90

# Nobody is late for a test, and nobody reads for half a minute.
RULES = {
    "reading-s": 1,
    "earliest-hand-in-min": 0,
    "latest-entry-min": 120,
    "absent-after-min": 125,
    "late-shortens": "false",
}


class Rehearsal:
    """Files in a folder of their own. starts_in_min is from now; policy replaces values of the standard one."""

    def __init__(self, starts_in_min=10, policy=None):
        self.folder = tempfile.mkdtemp(prefix="jikao-rehearsal.")
        self.inbox = self.path("inbox")
        self.counter = 0
        self._write_inputs(starts_in_min, {**RULES, **(policy or {})})
        self._build()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def _write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8", opener=lambda path, how: os.open(path, how, 0o600)) as file:
            file.write(text)
        return self.path(name)

    def _write_inputs(self, starts_in_min, policy):
        starts = datetime.datetime.now(CHINA) + datetime.timedelta(minutes=starts_in_min)
        with open(os.path.join(SOURCE, "data/policies/standard.ini"), encoding="utf-8") as file:
            rules = file.read()
        for key, value in policy.items():
            rules, found = re.subn(rf"^{key}=.*$", f"{key}={value}", rules, flags=re.M)
            rules += "" if found else f"\n{key}={value}\n"
        self._write("policy.ini", rules)
        self._write(
            "session.ini",
            "\n".join(
                [
                    "[session]",
                    "name=rehearsal",
                    f"plan={SOURCE}/data/plans/call-centre-2021.ini",
                    "batch=1",
                    "policy=policy.ini",
                    f"blueprint={SOURCE}/data/blueprints/call-centre-4.ini",
                    f"roster={SOURCE}/data/demo/roster.csv",
                    "subject=theory",
                    f"starts={starts:%Y-%m-%dT%H:%M}",
                    "rehearsal=true",
                    "start-code=whole",
                    "",
                ]
            ),
        )
        self.office = self._write(
            "office.secrets", f"authority-passphrase={AUTHORITY}\ncentre-passphrase={CENTRE}\n"
        )

    def _build(self):
        os.mkdir(self.path("authorities"))
        os.mkdir(self.inbox)
        for kind, secret in (("authority", AUTHORITY), ("centre", CENTRE)):
            self._write("new.secrets", f"passphrase={secret}\n")
            self.run("key", "new", "--kind", kind, "--name", kind, "--secrets", "new.secrets", kind)
        shutil.copy(self.path("authority.jkpub"), self.path("authorities", "demonstration.rehearsal.jkpub"))
        keys = ["--authority", "authority.jkkey", "--centre", "centre.jkpub", "--secrets", self.office]
        self.run("bank", "build", *keys, "--out", "bank", f"{SOURCE}/question-banks/call-centre-4/bank.ini")
        self.run("session", "build", "--bank", "bank.jkbank", *keys, "--out", "hall", "session.ini")
        for name in os.listdir(self.path("hall")):
            if name.endswith((".jksession", ".jkbank")):
                shutil.copy(self.path("hall", name), self.inbox)
            if name.endswith("envelopes.txt"):
                self._read_codes(self.path("hall", name))

    def _read_codes(self, path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        find = lambda title: re.search(rf"^\f?{title}.*?^    (\S+)", text, re.M | re.S).group(1)
        self.room_code, self.start_code = find("ROOM CODE"), find("START CODE")
        self.passcodes = {role: find(f"PASSCODE, role {role}") for role in ("chief", "proctor")}

    def run(self, *words):
        done = subprocess.run(
            [CTL, *words], cwd=self.folder, env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{words[:2]}: {done.stderr}"
        return done.stdout

    def find_session(self):
        return next(os.path.join(self.inbox, name) for name in os.listdir(self.inbox) if name.endswith(".jksession"))

    def order(self, act, *options):
        """An order of both proctors into the inbox."""
        self.counter += 1
        # Tests run apart, and each counts for itself.
        folder = tempfile.mkdtemp(dir=self.folder)
        once, twice = os.path.join(folder, "once"), os.path.join(folder, "twice")
        common = ["--session", self.find_session(), "--authorities", "authorities"]
        for role, passcode in self.passcodes.items():
            self._write(f"{role}.secrets", f"passcode={passcode}\n")
        self.run("order", "new", *common, "--role", "chief", "--secrets", "chief.secrets", "--act", act, *options, once)
        self.run("order", "sign", *common, "--role", "proctor", "--secrets", "proctor.secrets", once, twice)
        # By its name at once, or the desk would read half of it.
        shutil.copy(twice, os.path.join(self.inbox, ".new"))
        os.rename(os.path.join(self.inbox, ".new"), os.path.join(self.inbox, f"order-{self.counter}.jkorder"))

    def command(self, *options, store="store", seat=SEAT, accessible=True):
        reader = ["--screen-reader"] if accessible else []
        return [
            uitest.JIKAO,
            *reader,
            "--window",
            "--store",
            self.path(store),
            "--authorities",
            self.path("authorities"),
            "--inbox",
            self.inbox,
            "--hardware",
            "rehearsal PC",
            *(["--seat", seat] if seat else []),
            *options,
        ]


def type_into(program, role, name, text):
    """Text into an entry, by its label."""
    entry = program.find(role, name)
    program.click(entry)
    program.display.key("ctrl+a")
    program.display.type(text)


def open_room(program, exam):
    program.find("label", "^未开放登录$")
    program.display.type(exam.room_code)
    program.display.key("Return")
    program.find("push button", "^登录$")


def log_in(program, admission=ADMISSION, id_number=ID_NUMBER):
    type_into(program, "text", "准考证号", admission)
    type_into(program, "text", "证件号码", id_number)
    program.click(program.find("push button", "^登录$", "sensitive"))


def confirm(program):
    program.click(program.find("push button", "^信息无误，确认登录$"))
    program.click(program.find("push button", "^我已阅读$", "sensitive"))
    program.click(program.find("check box", "^我已阅读并承诺遵守$"))
    program.click(program.find("push button", "承诺", "sensitive"))
    program.find("label", "^等待开考$")


def start(program, exam):
    program.click(program.find("text", "启封码"))
    program.display.type(exam.start_code)
    program.display.key("Return")
    program.find("label", "^答题卡$")


def go_in(program, exam):
    """From the closed seat to the first question."""
    open_room(program, exam)
    log_in(program)
    confirm(program)
    start(program, exam)
