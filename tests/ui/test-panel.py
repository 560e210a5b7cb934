#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The proctor's panel in a real window: opened by a passcode, orders given by one and by two, and the
candidate's page as it was."""

import glob
import os
import re
import shutil
import sys

sys.dont_write_bytecode = True
import proctor
import rehearsal
import uitest
from proctor import (
    CHIEF,
    PROCTOR,
    give,
    hand_in,
    leave,
    name_folder,
    open_form,
    press,
    read_minutes,
    type_passcode,
)

EXAM = None  # made once, in main


def passcode(role):
    return proctor.get_passcode(EXAM, role)


def open_panel(program, role=PROCTOR, code=None):
    proctor.open_panel(program, role, code or passcode(role))
    if code is None:
        program.find("label", f"^已由{role}打开$")


def second_signs(program, role=CHIEF, code=None):
    proctor.second_signs(program, role, code or passcode(role))


def test_an_extension_by_one_reaches_the_candidate(display):
    with uitest.Program(display, EXAM.command(store="extend")) as program:
        rehearsal.go_in(program, EXAM)
        before = read_minutes(program)
        stem = next(name for name in program.list_names() if len(name) > 20 and "（" in name)
        open_panel(program)
        assert stem not in program.list_names(), "the question is to be read over the proctor's shoulder"
        open_form(program, "延时")
        display.take_picture("panel-order")
        press(program, "^延时$")
        program.find("label", "^请填写原因。$")
        press(program, "^考试机故障$")
        give(program, "延时")
        display.take_picture("panel-home")
        leave(program)
        program.find("label", "^监考人员为您延时 5 分钟")
        assert before + 4 <= read_minutes(program) <= before + 5
        # Locked again: who comes to it next types a passcode.
        display.key("ctrl+alt+p")
        program.find("text", "^信封内的密码$")
        assert not any(program.find_all("push button", "^延时$"))
        press(program, "^返回考生界面$")
        program.find("label", "^答题卡$")


def test_a_wrong_passcode_opens_nothing_and_the_exam_goes_on(display):
    with uitest.Program(display, EXAM.command(store="wrong")) as program:
        rehearsal.go_in(program, EXAM)
        open_panel(program, PROCTOR, passcode(CHIEF))
        program.find("label", "^密码与所选信封不符")
        display.take_picture("panel-refused")
        assert not any(program.find_all("push button", "^延时$"))
        press(program, "^返回考生界面$")
        program.click(next(program.find_all("radio button", "^A ")))
        program.find(None, "^已保存 ")


def test_a_forced_hand_in_takes_the_seat_typed_a_reason_and_two(display):
    with uitest.Program(display, EXAM.command(store="force")) as program:
        rehearsal.go_in(program, EXAM)
        open_panel(program)
        open_form(program, "强制收卷")
        press(program, "^违反考场规则$")
        press(program, "^强制收卷$")
        program.find("label", "^确认内容不符")
        type_passcode(program, f"^请输入“{rehearsal.SEAT}”以确认$", rehearsal.SEAT)
        type_passcode(program, "^再次输入您的密码$", passcode(PROCTOR))
        press(program, "^强制收卷$")
        program.find("label", "^请第二个人选择信封")
        second_signs(program, CHIEF, passcode(PROCTOR))
        display.take_picture("panel-force")
        press(program, "^强制收卷$")
        program.find("label", "^主考的密码与信封不符，请逐位核对。")
        display.take_picture("panel-force-refused")
        # The keyboard is where the wrong one was, and the right one is kept.
        display.type(passcode(CHIEF))
        give(program, "强制收卷")
        program.find("label", "^已交卷")
        open_form(program, "恢复为考试中")
        press(program, "^误交卷$")
        second_signs(program)
        give(program, "恢复为考试中")
        leave(program)
        program.find("label", "^答题卡$")


def test_who_was_made_to_hand_in_gets_the_receipt_from_the_form(display):
    with uitest.Program(display, EXAM.command(store="forced")) as program:
        rehearsal.go_in(program, EXAM)
        open_panel(program)
        open_form(program, "强制收卷")
        press(program, "^违反考场规则$")
        type_passcode(program, f"^请输入“{rehearsal.SEAT}”以确认$", rehearsal.SEAT)
        # Wrong is the first of the two: the second one stays.
        type_passcode(program, "^再次输入您的密码$", passcode(CHIEF))
        second_signs(program, CHIEF)
        press(program, "^强制收卷$")
        program.find("label", "^监考的密码与信封不符")
        display.type(passcode(PROCTOR))
        give(program, "强制收卷")
        open_form(program, "收卷确认")
        program.find("label", "^强制收卷的考生可能没有回执单：")
        program.find("label", "^请先核对回执单。确认之后")
        receipt = program.find("label", proctor.RECEIPT).get_name()
        display.take_picture("panel-collect-forced")
        type_passcode(program, "^回执单上的回执码$", receipt)
        type_passcode(program, "^再次输入您的密码$", passcode(PROCTOR))
        second_signs(program)
        give(program, "收卷确认")
        program.find("label", "^已收卷")


@uitest.lasting(240)
def test_a_slip_is_compared_before_a_collection_and_results_are_copied(display):
    with uitest.Program(display, EXAM.command(store="collect")) as program:
        rehearsal.go_in(program, EXAM)
        program.click(next(program.find_all("radio button", "^A ")))
        receipt = hand_in(program)
        open_panel(program, CHIEF)
        open_form(program, "收卷确认")
        assert not any(program.find_all("label", proctor.RECEIPT)), "the slip is not copied from the form"
        display.take_picture("panel-collect")
        type_passcode(program, "^回执单上的回执码$", receipt[:-1])
        press(program, "^收卷确认$")
        program.find("label", "^输入的代码有误")
        type_passcode(program, "^回执单上的回执码$", receipt)
        type_passcode(program, "^再次输入您的密码$", passcode(CHIEF))
        second_signs(program, PROCTOR)
        give(program, "收卷确认")
        program.find("label", "^已收卷")
        open_form(program, "导出答卷包到收件文件夹")
        os.rename(EXAM.inbox, EXAM.inbox + ".away")
        press(program, "^导出答卷包到收件文件夹$")
        program.find("label", "^答卷包没有全部导出。")
        display.take_picture("panel-copy-refused")
        assert not any(program.find_all("label", "^已完成：导出"))
        os.rename(EXAM.inbox + ".away", EXAM.inbox)
        give(program, "导出答卷包到收件文件夹")
        assert glob.glob(EXAM.inbox + "/*.jkresult"), "it is done when it lies there"
        program.find("label", f"^已完成：导出答卷包到收件文件夹。已写入 {EXAM.inbox} 并读回核对。$")
        display.take_picture("panel-copied")
        open_form(program, "结束考试")
        program.find("label", "已交卷 1（其中答题数为 0 的 0，已收卷 1）")
        type_passcode(program, "^再次输入您的密码$", passcode(CHIEF))
        give(program, "结束考试")
        program.find("label", "^下一步：导出答卷包")
        display.take_picture("panel-ended")
        make_closing_sheet(program)
        leave(program)
        program.find("label", "^本机考生已交卷，并经监考人员确认。\n本场考试在本机已经结束，不能再登录。$")
        program.find("label", "^答卷包已导出。监考人员下一步：全部答卷确认收到后，打开监考面板，点“数据清除”。")
        assert not any(program.find_all("push button", "^下一位考生登录$")), "nobody can log in any more"
        display.take_picture("ended")
        open_panel(program, CHIEF)
        wipe(program)


def wipe(program):
    open_form(program, "数据清除")
    type_passcode(program, "^请输入“.*”以确认$", wanted_word(program))
    type_passcode(program, "^再次输入您的密码$", passcode(CHIEF))
    second_signs(program, PROCTOR)
    give(program, "数据清除")
    program.find("label", "^数据已清除$")
    program.find("label", "^下一步：本机可用于下一场")
    program.display.take_picture("panel-wiped")
    assert not any(program.find_all("push button", "^(数据清除|导出答卷包到收件文件夹)$")), "there is nothing left"


def wanted_word(program):
    return re.search("“(.*)”", program.find("text", "^请输入“.*”以确认$").get_name()).group(1)


def make_closing_sheet(program):
    """Of one result and of nobody else of the hall; the sheet adds up."""
    elsewhere = EXAM.path("elsewhere")
    os.makedirs(elsewhere, exist_ok=True)
    press(program, "^优盘与文件夹$")
    name_folder(program, elsewhere)
    press(program, "^收卷单$")
    mine = f"^{rehearsal.SEAT}  {rehearsal.NAME}$"
    program.find("label", mine)
    # Once a file tells of somebody, nobody asks for them.
    for path in glob.glob(EXAM.inbox + "/*.jk[rh]*"):
        shutil.copy(path, elsewhere)
    press(program, "^重新核对$")
    program.wait_gone("label", mine)
    press(program, "^返回$")
    name_folder(program, EXAM.inbox)
    press(program, "^收卷单$")
    program.find("label", "^第 1 号收卷单：应考 30，实考 1，缺考 0，未到 0")
    program.find("label", "^开考 1，答卷 1，回执 1；尚有 29 名考生去向未说明。$")
    assert not any(program.find_all("push button", "^签署并写入$", "sensitive")), "29 people are left out"
    assert any(program.find_all("push button", "^签署并写入$"))
    program.find("label", "^暂不能签署：尚有 29 名考生去向未说明。$")
    program.display.take_picture("panel-handin-asked")
    program.click(next(program.find_all("radio button", "^缺考 ")))
    press(program, "^其余考生均未参加考试（未到）$")
    program.find("label", "^说明有变动：请先点“重新核对”，然后签署。$")
    press(program, "^重新核对$")
    program.find("label", "^第 1 号收卷单：应考 30，实考 1，缺考 1，未到 28")
    type_passcode(program, "^再次输入您的密码$", passcode(CHIEF))
    press(program, "^签署并写入$")
    program.find("label", "^请第二个人选择信封并输入密码。$")
    second_signs(program, PROCTOR)
    program.display.take_picture("panel-handin-sign")
    press(program, "^签署并写入$")
    program.find("label", "^收卷单已写入并核对：")
    program.display.take_picture("panel-handin-done")
    (sheet,) = glob.glob(EXAM.inbox + "/*.jkhandin")
    said = EXAM.check_sheet(sheet, *glob.glob(EXAM.inbox + "/*.jkresult"))
    assert (said["receipts"], said["missing"], said["extra"]) == (1, 0, 0), said
    assert all(finding["kind"] == "notice" for finding in said["findings"]), said
    program.find("label", f"^{said['code']}$")
    press(program, "^返回$")
    name_folder(program, EXAM.inbox)
    press(program, "^打印用表格（PDF）$")
    program.find("label", "^全部完成，共 3 个文件。\n可以拔出优盘。$")
    program.display.take_picture("panel-forms")
    assert len(glob.glob(EXAM.inbox + "/*.pdf")) == 3


def test_who_has_a_wrong_number_or_is_not_on_the_roll_is_let_in_by_two(display):
    with uitest.Program(display, EXAM.command(store="let-in", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        open_panel(program)
        press(program, "^本考场考生$")
        display.take_picture("panel-people")
        press(program, f"^{rehearsal.SEAT}  {rehearsal.NAME}  未在本机登录$")
        program.find("label", "^证件号码 1101")
        display.take_picture("panel-person")
        open_form(program, "标记缺考")
        press(program, "^点名未到$")
        give(program, "标记缺考")
        press(program, "^本考场考生$")
        press(program, f"^{rehearsal.SEAT}  {rehearsal.NAME}  缺考$")
        open_form(program, "撤销缺考")
        press(program, "^已核对证件和本人$")
        give(program, "撤销缺考")
        press(program, "^本考场考生$")
        press(program, f"^{rehearsal.SEAT}  {rehearsal.NAME}  未在本机登录$")
        open_form(program, "证件号码有误，准予入场")
        press(program, "^名册信息有误$")
        second_signs(program)
        press(program, "^证件号码有误，准予入场$")
        # In at once, at the page that everybody confirms.
        program.find("label", "^信息确认$")
        program.find("label", f"^{rehearsal.NAME}$")


def test_a_walk_in_gets_a_spare_row(display):
    with uitest.Program(display, EXAM.command(store="walk-in", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        open_panel(program)
        press(program, "^本考场考生$")
        press(program, "^备用记录 ")
        open_form(program, "名册外考生入场")
        press(program, "^姓名见纸质登记表$")
        press(program, "^已核对证件和本人$")
        second_signs(program)
        display.take_picture("panel-walk-in")
        press(program, "^名册外考生入场$")
        program.find("label", "^信息确认$")
        program.find("label", "^姓名见纸质登记表$")


def test_files_are_loaded_from_a_folder_and_the_pc_is_checked(display):
    empty = EXAM.path("empty")
    os.makedirs(empty, exist_ok=True)
    with uitest.Program(display, EXAM.command("--inbox", empty, store="load")) as program:
        program.find("label", "^等待场次$")
        press(program, "^监考$")
        press(program, "^优盘与文件夹$")
        name_folder(program, empty)
        press(program, "^装入文件$")
        program.find("label", "^其中没有可装入的文件")
        name_folder(program, EXAM.inbox)
        press(program, "^装入文件$")
        program.find("label", "^全部完成，共 ")
        display.take_picture("panel-files")
        # Of somebody who moves, and an order for nobody here.
        stick = EXAM.path("stick-of-a-move")
        os.makedirs(stick)
        with open(os.path.join(stick, "a.jkcapsule"), "wb") as file:
            file.write(b"x")
        name_folder(program, stick)
        press(program, "^装入文件$")
        program.find("label", "^共 1 个文件，已装入 0 个；其余未装入，原因见下。$")
        program.find("label", "^a.jkcapsule: 换机文件，请打开面板，点“在本机续考（换机）”$")
        display.take_picture("panel-files-capsule")
        press(program, "^返回$")
        press(program, "^环境检测$")
        program.find("label", "^本机可以考试|^请先处理以下问题$")
        display.take_picture("panel-checks")
        assert any(program.find_all("label", "^中文字体$"))
        press(program, "^返回$")
        press(program, "^返回考生界面$")
        program.find("label", "^未开放登录$")


def test_a_candidate_moves_to_another_pc_with_answers_and_time(display):
    stick = EXAM.path("stick")
    os.makedirs(stick, exist_ok=True)
    with uitest.Program(display, EXAM.command(store="from")) as program:
        rehearsal.go_in(program, EXAM)
        program.click(next(program.find_all("radio button", "^A ")))
        program.find(None, "^已保存 ")
        open_panel(program)
        open_form(program, "换座、换机")
        press(program, "^考试机故障$")
        press(program, "^换座、换机$")
        name_folder(program, stick)
        press(program, "^写出换机文件$")
        program.find("label", "^已完成：.*jkcapsule\n可以拔出优盘。$")
        display.take_picture("panel-moved")
        leave(program)
        program.find("label", "^已换机$")
    with uitest.Program(display, EXAM.command("--hardware", "another PC", store="to", seat=None)) as program:
        rehearsal.open_room(program, EXAM)
        open_panel(program)
        press(program, "^优盘与文件夹$")
        name_folder(program, EXAM.path("authorities"))
        press(program, "^在本机续考（换机）$")
        program.find("label", "^该文件夹中没有换机文件")
        name_folder(program, stick)
        press(program, "^在本机续考（换机）$")
        program.find("label", "^已完成：")
        leave(program)
        press(program, "^继续作答$")
        program.find("label", "^答题卡$")
        program.find("label", "^已答 1 / 90$")
        assert read_minutes(program) >= 88


def test_a_violation_has_a_code_of_the_table(display):
    table = os.path.join(rehearsal.SOURCE, "data/incidents/standard.ini")
    with uitest.Program(display, EXAM.command("--incidents", table, store="violation")) as program:
        rehearsal.go_in(program, EXAM)
        open_panel(program)
        open_form(program, "违纪登记")
        display.take_picture("panel-violation")
        press(program, "^W601 ")
        press(program, "^违反考场规则$")
        second_signs(program)
        give(program, "违纪登记")


def test_without_a_session_the_panel_says_what_to_load(display):
    with uitest.Program(display, EXAM.command("--inbox", EXAM.folder + "/authorities", store="none")) as program:
        display.key("ctrl+alt+p")
        program.find("label", "^本机还没有场次")
        display.take_picture("panel-no-session")
        assert not any(program.find_all("text", "^信封内的密码$"))
        press(program, "^返回考生界面$")
        program.find("label", "^等待场次$")


if __name__ == "__main__":
    with rehearsal.Rehearsal() as EXAM:
        uitest.main()
