#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A candidate's whole way in a real window: by mouse, by keyboard alone, with wrong numbers, over a kill, and
to the end of the time with something open."""

import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import exam
import uitest

RECORD = "0"
EXAM = None  # made once, in main


def begin(display, *options):
    """A program in front of a seat that is loaded and closed."""
    return uitest.Program(display, EXAM.command(*options, store=tempfile.mkdtemp(dir=EXAM.folder)))


def find_left_s(program):
    """Seconds left, from the clock on the page."""
    shown = program.find("label", r"^\d+:\d\d:\d\d$").get_name().split(":")
    return int(shown[0]) * 3600 + int(shown[1]) * 60 + int(shown[2])


def find_stem(program, number):
    return program.find("label", rf"^{number}\. ", seconds=uitest.WAIT_S)


def hand_in(program):
    program.click(program.find("push button", "^继续交卷$", "sensitive"))
    program.click(program.find("push button", "^确定交卷$", "sensitive"))
    program.find("label", "交卷成功", seconds=3 * uitest.WAIT_S)
    receipt = program.find("label", r"^[0-9A-Z]{4}(-[0-9A-Z]{4,5}){4}$")
    return receipt.get_name()


def test_a_whole_sitting_by_mouse(display):
    with begin(display) as program:
        exam.go_in(program, EXAM)
        for number in range(1, exam.N_ITEMS + 1):
            find_stem(program, number)
            choice = next(program.find_all("radio button")) if number <= 70 or number > 70 else None
            program.click(choice)
            program.wait("the choice", lambda: program.has_state(choice, "checked"))
            if number < exam.N_ITEMS:
                program.click(program.find("push button", "^下一题$"))
        program.find("label", f"^已答 {exam.N_ITEMS} / {exam.N_ITEMS}$")
        program.find("label", "^已保存 ")
        program.click(program.find("push button", "^交卷$", "sensitive"))
        display.take_picture("sitting-hand-in")
        hand_in(program)
        display.take_picture("sitting-receipt")
        assert "WARNING" not in program.read_log(), program.read_log()


if __name__ == "__main__":
    with exam.Exam() as EXAM:
        uitest.main()
