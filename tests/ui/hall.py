# SPDX-License-Identifier: Apache-2.0
"""The demonstration's exam for tests of the window: a hall with its session, and the codes and people of it."""

import csv
import fcntl
import os
import shutil
import sys

import uitest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.abspath(os.environ.get("JIKAO_SOURCE_ROOT", os.path.join(HERE, "../..")))
CTL = os.path.join(uitest.BUILD, "src/tool/jikaoctl")
sys.path.insert(0, os.path.join(SOURCE, "tests/torture"))
import exam


def make_once():
    """The folder of an exam, made by the first who asks since jikaoctl was last built: it takes ten
    seconds, and is the same for all."""
    found = os.stat(CTL)
    kept = os.path.join(uitest.BUILD, "tests/ui/exams")
    os.makedirs(kept, exist_ok=True)
    made = os.path.join(kept, f"{found.st_mtime_ns:x}-{found.st_size:x}")
    with open(kept + ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(made):
            shutil.rmtree(kept)
            exam.Exam(CTL, SOURCE, made + ".new")
            os.rename(made + ".new", made)
    return made


class Candidate:
    def __init__(self, record, row):
        self.record, self.name, self.seat = record, row["姓名"], row["座位号"]
        self.admission, self.id_number = row["准考证号"], row["证件号码"]


class Hall:
    """An exam in a folder of its own, with an inbox that holds session and bank. A seat is a number of the
    roster, 0 first; its PC is told to be "seat N", and its store is found by that."""

    def __init__(self, folder, made=None):
        """made is what make_once gave, where this process cannot make it."""
        self.exam = exam.Exam(CTL, SOURCE, folder, made or make_once())
        self.room_code, self.start_code = self.exam.room_code, self.exam.start_code
        with open(os.path.join(SOURCE, "data/demo/roster.csv"), encoding="utf-8-sig", newline="") as file:
            self.candidates = [Candidate(record, row) for record, row in enumerate(csv.DictReader(file))]
        self.inbox = self.exam.make_inbox()

    def list_options(self, seat):
        """What jikao is told at a seat."""
        options = {
            "store": self.exam.store(seat),
            "authorities": self.exam.path("authorities"),
            "inbox": self.inbox,
            "hardware": f"seat {seat}",
        }
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def sit_until(self, seat, answers):
        """Lets the candidate of a seat, without a window, log in, start and give so many answers; then the
        power goes. What the window shows next is what it made of that."""
        sitting = self.exam.begin(seat, seat)
        found = -1
        for _ in range(answers):
            found = sitting.wait_for(lambda words: words[0] == "saved", found + 1)
            assert found is not None, sitting.rest()[1]
        return sitting.kill()[0]
