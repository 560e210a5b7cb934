#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Power cuts under `jikaoctl sit` on a real ext4, without a device mapper.

    powercut.py [--rounds N] [--exam FOLDER] [--must-lose] JIKAOCTL SOURCE_ROOT

The store lies on ext4 in a file, mounted with commit=300, so that the file system writes nothing by itself
that nobody asked for. In the middle of a sitting the program is stopped and the file is copied: what a disk
would hold at that moment, and nothing that is only in the page cache of the file system inside. The copy is
mounted, which replays ext4's own journal, and the sitting is resumed there: what had been acknowledged,
that is printed, must be there; exam time too. The copy is of the moment after the stop, so what counts is
what had been printed before.

Half of the rounds cut a sitting that began on this disk just now, half a later one. Needs root, loop
devices and mkfs.ext4; without them it is skipped and says why. --must-lose: with a program that does not
sync, answers must be gone. Prints TAP."""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from exam import Exam, Judge, Opened, wait_until_open

HOW = ("--speed", "20", "--minutes", "0", "--rounds", "1000")
IMAGE_BYTES = 64 * 1024 * 1024
UMOUNT_TRIES = 100


class Missing(Exception):
    """What this machine does not have or does not allow."""


def call(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise Missing(f"{command[0]}: {done.stdout.strip() or done.returncode}")


class Disk:
    """An image with a file system in it, mounted while it is in use."""

    def __init__(self, image, folder):
        self.image, self.folder, self.is_mounted = image, folder, False

    def make(self):
        with open(self.image, "wb") as file:
            file.truncate(IMAGE_BYTES)
        call("mkfs.ext4", "-q", "-F", self.image)

    def mount(self):
        os.makedirs(self.folder, exist_ok=True)
        call("mount", "-o", "loop,commit=300", self.image, self.folder)
        self.is_mounted = True

    def umount(self):
        for _ in range(UMOUNT_TRIES):
            done = subprocess.run(
                ["umount", self.folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
            )
            if done.returncode == 0 or not self.is_mounted:
                self.is_mounted = False
                return
            time.sleep(0.05)
        raise SystemExit(f"Bail out! {self.folder} cannot be unmounted")


def check_machine():
    if os.geteuid() != 0:
        raise Missing("needs root to mount an image")
    if not os.path.exists("/dev/loop-control"):
        raise Missing("no loop devices")
    if shutil.which("mkfs.ext4") is None:
        raise Missing("no mkfs.ext4")


def cut(disk, copy, sitting, delay_s):
    """Lets the sitting go on for a while, stops it, takes the copy and ends it. What it had printed before
    it was stopped, and what it printed until it was."""
    time.sleep(delay_s)
    with sitting.news:
        printed = list(sitting.lines)
    sitting.process.send_signal(signal.SIGSTOP)
    # A flush that was on its way is not interrupted by the stop.
    time.sleep(0.05)
    shutil.copyfile(disk.image, copy.image)
    lines, _ = sitting.kill()
    return printed, lines[len(printed) :]


def one_round(exam, judge, disk, copy, number, chance):
    """Cuts one sitting; the store of the exam's place is a folder of the mounted disk."""
    disk.make()
    disk.mount()
    try:
        sitting = exam.begin(number, number, *HOW)
        opened = wait_until_open(sitting)
        if number % 2 == 1:
            time.sleep(chance.uniform(0, 0.2))
            lines, _ = sitting.kill()
            sitting = exam.resume(number, number, opened.record, *HOW)
            judge.look(f"round {number}, kill", opened, lines[opened.after :], wait_until_open(sitting), True)
            opened = Opened(sitting.lines)
        lines, later = cut(disk, copy, sitting, chance.uniform(0, 0.6))
    finally:
        disk.umount()
    os.rename(copy.image, disk.image)
    disk.mount()
    try:
        sitting = exam.resume(number, number, opened.record, *HOW)
        if sitting.wait_for(lambda words: words[0] == "state") is None:
            judge.lost.append(f"round {number}: the sitting does not open: {sitting.rest()[1]}")
            return
        again = Opened(sitting.lines)
        judge.look(f"round {number}", opened, lines[opened.after :], again, True, later)
        sitting.kill()
    finally:
        disk.umount()


def skip(why):
    print(f"1..0 # SKIP {why}\n# powercuts 0 skipped: {why}")
    return 0


def report(judge, rounds, must_lose):
    points = (
        ("every_acknowledged_answer_is_there_after_a_power_cut", judge.lost),
        ("exam_time_is_not_below_that_of_an_acknowledged_answer", judge.below),
        ("at_most_five_seconds_are_gained", judge.gained),
    )
    bad = sum(len(faults) for _, faults in points)
    if must_lose:
        print(f"1..1\n{'ok' if judge.lost else 'not ok'} 1 - without_syncs_answers_are_lost")
    else:
        print("1..3")
        for n, (name, faults) in enumerate(points, 1):
            print(f"{'not ok' if faults else 'ok'} {n} - {name}")
    for _, faults in points:
        for fault in faults[:3]:
            print("# " + fault)
    print(f"# {judge.checked} acknowledged answers")
    print(f"# powercuts {rounds} bad {bad}")
    return int((bad == 0) if must_lose else (bad > 0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--exam", help="the folder of one that was made before")
    parser.add_argument("--must-lose", action="store_true")
    parser.add_argument("ctl")
    parser.add_argument("source")
    options = parser.parse_args()
    ctl, source = os.path.abspath(options.ctl), os.path.abspath(options.source)
    seed = os.environ.get("JIKAO_KILL_SEED", str(random.SystemRandom().randrange(2**32)))
    judge, chance = Judge(slack_ms=3000), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="powercut-", dir=os.path.dirname(ctl)) as folder:
        disk = Disk(os.path.join(folder, "disk.img"), os.path.join(folder, "disk"))
        copy = Disk(os.path.join(folder, "cut.img"), disk.folder)
        try:
            check_machine()
            disk.make()
            disk.mount()
            disk.umount()
        except Missing as missing:
            return skip(str(missing))
        print(f"# seed {seed}", flush=True)
        exam = Exam(ctl, source, os.path.join(folder, "exam"), options.exam)
        exam.stores = disk.folder
        for number in range(options.rounds):
            one_round(exam, judge, disk, copy, number, chance)
    return report(judge, options.rounds, options.must_lose)


if __name__ == "__main__":
    sys.exit(main())
