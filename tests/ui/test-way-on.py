#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whoever cannot simply log in and begin finds a way on in the window, without a manual: the screen names it,
and the proctor's panel has it."""

import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import proctor
import rehearsal
import uitest
from proctor import PROCTOR, give, leave, name_folder, open_form, press, type_passcode
from rehearsal import NAME, OTHER_ADMISSION, OTHER_ID_NUMBER, SEAT

EXAM = None  # made once, in main
MINUTES_OF_A_DAY = 24 * 60
MEMORY = "/dev/shm"


def open_panel(program, exam=None):
    proctor.open_panel(program, PROCTOR, proctor.get_passcode(exam or EXAM, PROCTOR))
    program.find("label", f"^已由{PROCTOR}打开$")


def find_line(program, text):
    """A line of a text of several."""
    return program.find("label", f"(^|\n){text}(\n|$)")


def read_start(exam):
    """As the screen says it."""
    with open(exam.path("session.ini"), encoding="utf-8") as file:
        return re.search(r"^starts=(.*)$", file.read(), re.M).group(1).replace("T", " ")


def bring(program, path):
    """What the stick has, by the panel."""
    press(program, "^优盘与文件夹$")
    name_folder(program, path)
    press(program, "^装入文件$")
    program.find("label", "^全部完成，共 ")
    press(program, "^返回$")


def test_with_a_wrong_photo_the_proctor_compares_records_it_and_the_candidate_goes_on(display):
    with uitest.Program(display, EXAM.command(store="photo")) as program:
        rehearsal.open_room(program, EXAM)
        rehearsal.log_in(program)
        press(program, "^信息有误，请举手$")
        program.find("label", "^本机已显示举手。请勿继续，等待监考人员核对您的信息。$")
        display.take_picture("way-on-photo-called")
        open_panel(program)
        program.find("label", "^考生报告信息有误。请在“本考场考生”中与证件原件和本人核对。确是本人")
        display.take_picture("way-on-photo-panel")
        press(program, "^本考场考生$")
        press(program, f"^{SEAT}  {NAME}  已登录$")
        program.find("label", "^照片或证件号码与本人不符时，以证件原件为准。$")
        open_form(program, "异常情况登记")
        press(program, "^照片或信息有误，已核对证件确为本人$")
        give(program, "异常情况登记")
        leave(program)
        # Who was called has come.
        program.wait_gone("label", "^本机已显示举手。")
        rehearsal.confirm(program)


def test_who_is_of_the_other_level_is_told_so_and_comes_in_when_its_code_is_typed(display):
    """Two levels in a room: of the second session nobody is on the roll of the first."""
    with (
        rehearsal.Rehearsal(people=3) as here,
        rehearsal.Rehearsal(name="other", people=3, left_out=3, level=3) as other,
    ):
        person = other.read_people()[0]
        for path in (other.session, other.bank):
            shutil.copy(path, here.inbox)
        with uitest.Program(display, here.command(seat=None)) as program:
            rehearsal.open_room(program, here)
            rehearsal.log_in(program, person["准考证号"], person["证件号码"])
            find_line(program, "核对无误仍不能登录的，可能不在本场次：请核对准考证上的日期和考场。")
            find_line(program, "本机还有未开放登录的场次：如准考证上是那一场，请举手，由监考人员开放。")
            display.take_picture("way-on-other-told")
            open_panel(program, here)
            press(program, "^开放另一场次$")
            find_line(program, f"考场 01　开考时间 {read_start(other)}")
            find_line(program, ".* 三级 · 理论知识考试")
            type_passcode(program, "^该场次的考场码$", here.room_code)
            press(program, "^开放登录$")
            program.find("label", "^这是已开放场次的考场码。请输入另一场次的考场码。$")
            display.take_picture("way-on-other-refused")
            type_passcode(program, "^该场次的考场码$", other.room_code)
            press(program, "^开放登录$")
            program.find("label", "^已开放登录。考生现在可以在本机登录。$")
            assert not any(program.find_all("push button", "^开放另一场次$"))
            display.take_picture("way-on-other-open")
            leave(program)
            find_line(program, "本机同时开放：.*")
            display.take_picture("way-on-other-log-in")
            rehearsal.log_in(program, person["准考证号"], person["证件号码"])
            program.find("label", f"^{person['姓名']}$")
            rehearsal.confirm(program)
            rehearsal.start(program, other)
            program.find("label", "^已答 0 / 85$")


def test_who_is_on_no_roll_here_is_sent_on_by_the_list_of_the_panel(display):
    with uitest.Program(display, EXAM.command(store="nobody", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        open_panel(program)
        assert not any(program.find_all("push button", "^开放另一场次$")), "no other session is here"
        press(program, "^本考场考生$")
        program.find("label", "^请选择考生。名册中没有的人，请先看其准考证：属其他考场的，请其到该考场；")


def test_at_the_wrong_seat_the_screen_names_the_right_one(display):
    with uitest.Program(display, EXAM.command(store="seat", seat="07")) as program:
        rehearsal.open_room(program, EXAM)
        rehearsal.log_in(program)
        program.find("label", f"^座位与准考证不符：您的座位是 {SEAT} 号，本机是 07 号。请到您的座位登录。$")


def log_out(program):
    open_panel(program)
    open_form(program, "退出登录")
    program.display.take_picture("way-on-log-out")
    press(program, "^登录错考试机$")
    give(program, "退出登录")
    program.find("label", "^下一步：考生登录。$")
    leave(program)


def test_who_logged_in_at_the_wrong_pc_is_logged_out_and_each_logs_in_at_the_right_one(display):
    with uitest.Program(display, EXAM.command(store="wrong-pc", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        rehearsal.log_in(program, OTHER_ADMISSION, OTHER_ID_NUMBER)
        rehearsal.confirm(program)
        log_out(program)
        display.take_picture("way-on-logged-out")
        rehearsal.log_in(program)
        rehearsal.confirm(program)
        rehearsal.start(program, EXAM)
    with uitest.Program(display, EXAM.command("--hardware", "another PC", store="right-pc", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        rehearsal.log_in(program, OTHER_ADMISSION, OTHER_ID_NUMBER)
        rehearsal.confirm(program)
        rehearsal.start(program, EXAM)


def test_where_somebody_used_another_persons_numbers_that_person_logs_in_after_them(display):
    with uitest.Program(display, EXAM.command(store="numbers", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        rehearsal.log_in(program)
        press(program, "^信息有误，请举手$")
        log_out(program)
        rehearsal.log_in(program)
        program.find("label", "^信息确认$")
        program.kill()
    # The numbers are typed again after a restart, or this PC is given to somebody else.
    with uitest.Program(display, EXAM.command(store="numbers", seat=None)) as program:
        rehearsal.log_in(program, OTHER_ADMISSION, OTHER_ID_NUMBER)
        program.find("label", "^已有其他考生在本机登录，尚未交卷。")
        open_panel(program)
        program.find("label", "^下一步：该考生重新登录（登录后本机重新启动过）。换其他考生登录的，先点“退出登录”。$")
        leave(program)
        rehearsal.log_in(program)
        rehearsal.confirm(program)
        rehearsal.start(program, EXAM)


def test_a_session_moved_to_today_lets_in_as_soon_as_the_stick_was_loaded(display):
    with rehearsal.Rehearsal(starts_in_min=3 * MINUTES_OF_A_DAY, people=3) as exam:
        before = read_start(exam)
        with uitest.Program(display, exam.command()) as program:
            program.find("label", f"^考场 01　开考时间 {before}$")
            rehearsal.open_room(program, exam)
            rehearsal.log_in(program)
            program.find("label", "^本机日期与本场考试日期不符，不在本场次时间内。请举手联系监考人员。$")
            display.take_picture("way-on-date-told")
            open_panel(program, exam)
            program.find("label", "^本机日期与开考时间相差较远，考生不能登录。场次已改期的：从优盘装入更正文件。")
            display.take_picture("way-on-date-panel")
            bring(program, os.path.dirname(exam.move_to(10)))
            program.find("label", "^下一步：考生登录。$")
            leave(program)
            after = find_line(program, "考场 01　开考时间 .*").get_name()
            assert before not in after
            rehearsal.log_in(program)
            rehearsal.confirm(program)


def test_a_session_moved_away_tells_the_new_date_where_the_old_one_stood(display):
    with rehearsal.Rehearsal(people=3) as exam:
        with uitest.Program(display, exam.command()) as program:
            rehearsal.open_room(program, exam)
            before = find_line(program, "考场 01　开考时间 .*").get_name()
            # By the inbox, with nobody at the PC.
            path = exam.move_to(MINUTES_OF_A_DAY)
            shutil.copy(path, os.path.join(exam.inbox, ".new"))
            os.rename(os.path.join(exam.inbox, ".new"), os.path.join(exam.inbox, os.path.basename(path)))
            program.wait_gone("label", f"^{before}$")
            find_line(program, "考场 01　开考时间 .*")
            rehearsal.log_in(program)
            program.find("label", "^本机日期与本场考试日期不符，不在本场次时间内。请举手联系监考人员。$")
            display.take_picture("way-on-date-moved")


def test_the_halves_of_the_start_code_may_be_typed_the_other_way_round(display):
    with rehearsal.Rehearsal(people=1, start_code="halves") as exam:
        with uitest.Program(display, exam.command()) as program:
            rehearsal.open_room(program, exam)
            rehearsal.log_in(program)
            rehearsal.confirm(program)
            for label, half in (("主考", "second"), ("监考", "first")):
                type_passcode(program, f"^启封码（{label}持有的一半）$", exam.code_below(f"START CODE, {half} half"))
            display.key("Return")
            program.find("label", "^答题卡$")


def test_who_put_the_stick_in_is_told_when_it_may_be_pulled(display):
    """Memory is another disk than that of the stores, as a stick is."""
    if not os.path.isdir(MEMORY) or os.stat(MEMORY).st_dev == os.stat(EXAM.folder).st_dev:
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as stick:
        command = EXAM.command("--inbox", stick, store="stick")
        with uitest.Program(display, command) as program:
            program.find("label", "^等待场次$")
            for path in (EXAM.session, EXAM.bank):
                shutil.copy(path, os.path.join(stick, ".new"))
                os.rename(os.path.join(stick, ".new"), os.path.join(stick, os.path.basename(path)))
            program.find("label", "^未开放登录$")
            program.find("label", "^优盘已处理完毕，可以拔出优盘。$")
            display.take_picture("way-on-stick")


if __name__ == "__main__":
    with rehearsal.Rehearsal() as EXAM:
        uitest.main()
