#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The way in, in a real window: wrong numbers six times, numbers that nobody else may read, and a screen
reader that is turned on by a button."""

import contextlib
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import rehearsal
import uitest

WAIT_S = 4
EXAM = None  # made once, in main
READER = "^使用读屏软件$"
RESTART_S = 8


class Unheard(uitest.Program):
    """A program that is not on the bus yet."""

    is_heard = False

    def find_root(self, seconds=uitest.WAIT_S):
        if self.is_heard:
            super().find_root(seconds)

    def wait_keyboard(self):
        def has_keyboard():
            words = ("search", "--onlyvisible", "--pid", self.process.pid)
            return self.display.xdotool("getwindowfocus").split()[0] in self.display.xdotool(*words).split()

        self.wait("the keyboard", has_keyboard)

    def press_until_heard(self, *keys):
        """A window that has just come may miss the first of them."""
        self.wait_keyboard()
        for _ in range(3):
            self.display.key(*keys)
            with contextlib.suppress(AssertionError):
                self.wait("the bus", self.look_up, RESTART_S)
                break
        self.is_heard = True
        self.find_root()


def make_store():
    return tempfile.mkdtemp(dir=EXAM.folder)


def open_seat(display, store):
    """A seat whose log-in is open, and the program gone again."""
    with uitest.Program(display, EXAM.command(store=store)) as program:
        rehearsal.open_room(program, EXAM)


def test_six_wrong_numbers_wait_and_the_right_ones_get_in(display):
    with uitest.Program(display, EXAM.command(store=make_store())) as program:
        rehearsal.open_room(program, EXAM)
        for _ in range(4):
            rehearsal.log_in(program, id_number=rehearsal.OTHER_ID_NUMBER)
            program.find("label", "准考证号或证件号码不正确.*\n连续 5 次错误将锁定.*\n.*可能不在本场次")
        rehearsal.log_in(program, id_number=rehearsal.OTHER_ID_NUMBER)
        program.find("label", "连续多次输入错误，需等待一段时间")
        program.find("label", "^还需等待 00:0[1-9]$")
        assert not program.has_state(program.find("push button", "^登录$"), "sensitive")
        display.take_picture("entry-wait")
        program.find("push button", "^登录$", "sensitive", seconds=WAIT_S + uitest.WAIT_S)
        rehearsal.log_in(program, id_number=rehearsal.OTHER_ID_NUMBER)
        # The sixth: twice as long.
        program.find("label", "^还需等待 00:0[5-9]$")
        program.find("push button", "^登录$", "sensitive", seconds=2 * WAIT_S + uitest.WAIT_S)
        rehearsal.log_in(program)
        program.find("label", "^信息确认$")
        program.find("label", f"^{rehearsal.NAME}$")


def test_the_wrong_seat_names_the_right_one(display):
    with uitest.Program(display, EXAM.command(store=make_store())) as program:
        rehearsal.open_room(program, EXAM)
        rehearsal.log_in(program, rehearsal.OTHER_ADMISSION, rehearsal.OTHER_ID_NUMBER)
        program.find("label", "您的座位是 02 号，本机是 01 号")


def read_everything(program):
    """Every name and text that the bus gives."""
    seen = list(program.walk())
    return [one.get_name() or "" for one in seen] + [program.get_text(one) or "" for one in seen]


def test_no_program_on_the_bus_reads_an_id_number(display):
    from gi.repository import GLib

    heard = []
    with uitest.Program(display, EXAM.command(store=make_store())) as program:
        rehearsal.open_room(program, EXAM)
        listener = program.atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
        listener.register("object:text-changed")
        program.display.type(rehearsal.ADMISSION)
        program.display.key("Return")
        program.display.type(rehearsal.ID_NUMBER)
        entry = program.find("text", "证件号码", "focused")
        program.wait("dots", lambda: program.get_text(entry) == "•" * len(rehearsal.ID_NUMBER))

        def is_all_heard():
            while GLib.MainContext.default().iteration(False):
                pass
            return sum(text == "•" for text in heard) >= len(rehearsal.ID_NUMBER)

        program.wait("the bus to tell of each dot", is_all_heard)
        listener.deregister("object:text-changed")
        assert "".join(heard).startswith(rehearsal.ADMISSION), heard
        assert set("".join(heard)[len(rehearsal.ADMISSION) :]) == {"•"}, heard
        assert not any(rehearsal.ID_NUMBER in text for text in read_everything(program))
        # Nobody shows it either while the bus is on.
        assert not any(program.find_all(name="显示号码"))
        program.display.key("Return")
        program.find("label", "^信息确认$")
        assert not any(rehearsal.ID_NUMBER in text for text in read_everything(program))


def test_a_button_lets_screen_readers_in_and_a_crash_does_not_shut_them_out(display):
    store, without = make_store(), {"GTK_A11Y": "none"}
    open_seat(display, store)
    command = EXAM.command(store=store, accessible=False)
    with Unheard(display, command, without) as program:
        # From the first field backwards: the last control of the page but the proctors'.
        program.press_until_heard("shift+Tab", "shift+Tab", "space")
        assert program.has_state(program.find("push button", READER), "pressed")
        rehearsal.log_in(program)
        program.find("label", "^信息确认$")
        program.kill()
    with uitest.Program(display, command, without) as program:
        program.find("label", "^考生登录$")
        program.click(program.find("push button", READER))
        program.wait("the bus to be left", lambda: program.look_up() is None)
        with open(os.path.join(store, "screen-reader"), encoding="ascii") as file:
            assert file.read() == "0"


def test_a_store_that_does_not_open_is_told_and_tried_again(display):
    store = os.path.join(make_store(), "store")
    with open(store, "w", encoding="ascii"):
        pass
    command = [word for word in EXAM.command(store=store) if word != "--window"]
    with uitest.Program(display, command) as program:
        program.find("label", f"^{rehearsal.SEAT}$")
        program.find("label", "本机暂时不能读写文件。请勿关机，举手联系监考人员。")
        program.find("label", "cannot be used as a folder")
        display.take_picture("entry-trouble")
        os.remove(store)
        program.find("label", "^未开放登录$")
        assert not any(program.find_all(name="cannot be used as a folder"))


def test_a_session_can_want_screen_readers_at_every_seat(display):
    with rehearsal.Rehearsal(policy={"screen-reader": "true"}) as other:
        with uitest.Program(display, other.command(accessible=False), {"GTK_A11Y": "none"}) as program:
            rehearsal.open_room(program, other)
            assert not program.has_state(program.find("push button", READER), "sensitive")


if __name__ == "__main__":
    with rehearsal.Rehearsal(policy={"login-wait-s": WAIT_S}) as EXAM:
        uitest.main()
