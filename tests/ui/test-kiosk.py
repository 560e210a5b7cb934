#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The kiosk: jikao-kiosk in a nested cage, as nobody, for cage refuses root. What the wrapper promises is
tried with a hello window, which starts in no time and ends with the status it is told; that a candidate is
back at the same question, with the station."""

import os
import re
import shutil
import signal
import sys
import time

sys.dont_write_bytecode = True
import hall
import uitest

WRAPPER = os.path.join(uitest.BUILD, "data/kiosk/jikao-kiosk")
HELLO = os.path.join(uitest.BUILD, "tests/ui/hello")
SIZE = (1024, 768)
BACK_S = 10  # P9
# Nested: wlroots' output is a window of the X server.
NESTED = {"WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman"}
SEAT = 3
# Where nobody cannot read the translations, it speaks English.
ITEM = "^(第 {0} 题|Item {0})(，|, )"
ANSWERED, UNANSWERED, CURRENT, SAVED = "(已答|answered)", "(未答|unanswered)", ".*(当前|current)$", "^(已保存|Saved)"


def sit_down(folder):
    """A candidate who answered the first question."""
    place = hall.Hall(os.path.join(folder, "hall"))
    place.sit_until(SEAT, 1)
    return place


screen = uitest.on(size=SIZE, env=NESTED)
kiosk = uitest.unprivileged(WRAPPER, HELLO)
station = uitest.unprivileged(WRAPPER, uitest.JIKAO, prepare=sit_down)


class Kiosk(uitest.Program):
    """The wrapper; the program it shows is found by its name."""

    def __init__(self, display, name="hello", options=()):
        env = {"JIKAO_PROGRAM": os.path.abspath(name)}
        super().__init__(display, [os.path.abspath("jikao-kiosk"), *options], env, name=name)

    def get_number(self):
        return self.root.get_process_id()

    def find_back(self, number, shows=lambda: True, seconds=BACK_S):
        """Waits for a program that is not this one, and shows something; gives how long that took."""
        begun = time.monotonic()
        self.wait("another program", lambda: self.is_another(number) and shows(), seconds)
        return time.monotonic() - begun

    def is_another(self, number):
        found = self.look_up()
        if found is None or found.get_process_id() == number:
            return False
        self.root = found
        self.root.set_cache_mask(self.atspi.Cache.NONE)
        return next(self.find_all("frame"), None) is not None

    def get_cage(self):
        with open(self.get_state("cage"), encoding="ascii") as file:
            return int(file.read())

    def get_state(self, name):
        return os.path.join(self.display.env["XDG_RUNTIME_DIR"], "jikao-kiosk", name)


@kiosk
@screen
def test_the_program_fills_the_screen_and_takes_keys(display):
    with Kiosk(display) as program:
        frame = program.find("frame", "Hello")
        program.wait("the whole screen", lambda: program.get_extents(frame)[2:] == SIZE)
        program.click(program.find("text"))
        display.type("abc")
        entry = program.find("text")
        program.wait("what was typed", lambda: program.get_text(entry) == "abc")
        display.take_picture("kiosk-hello")


@kiosk
@screen
def test_a_program_that_dies_is_back(display):
    with Kiosk(display) as program:
        cage, number = program.get_cage(), program.get_number()
        os.kill(number, signal.SIGKILL)
        print(f"# back after {program.find_back(number):.1f} s")
        assert program.get_cage() == cage, "in the same compositor"
        assert "ended with 137" in program.read_log(), program.read_log()


@kiosk
@screen
def test_a_compositor_that_dies_is_back_with_the_program(display):
    with Kiosk(display) as program:
        cage, number = program.get_cage(), program.get_number()
        os.kill(cage, signal.SIGKILL)
        print(f"# back after {program.find_back(number):.1f} s")
        assert not uitest.is_running(number), "the old program is gone"
        assert program.get_cage() != cage


@kiosk
@screen
def test_a_compositor_killed_again_and_again_comes_back(display):
    with Kiosk(display) as program:
        for _ in range(3):
            number = program.get_number()
            os.kill(program.get_cage(), signal.SIGKILL)
            back_s = program.find_back(number, seconds=BACK_S * uitest.PATIENCE)
            print(f"# back after {back_s:.1f} s")


@station
@screen
def test_a_candidate_is_back_at_the_same_question(display, place):
    with Kiosk(display, "jikao", place.list_options(SEAT)) as program:
        program.find("push button", ITEM.format(1) + ANSWERED)
        program.click(program.find("push button", "^(下一题|Next)$"))
        program.find("push button", ITEM.format(2) + UNANSWERED + CURRENT)
        display.key("Right")
        program.find("push button", ITEM.format(3) + UNANSWERED + CURRENT)
        display.key("b")

        def is_there():
            return any(program.find_all("push button", ITEM.format(3) + ANSWERED + CURRENT)) and any(
                program.find_all("radio button", "^B ", "checked")
            )

        program.wait("the answer to the third question", is_there)
        program.find("status bar", SAVED)
        for victim in (program.get_cage, program.get_number):
            number = program.get_number()
            os.kill(victim(), signal.SIGKILL)
            print(f"# back after {program.find_back(number, is_there):.1f} s")
            display.take_picture(f"kiosk-back-{victim.__name__}")


def leave_with(program, status):
    program.click(program.find("text"))
    program.display.type(str(status))
    program.click(program.find("push button", "Leave"))


@kiosk
@screen
def test_a_program_that_ends_by_itself_ends_the_kiosk(display):
    with Kiosk(display) as program:
        leave_with(program, 0)
        assert program.wait_exit() == 0


@kiosk
@screen
def test_the_status_of_a_program_that_cannot_run_is_kept(display):
    with Kiosk(display) as program:
        leave_with(program, 2)
        assert program.wait_exit() == 2


@kiosk
@screen
def test_a_program_that_ends_with_an_error_is_back(display):
    with Kiosk(display) as program:
        number = program.get_number()
        leave_with(program, 1)
        program.find_back(number)


@kiosk
@screen
def test_a_stop_ends_all_politely(display):
    with Kiosk(display) as program:
        cage, number = program.get_cage(), program.get_number()
        program.process.send_signal(signal.SIGTERM)
        assert program.wait_exit() == 0
        assert not uitest.is_running(number) and not uitest.is_running(cage)


@kiosk
@screen
def test_a_wrapper_that_is_killed_takes_all_along(display):
    with Kiosk(display) as program:
        cage, number = program.get_cage(), program.get_number()
        program.kill()
        uitest.wait_until("cage to go", lambda: not uitest.is_running(cage))
        uitest.wait_until("the program to go", lambda: not uitest.is_running(number))


@kiosk
@screen
def test_keys_of_a_desktop_do_nothing(display):
    keys = "alt+Tab alt+F4 alt+space ctrl+alt+BackSpace ctrl+alt+Delete ctrl+alt+F2 super super+d Print F11".split()
    with Kiosk(display) as program:
        number = program.get_number()
        for key in keys:
            display.key(key)
        program.find("label", f"^I am {number}$")
        leave_with(program, 0)
        assert program.wait_exit() == 0


if __name__ == "__main__":
    if shutil.which("cage") is None:
        print("1..0 # SKIP no cage here")
        sys.exit(0)
    uitest.main()
