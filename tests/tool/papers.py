#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the papers of a session have in common, and what a larger bank would give.

    papers.py [--candidates N] [--copies N,N ...] [--folder DIR] [--tap] JIKAOCTL BANK_INI BLUEPRINT

Makes keys, the bank with each item so many times (numbered copies of its own: the items of a larger bank of
the same make), a roster of N people in halls of 50, and a session; then prints what `jikaoctl session lint`
finds: one row for each size of the bank. With 1,000 people a row takes some minutes, because the numbers
that people log in with cost time by design. The level is the blueprint's. --tap checks the rows as a test:
every paper is filled, and neighbours share less the larger the bank is."""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data")
SEATS = 50
# Batch of the plan, its day, and a path that its roster may claim.
LEVELS = {"4": (1, "2021-04-24", "4-(1)"), "3": (4, "2021-10-23", "3-(1)")}
SHOWN = (
    "items",
    "papers",
    "shared-mean",
    "shared-most",
    "shared-by-neighbours-mean",
    "shared-by-neighbours-most",
    "difficulty-mean",
    "difficulty-min",
    "difficulty-max",
    "items-never-drawn",
    "items-in-every-paper",
    "most-drawn",
    "faults",
)


def write(path, text):
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def copy_item(block, number):
    """A block of GIFT with another id and another stem."""
    block = re.sub(r"\[id:([^\]]+)\]", rf"[id:\1.{number}]", block)
    block = re.sub(r"\[tag:enemy:([^\]]+)\]", rf"[tag:enemy:\1.{number}]", block)
    return re.sub(r"(?m)^(?!//)(?=.)", f"第{number}份，", block, count=1)


def make_source(bank_ini, copies, folder):
    os.makedirs(folder)
    for path in glob.glob(os.path.join(os.path.dirname(bank_ini), "*")):
        target = os.path.join(folder, os.path.basename(path))
        if not path.endswith(".gift"):
            shutil.copyfile(path, target)
            continue
        blocks = [block for block in re.split(r"\n\s*\n", read(path)) if "[id:" in block]
        more = [copy_item(block, number) for number in range(2, copies + 1) for block in blocks]
        write(target, "\n\n".join(blocks + more) + "\n")
    return os.path.join(folder, os.path.basename(bank_ini))


def id_number(index):
    """A number of a day of birth, with its check letter; people of all ages that may sit the exam."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    body = f"110108{1965 + index % 35}{1 + index % 12:02}{1 + index % 28:02}{index % 1000:03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


def make_roster(count, path_claimed):
    lines = ["准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件"]
    for index in range(count):
        number = id_number(index)
        sex = "男" if int(number[16]) % 2 else "女"
        admission = 2101040340100000 + index
        hall, seat = index // SEATS + 1, index % SEATS + 1
        name = "考生" + chr(0x4E00 + index)
        lines.append(f"{admission},{name},{sex},居民身份证,{number},{hall:02},{seat:02},{path_claimed}")
    return "\n".join(lines) + "\n"


class Office:
    def __init__(self, ctl, folder):
        self.ctl, self.folder = ctl, folder
        for kind in ("authority", "centre"):
            write(self.path(kind + ".new"), f"passphrase=papers of {kind}\n")
            secrets = ("--secrets", self.path(kind + ".new"))
            self.run("key", "new", "--kind", kind, "--name", kind, *secrets, self.path(kind))
        write(self.path("secrets"), "authority-passphrase=papers of authority\ncentre-passphrase=papers of centre\n")
        os.mkdir(self.path("pinned"))
        shutil.copy(self.path("authority.jkpub"), self.path("pinned/a.rehearsal.jkpub"))
        self.keys = ("--authority", self.path("authority.jkkey"), "--centre", self.path("centre.jkpub"))
        self.secrets = ("--secrets", self.path("secrets"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *words):
        done = subprocess.run([self.ctl, *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"Bail out! {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-4000:]}")
        return done.stdout

    def make_session(self, blueprint, level, candidates):
        batch, day, claimed = LEVELS[level]
        write(self.path("roster.csv"), make_roster(candidates, claimed))
        lines = (
            f"[session]\nname=papers\nplan={DATA}/plans/call-centre-2021.ini\nbatch={batch}",
            f"policy={DATA}/policies/standard.ini\nblueprint={blueprint}\nroster=roster.csv",
            f"subject=theory\nstarts={day}T09:00\nrehearsal=true\nstart-code=whole\n",
        )
        write(self.path("session.ini"), "\n".join(lines))
        bank = ("--bank", self.path("bank.jkbank"))
        out = ("--out", self.path("session"))
        self.run("session", "build", *bank, *self.keys, *self.secrets, *out, self.path("session.ini"))

    def lint(self):
        (bank,) = glob.glob(self.path("session/*.jkbank"))
        (office,) = glob.glob(self.path("session/*.office"))
        files = ("--bank", bank, "--office", office, "--roster", self.path("session.ini"))
        sessions = sorted(glob.glob(self.path("session/*.jksession")))
        pins = ("--authorities", self.path("pinned"))
        facts = {}
        for line in self.run("session", "lint", *files, *pins, *self.secrets, *sessions).splitlines():
            name, _, value = line.partition(": ")
            facts[name] = facts[name] if name == "most-drawn" and name in facts else value
        return facts


def measure(options, copies):
    with tempfile.TemporaryDirectory(prefix="papers-", dir=options.folder) as folder:
        office = Office(os.path.abspath(options.ctl), folder)
        source = make_source(options.bank_ini, copies, office.path("source"))
        office.run("bank", "build", *office.keys, *office.secrets, "--out", office.path("bank"), source)
        blueprint = os.path.abspath(options.blueprint)
        level = re.search(r"(?m)^level=(\d)$", read(blueprint)).group(1)
        office.make_session(blueprint, level, options.candidates)
        return office.lint()


def print_row(facts):
    print("\t".join(facts.get(name, "-") for name in SHOWN), flush=True)


def check(rows, candidates):
    shared = [float(row["shared-by-neighbours-mean"]) for row in rows]
    points = {
        "every paper is drawn and opens": all(int(row["papers"]) >= candidates for row in rows),
        "no fault is found": all(row["faults"] == "0" for row in rows),
        "the larger the bank, the less neighbours share": shared == sorted(set(shared), reverse=True),
    }
    print(f"1..{len(points)}")
    for number, (name, ok) in enumerate(points.items(), 1):
        print(f"{'ok' if ok else 'not ok'} {number} - {name}")
    return all(points.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--copies", default="1,2,3")
    parser.add_argument("--folder")
    parser.add_argument("--tap", action="store_true")
    for name in ("ctl", "bank_ini", "blueprint"):
        parser.add_argument(name)
    options = parser.parse_args()
    if not options.tap:
        print("\t".join(SHOWN))
    rows = []
    for copies in options.copies.split(","):
        rows.append(measure(options, int(copies)))
        if not options.tap:
            print_row(rows[-1])
    return 0 if not options.tap or check(rows, options.candidates) else 1


if __name__ == "__main__":
    sys.exit(main())
