# SPDX-License-Identifier: Apache-2.0
"""A rehearsal for tests of the window: keys, bank and session made by jikaoctl as an office makes them, once
for a test program, and the way of a candidate through the pages."""

import csv
import datetime
import glob
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile

import hall
import uitest
from hall import CTL, SOURCE, exam

CHINA = datetime.timezone(datetime.timedelta(hours=8))

# Of data/demo/roster.csv.
ADMISSION, ID_NUMBER, NAME, SEAT = "2101050340101012", "110108190001010019", "安知行", "01"
OTHER_ADMISSION, OTHER_ID_NUMBER = "2101050340101020", "110108190002170049"
N_ITEMS = 90

# Of the plan, by level.
BATCHES = {3: 4, 4: 1}

# Nobody is late for a test, and nobody reads for half a minute.
RULES = {
    "reading-s": 1,
    "earliest-hand-in-min": 0,
    "latest-entry-min": 120,
    "absent-after-min": 125,
    "late-shortens": "false",
}


class Rehearsal(exam.Exam):
    """Files in a folder of their own. starts_in_min is from now; policy replaces values of the standard one.
    Of the roll only so many people come, after as many as are left out; start_code and name as in
    session.ini; level 3 or 4, which takes another bank."""

    def __init__(
        self, starts_in_min=10, policy=None, people=None, start_code="whole", name="rehearsal", left_out=0, level=4
    ):
        # Beside what is built, on a real disk: TMPDIR may be in memory.
        folder = tempfile.mkdtemp(prefix="jikao-rehearsal.", dir=os.path.join(uitest.BUILD, "tests/ui"))
        path = write_inputs(folder, starts_in_min, policy or {}, people, start_code, name, left_out, level)
        self.level = level
        super().__init__(CTL, SOURCE, folder, hall.make_once(), path)
        self.write_passcodes()
        self.inbox = self.make_inbox()

    def make_session(self, session_ini):
        if self.level != 4:  # what was made once for all
            for path in glob.glob(self.path("bank.jk*")):
                os.remove(path)
            bank_ini = os.path.join(uitest.BUILD, f"question-banks/call-centre-{self.level}/bank.ini")
            exam.run(CTL, "bank", "build", *self.keys(), "--out", self.path("bank"), bank_ini)
        super().make_session(session_ini)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def send_order(self, act, *options):
        """An order of both proctors into the inbox."""
        # Tests run apart, in processes that know nothing of each other.
        names = (f"{os.getpid()}-{n}.jkorder" for n in itertools.count())
        name = next(name for name in names if not os.path.exists(self.path(name)))
        self.order_by_two(name, "--act", act, *options)
        # By its name at once, or the desk would read half of it.
        shutil.copy(self.path(name), os.path.join(self.inbox, ".new"))
        os.rename(os.path.join(self.inbox, ".new"), os.path.join(self.inbox, name))

    def read_people(self):
        """The roll, a dict for each row."""
        with open(self.path("roster.csv"), encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def move_to(self, starts_in_min):
        """The office moves the session to another time; gives the path of what it sends."""
        starts = write_start(starts_in_min)
        self.write("amendment.ini", f"[amendment]\nnumber=1\nreason=改期\n[window]\nstarts={starts}\n")
        (office,) = glob.glob(self.path("session/*.office"))
        keys = ("--authority", self.path("a.jkkey"), "--secrets", self.path("office.secrets"))
        out = self.path("amendments")
        os.makedirs(out, exist_ok=True)
        exam.run(CTL, "session", "amend", *self.of_the_hall(), "--office", office, *keys, "--out", out,
                 self.path("amendment.ini"))
        (path,) = glob.glob(os.path.join(out, "*.jkamend"))
        return path

    def ask(self, *words):
        """What jikaoctl says, as objects."""
        done = subprocess.run([CTL, "--json", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"jikaoctl {words[:2]} gave {done.returncode}:\n{done.stdout}{done.stderr}"
        return [json.loads(line) for line in done.stdout.splitlines()]

    def check_sheet(self, *files):
        """What handin check says of closing sheets and results."""
        (said,) = self.ask("handin", "check", *self.of_the_hall(), *files)
        return said

    def of_the_hall(self):
        return ("--session", self.session, "--authorities", self.path("authorities"))

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


def write_start(in_min):
    """So many minutes from now, as a session says it."""
    return f"{datetime.datetime.now(CHINA) + datetime.timedelta(minutes=in_min):%Y-%m-%dT%H:%M}"


def write_inputs(folder, starts_in_min, policy, people, start_code, name, left_out, level):
    """What is written of a session by hand; gives its path."""
    with open(os.path.join(SOURCE, "data/policies/standard.ini"), encoding="utf-8") as file:
        rules = file.read()
    for key, value in {**RULES, **policy}.items():
        rules, found = re.subn(rf"^{key}=.*$", f"{key}={value}", rules, flags=re.M)
        rules += "" if found else f"\n{key}={value}\n"
    with open(os.path.join(folder, "policy.ini"), "w", encoding="utf-8") as file:
        file.write(rules)
    with open(os.path.join(SOURCE, "data/demo/roster.csv"), encoding="utf-8-sig") as file:
        rows = file.readlines()
    with open(os.path.join(folder, "roster.csv"), "w", encoding="utf-8") as file:
        chosen = rows[:1] + rows[1 + left_out :][: people or len(rows)]
        file.writelines(re.sub(r",4-\(\d\)$", f",{level}-(1)", row) if level != 4 else row for row in chosen)
    lines = [
        "[session]",
        f"name={name}",
        f"plan={SOURCE}/data/plans/call-centre-2021.ini",
        f"batch={BATCHES[level]}",
        "policy=policy.ini",
        f"blueprint={SOURCE}/data/blueprints/call-centre-{level}.ini",
        "roster=roster.csv",
        "subject=theory",
        f"starts={write_start(starts_in_min)}",
        "rehearsal=true",
        f"start-code={start_code}",
    ]
    path = os.path.join(folder, "session.ini")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


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
