#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plays candidate 3 of the demonstration in the real window, on an X server of its own, by keyboard:

    play.py BUILD OUT SPEED

OUT is what demo.sh has made so far: hall/session, hall/authorities, hall/demo.ini. A picture of every page goes
to OUT/screens; the result is asked for by an order of the proctors, as a stick carries it, and the receipt is
printed last, as jikaoctl sit prints it. Exam time runs SPEED times as fast as life."""

import configparser
import os
import re
import sys
import time

sys.dont_write_bytecode = True
BUILD, OUT, SPEED = sys.argv[1], sys.argv[2], sys.argv[3]
os.environ["JIKAO_BUILD_ROOT"] = BUILD
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/ui"))
import uitest

SCREENS = os.path.join(OUT, "screens")
N_ITEMS = 90
LONG_S = 120  # half an hour until the hand-in opens, and half a minute of reading
CODE = r"^[0-9A-Z]{4}(-[0-9A-Z]{4,5}){4}$"


class Player:
    def __init__(self, display, program, codes):
        self.display, self.program, self.codes, self.number = display, program, codes, 0

    def show(self, name):
        """A picture of the page as it stands."""
        self.number += 1
        time.sleep(0.3)  # the last frame
        os.rename(self.display.take_picture("demo"), os.path.join(SCREENS, f"{self.number:02}-{name}.png"))

    def type(self, text):
        self.display.type(text)
        self.display.key("Return")

    def press(self, role, name, seconds=uitest.WAIT_S):
        self.program.click(self.program.find(role, name, "sensitive", seconds=seconds))

    def go_in(self):
        self.program.find("label", "^未开放登录$")
        self.show("closed")
        self.type(self.codes["room-code"])
        self.program.find("text", "准考证号", "focused")
        self.show("log-in")
        self.type(self.codes["admission"])
        self.program.find("text", "证件号码", "focused")
        self.type(self.codes["id-number"])
        self.program.find("push button", "^信息无误，确认登录$")
        self.show("confirm")
        self.press("push button", "^信息无误，确认登录$")
        self.program.find("push button", "^我已阅读$")
        self.show("rules")
        self.press("push button", "^我已阅读$", LONG_S)
        self.program.find("push button", "^确认承诺$")
        self.show("promise")
        self.press("check box", "^我已阅读并承诺遵守$")
        self.press("push button", "^确认承诺$")
        self.program.find("text", "启封码", "focused")
        self.show("waiting")
        self.type(self.codes["start-code"])

    def answer(self):
        for number in range(1, N_ITEMS + 1):
            self.program.find("label", rf"^{number}\.$")
            self.display.key("12ab"[number % 4])
            self.program.find("label", rf"^已答 {number} / {N_ITEMS}$")
            if number == 10:
                self.display.key("f")
                self.show("single")
            if number == 65:
                self.show("multiple")
            if number == 80:
                self.show("judge")
            if number < N_ITEMS:
                self.display.key("Right")
        for key, name in (("F1", "shortcuts"), ("ctrl+plus", "larger")):
            self.display.key(*[key] * (4 if name == "larger" else 1))
            self.show(name)
            self.display.key("Escape" if name == "shortcuts" else "ctrl+0")

    def look_at_panel(self):
        """What a proctor sees who comes by."""
        self.display.key("ctrl+alt+p")
        self.program.find("text", "^信封内的密码$", "focused")
        self.show("panel-locked")
        self.type(self.codes["chief-passcode"])
        self.program.find("label", "^已由主考打开$")
        self.show("panel")
        self.press("push button", "^锁上面板，返回考生界面$")
        self.program.find("label", "^答题卡$")

    def hand_in(self):
        self.program.find("push button", "^交卷$", "sensitive", seconds=LONG_S)
        self.display.key("ctrl+Return")
        self.program.find("push button", "^继续交卷$")
        self.show("hand-in")
        self.press("push button", "^继续交卷$")
        self.program.find("push button", "^确定交卷$")
        self.show("hand-in-again")
        self.press("push button", "^确定交卷$")
        receipt = self.program.find("label", CODE, seconds=LONG_S).get_name()
        self.show("receipt")
        return receipt


def main():
    os.makedirs(SCREENS, exist_ok=True)
    file = configparser.ConfigParser()
    file.read(os.path.join(OUT, "hall/demo.ini"), encoding="utf-8")
    codes = file["demo"]
    hall = os.path.join(OUT, "hall")
    command = [
        uitest.JIKAO,
        "--window",
        "--screen-reader",
        f"--store={hall}/station-3",
        f"--authorities={hall}/authorities",
        f"--inbox={hall}/inbox",
        "--hardware=demonstration seat 3",
        f"--seat={codes['seat']}",
        f"--speed={SPEED}",
    ]
    with uitest.Display() as display, uitest.Program(display, command) as program:
        player = Player(display, program, codes)
        player.go_in()
        player.answer()
        player.look_at_panel()
        receipt = player.hand_in()
        os.rename(f"{hall}/copy.jkorder", f"{hall}/inbox/copy.jkorder")
        name = program.wait("the result", lambda: find_result(f"{hall}/inbox"), LONG_S)
        os.rename(f"{hall}/inbox/{name}", f"{OUT}/results/{name}")
    print(f"record\t{int(re.search(r'-([0-9]+)-s1', name).group(1))}")
    print(f"receipt\t{receipt}")


def find_result(folder):
    return next((name for name in os.listdir(folder) if name.endswith(".jkresult")), None)


if __name__ == "__main__":
    main()
