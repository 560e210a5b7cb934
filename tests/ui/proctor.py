# SPDX-License-Identifier: Apache-2.0
"""What a proctor does at the panel of a PC, for tests of the window: chooses, types, gives orders."""

import re

CHIEF, PROCTOR = "主考", "监考"
PASSCODES = {CHIEF: "chief", PROCTOR: "proctor"}
RECEIPT = r"^[0-9A-Z]{4}(-[0-9A-Z]{4,5}){4}$"


def get_passcode(exam, role):
    return exam.code_below("PASSCODE, role " + PASSCODES[role])


def press(program, name):
    program.click(program.find("push button", name, "sensitive"))


def type_passcode(program, name, code):
    program.click(program.find("text", name))
    program.display.key("ctrl+a")
    program.display.type(code)


def choose(program, role, within=None):
    program.click(program.find("radio button", f"^{role}$", within=within))


def open_panel(program, role, code):
    program.display.key("ctrl+alt+p")
    choose(program, role)
    type_passcode(program, "^信封内的密码$", code)
    program.display.key("Return")


def open_form(program, act):
    press(program, f"^{act}$")
    program.find("push button", "^返回$")


def second_signs(program, role, code):
    choose(program, role, program.find("grouping", "^第二个人的信封$"))
    type_passcode(program, "^第二个人的密码$", code)


def give(program, act):
    press(program, f"^{act}$")
    program.find("label", f"^已完成：{act}")


def leave(program):
    press(program, "^锁上面板，返回考生界面$")


def name_folder(program, folder):
    type_passcode(program, "^优盘或文件夹$", folder)


def read_minutes(program):
    return int(re.search(r"(\d+) 分钟$", program.find("timer", "^剩余时间").get_name()).group(1))


def hand_in(program):
    program.display.key("ctrl+Return")
    press(program, "^继续交卷$")
    press(program, "^确定交卷$")
    return program.find("label", RECEIPT).get_name()
