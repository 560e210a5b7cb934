#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How long a proctor is busy at each PC, before and after an exam: every key, click and look is counted where
it is made, in the real window, and every wait for the program is measured.

Costs are those of the keystroke-level model (S. K. Card, T. P. Moran, A. Newell: The keystroke-level model for
user performance time with interactive systems, CACM 23, 1980): a key 0.28 s, of a complex code 0.75 s; to point
1.1 s, a press of the mouse's button and its release 0.1 s each; from keyboard to mouse or back 0.4 s; to make
up one's mind 1.35 s, before each code, command and button. A slip of five groups is compared with the screen
group by group, 1.35 s each. What the model has not is assumed: a stick is put in within 3 s, and taken out
within 2; walking from PC to PC is not counted.

    before   stick in; when the room code is asked for, stick out; room code; and where two halves start the
             exam, both halves. Files and the order to copy lie on the stick
    after    stick in; slip and screen compared; stick out. When the closing sheet was made at the desk, once
             more, with the orders that name what was collected, and end the session

By the panel, where no stick may be used, it takes both proctors and more than 30 s: five codes are typed, four
of them passcodes. That is told, and kept from growing."""

import contextlib
import glob
import os
import shutil
import sys
import time

sys.dont_write_bytecode = True
import proctor
import rehearsal
import uitest
from proctor import CHIEF, PROCTOR

EXAM = None  # made once, in main
BEFORE_S_MAX, AFTER_S_MAX, PANEL_S_MAX = 60, 30, 120
KEY_S, CODE_KEY_S, POINT_S, BUTTON_S, HOME_S, MIND_S = 0.28, 0.75, 1.1, 0.2, 0.4, 1.35
STICK_IN_S, STICK_OUT_S = 3, 2
COPIED = "^答卷已导出"


class Proctor:
    """Two hands at a PC: what they do there, and what it costs."""

    def __init__(self, program, port):
        self.program, self.display, self.port = program, program.display, port
        self.steps, self.has_mouse = [], False

    def spend(self, what, seconds):
        self.steps.append((what, seconds))

    def home(self, to_mouse):
        seconds = HOME_S if self.has_mouse != to_mouse else 0
        self.has_mouse = to_mouse
        return seconds

    def key(self, keys):
        self.display.key(keys)
        # What ends a word needs no thought (rule 3 of the model).
        self.spend(keys, self.home(False) + (0 if keys == "Return" else MIND_S) + KEY_S * len(keys.split("+")))

    def type_code(self, what, code, name=None):
        """Letters alone: the entry groups them. name: of the entry, where the keyboard is not there yet."""
        if name is not None:
            self.click("text", name)
        letters = code.replace("-", "")
        self.display.type(letters)
        self.spend(f"{what}, {len(letters)} letters", self.home(False) + MIND_S + CODE_KEY_S * len(letters))

    def click(self, role, name, within=None):
        self.program.click(self.program.find(role, name, "sensitive", within=within))
        self.spend(name, self.home(True) + MIND_S + POINT_S + BUTTON_S)

    def wait(self, what, look):
        began = time.monotonic()
        look()
        self.spend(f"wait for {what}", time.monotonic() - began)

    def wait_for(self, name):
        self.wait(name, lambda: self.program.find("label", name))

    def put_stick_in(self):
        os.symlink(EXAM.path("stick"), self.port)
        self.spend("stick in", STICK_IN_S)

    def take_stick_out(self):
        os.unlink(self.port)
        self.spend("stick out", STICK_OUT_S)

    def compare(self, slip):
        self.spend("slip compared with the screen", MIND_S * len(slip.split("-")))

    def tell(self, title):
        """Prints what was spent, and gives it."""
        total = sum(seconds for _, seconds in self.steps)
        lines = [f"{seconds:6.2f} s  {what}" for what, seconds in self.steps]
        uitest.print_as_comment("\n".join([f"{title}: {total:.1f} s at a PC, {total / 2:.0f} min in a room of 30", *lines]))
        self.steps = []
        return total


@contextlib.contextmanager
def stand_at(display, name):
    """Two hands at a PC of its own."""
    port = EXAM.path(f"{name}-port")
    command = EXAM.command("--inbox", port, "--hardware", f"PC {name}", store=f"store-{name}")
    with uitest.Program(display, command) as program:
        yield Proctor(program, port)


def fill_stick():
    """Session, bank, and the chief's order to every PC to copy its results, given once at a desk."""
    stick = EXAM.path("stick")
    shutil.rmtree(stick, ignore_errors=True)
    os.mkdir(stick)
    for path in (EXAM.session, EXAM.bank):
        shutil.copy(path, stick)
    EXAM.order("chief", "new", "--act", "copy", EXAM.path("stick/copy.jkorder"))


def close_the_room(desk, slip):
    """At a PC of its own, once for the room: the sheet is made, and the stick goes back to each PC."""
    program = desk.program
    proctor.open_panel(program, CHIEF, proctor.get_passcode(EXAM, CHIEF))
    program.find("label", f"^已由{CHIEF}打开$")
    proctor.press(program, "^优盘与文件夹$")
    proctor.name_folder(program, EXAM.path("stick"))
    proctor.press(program, "^收卷单$")
    program.find("label", "^尚未核对回执：")
    program.click(program.find("check box", "^回执单均已与考试机屏幕逐一核对$"))
    program.find("label", "^开考 1，答卷 1，回执 1：三数相符。$")
    proctor.type_passcode(program, "^再次输入您的密码$", proctor.get_passcode(EXAM, CHIEF))
    proctor.second_signs(program, PROCTOR, proctor.get_passcode(EXAM, PROCTOR))
    proctor.press(program, "^签署并写入$")
    program.find("label", "^将优盘依次插入各考试机")
    program.display.take_picture("hands-on-closed")
    (sheet,) = glob.glob(EXAM.path("stick/*.jkhandin"))
    said = EXAM.ask("handin", "show", *EXAM.of_the_hall(), sheet)
    assert slip in [line.get("receipt") for line in said], said


def open_room(hands):
    hands.program.find("label", "^等待场次$")
    hands.put_stick_in()
    hands.wait_for("^未开放登录$")
    hands.take_stick_out()
    hands.type_code("room code", EXAM.room_code)
    hands.key("Return")
    hands.wait("log-in", lambda: hands.program.find("push button", "^登录$"))


def start_in_halves(hands):
    """Where one code is announced, candidates type it."""
    for half, name in (("first", "主考持有的一半"), ("second", "监考持有的一半")):
        hands.type_code(f"{half} half", EXAM.code_below(f"START CODE, {half} half"), name)
    hands.key("Return")
    hands.wait_for("^答题卡$")


def sit(program):
    """The candidate's part; gives the slip."""
    program.click(next(program.find_all("radio button", "^A ")))
    program.find(None, "^已保存 ")
    return proctor.hand_in(program)


def find_result():
    return glob.glob(EXAM.path("stick/*.jkresult"))


def test_a_stick_and_the_codes_are_all_that_a_proctor_brings_to_a_pc(display):
    fill_stick()
    beside = uitest.Display(beside=display, name="desk")
    with beside, stand_at(display, "by-stick") as hands, stand_at(beside, "desk") as desk:
        program = hands.program
        desk.put_stick_in()
        desk.program.find("label", "^未开放登录$")
        desk.take_stick_out()
        open_room(hands)
        rehearsal.log_in(program)
        rehearsal.confirm(program)
        start_in_halves(hands)
        assert hands.tell("before") <= BEFORE_S_MAX
        slip = sit(program)
        hands.put_stick_in()
        hands.wait_for(COPIED)
        display.take_picture("hands-on-copied")
        assert find_result()
        hands.compare(slip)
        hands.take_stick_out()
        close_the_room(desk, slip)
        hands.put_stick_in()
        hands.wait_for("^已收卷")
        hands.take_stick_out()
        assert hands.tell("after") <= AFTER_S_MAX
        program.describe()
        # It has ended, too: nobody comes after.
        program.find("label", "本场考试在本机已经结束，不能再登录。$")
        program.find("label", "^答卷包已导出。监考人员下一步：")
        assert not any(program.find_all("push button", "^下一位考生登录$"))


def collect_at_panel(hands):
    chief, second = (proctor.get_passcode(EXAM, role) for role in (CHIEF, PROCTOR))
    slip = hands.program.find("label", proctor.RECEIPT).get_name()
    hands.key("ctrl+alt+p")
    hands.click("radio button", f"^{CHIEF}$")
    hands.type_code("passcode", chief, "^信封内的密码$")
    hands.key("Return")
    hands.wait_for(f"^已由{CHIEF}打开$")
    hands.click("push button", "^收卷确认$")
    hands.type_code("slip", slip, "^回执单上的回执码$")
    hands.type_code("passcode", chief, "^再次输入.*密码$")
    hands.type_code("passcode of the second", second, "^第二个人的密码$")
    hands.click("push button", "^收卷确认$")
    hands.wait_for("^已完成：收卷确认")


def copy_and_end_at_panel(hands):
    """To a folder that is there: the inbox."""
    hands.click("push button", "^导出答卷包到收件文件夹$")
    hands.click("push button", "^导出答卷包到收件文件夹$")
    hands.wait_for("^已完成：导出答卷包到收件文件夹")
    hands.click("push button", "^结束考试$")
    hands.type_code("passcode", proctor.get_passcode(EXAM, CHIEF), "^再次输入.*密码$")
    hands.click("push button", "^结束考试$")
    hands.wait_for("^已完成：结束考试")
    hands.click("push button", "^锁上面板，返回考生界面$")


def test_without_a_stick_two_close_a_pc_at_its_panel(display):
    fill_stick()
    with stand_at(display, "by-panel") as hands:
        program = hands.program
        open_room(hands)
        rehearsal.log_in(program)
        rehearsal.confirm(program)
        start_in_halves(hands)
        sit(program)
        hands.steps = []
        os.symlink(EXAM.path("stick"), hands.port)
        collect_at_panel(hands)
        copy_and_end_at_panel(hands)
        os.unlink(hands.port)
        assert find_result()
        assert hands.tell("after, at the panel") <= PANEL_S_MAX


if __name__ == "__main__":
    with rehearsal.Rehearsal(people=1, start_code="halves") as EXAM:
        uitest.main()
