#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A candidate's whole way in a real window: by mouse, by keyboard alone, over a kill, and to the end of the
time with something open."""

import re
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import rehearsal
import uitest
from rehearsal import ADMISSION, ID_NUMBER, N_ITEMS

EXAM = None  # made once, in main
FAST = 200  # exam time to real time
OPTIONS = ("radio button", "check box")


def begin(display, *options, store=None):
    """A program in front of a seat that is loaded and closed."""
    store = store or tempfile.mkdtemp(dir=EXAM.folder)
    return uitest.Program(display, EXAM.command(*options, store=store))


def read_left_min(program):
    """Minutes left, as the clock tells them to who cannot see it."""
    return int(re.search(r"(\d+) 分钟$", program.find("timer", "^剩余时间").get_name()).group(1))


class Paper:
    """The page of questions, without walking over the whole window for each of them."""

    def __init__(self, program):
        self.program = program
        self.question = program.find("filler", "^JkQuestionView$")
        self.count = program.find("label", rf"^已答 \d+ / {N_ITEMS}$")
        self.next = program.find("push button", "^下一题$", within=self.question)

    def find_item(self, number):
        """Waits until the item of this number is shown, and gives its options."""
        self.program.find("label", rf"^{number}\.$", within=self.question)
        first = self.program.wait("an option", self._find_option)
        return self.program.get_children(first.get_parent())

    def _find_option(self):
        return next(seen for seen in self.program.walk(self.question) if seen.get_role_name() in OPTIONS)

    def wait_answered(self, count):
        self.program.wait(f"{count} answers", lambda: self.count.get_name() == f"已答 {count} / {N_ITEMS}")


def find_receipt(program):
    program.find("label", "^交卷成功", seconds=3 * uitest.WAIT_S)
    return program.find("label", r"^[0-9A-Z]{4}(-[0-9A-Z]{4,5}){4}$").get_name()


def assert_quiet(program):
    """Nothing to complain about in the log."""
    log = program.read_log()
    assert not any(word in log for word in ("WARNING", "CRITICAL", "ERROR")), log


def test_a_whole_sitting_by_mouse(display):
    with begin(display) as program:
        rehearsal.go_in(program, EXAM)
        paper = Paper(program)
        for number in range(1, N_ITEMS + 1):
            choice = paper.find_item(number)[number % 2]
            program.click(choice)
            program.wait("the choice", lambda chosen=choice: program.has_state(chosen, "checked"))
            if number < N_ITEMS:
                program.click(paper.next)
        paper.wait_answered(N_ITEMS)
        program.find("status bar", "^已保存 ")
        # The same option again clears, and a cell of the card, where it is in sight, goes to its item.
        program.click(choice)
        paper.wait_answered(N_ITEMS - 1)
        program.click(program.find("push button", f"^第 {N_ITEMS - 2} 题"))
        paper.find_item(N_ITEMS - 2)
        program.click(program.find("push button", "^交卷$", "sensitive"))
        program.find("label", f"共 {N_ITEMS} 题")
        program.click(program.find("push button", "^查看未答$"))
        paper = Paper(program)
        program.click(paper.find_item(N_ITEMS)[0])
        paper.wait_answered(N_ITEMS)
        program.click(program.find("push button", "^交卷$", "sensitive"))
        program.click(program.find("push button", "^继续交卷$", "sensitive"))
        program.click(program.find("push button", "^确定交卷$", "sensitive"))
        find_receipt(program)
        display.take_picture("sitting-receipt")
        assert_quiet(program)


def test_a_whole_sitting_by_keyboard_alone(display):
    with begin(display) as program:
        program.find("label", "^未开放登录$")
        program.wait("the keyboard in the room code", lambda: program.has_state(program.get_focused(), "editable"))
        display.type(EXAM.room_code)
        display.key("Return")
        program.find("text", "准考证号", "focused")
        display.type(ADMISSION)
        display.key("Return")
        program.find("text", "证件号码", "focused")
        display.type(ID_NUMBER)
        display.key("Return")
        press(program, "push button", "^信息无误，确认登录$")
        program.find("push button", "^我已阅读$", "sensitive")
        press(program, "push button", "^我已阅读$")
        press(program, "check box", "^我已阅读并承诺遵守$", "space")
        press(program, "push button", "^确认承诺$")
        program.find("text", "启封码", "focused")
        display.type(EXAM.start_code)
        display.key("Return")
        paper = Paper(program)
        for number in range(1, N_ITEMS + 1):
            paper.find_item(number)
            display.key("1" if number % 2 else "b")
            paper.wait_answered(number)
            if number < N_ITEMS:
                display.key("Right")
        display.key("f")
        program.find("label", "标记 1$")
        display.key("Delete")
        paper.wait_answered(N_ITEMS - 1)
        display.key("a")
        paper.wait_answered(N_ITEMS)
        display.key("Left")
        paper.find_item(N_ITEMS - 1)
        display.key("F1")
        program.find("label", "^快捷键$")
        display.key("Escape")
        display.key("ctrl+Return")
        program.find("push button", "^返回检查$", "focused")
        press(program, "push button", "^继续交卷$")
        program.find("push button", "^返回检查$", "focused")
        press(program, "push button", "^确定交卷$")
        find_receipt(program)
        assert_quiet(program)


def press(program, role, name, key="Return"):
    """Goes to a control by Tab, as somebody without a mouse does, and presses it."""
    wanted = program.find(role, name, "sensitive")
    for _ in range(30):
        if program.has_state(wanted, "focused"):
            program.display.key(key)
            return
        program.display.key("Tab")
        time.sleep(uitest.POLL_S)
    raise AssertionError(f"Tab does not reach {role} {name}")


def test_after_a_kill_the_same_question_is_back(display):
    store = tempfile.mkdtemp(dir=EXAM.folder)
    with begin(display, store=store) as program:
        rehearsal.go_in(program, EXAM)
        paper = Paper(program)
        for number in range(1, 6):
            paper.find_item(number)
            display.key("2")
            paper.wait_answered(number)
            display.key("Right")
        paper.find_item(6)
        paper.wait_answered(5)
        program.find("status bar", "^已保存 ")
        # Where somebody looks is no answer: it is on the disk a second later.
        time.sleep(2)
        left_min = read_left_min(program)
        program.kill()
    with begin(display, store=store) as program:
        paper = Paper(program)
        paper.find_item(6)
        paper.wait_answered(5)
        program.find(None, "已恢复您在.*（5 题）")
        assert read_left_min(program) >= left_min, "time was lost"
        display.key("Left")
        choice = paper.find_item(5)[1]
        assert program.has_state(choice, "checked")
        assert_quiet(program)


def test_time_runs_out_while_something_is_open(display):
    with begin(display, "--speed", str(FAST)) as program:
        rehearsal.go_in(program, EXAM)
        paper = Paper(program)
        paper.find_item(1)
        display.key("1")
        paper.wait_answered(1)
        display.key("ctrl+Return")
        program.click(program.find("push button", "^继续交卷$", "sensitive"))
        program.find("push button", "^确定交卷$")
        program.find("label", "^考试时间到，系统已自动收卷", seconds=150)
        program.find("label", r"^[0-9A-Z]{4}(-[0-9A-Z]{4,5}){4}$")
        assert_quiet(program)


if __name__ == "__main__":
    with rehearsal.Rehearsal() as EXAM:
        uitest.main()
