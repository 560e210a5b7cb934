#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""One hall from the first file to the last score, in real windows and with no network: three PCs and a spare
one, each with screen, keyboard and state folder of its own, and one folder that stands for the stick.

    PC  seat  what happens
    A   01    files by the panel; killed and back; extended by one; an incident; handed in by mistake, which two
              undo; handed in again. Seat 04 is marked absent here
    B   02    files by the stick; moved out after two answers
    C   03    files by the stick; a violation by two; forced by two
    D   -     the spare one: 02 goes on here, and hands in

Then each slip is compared, each result copied to the stick, each PC ended; the closing sheet adds up, the
centre scores all, and each result tells who ordered what."""

import contextlib
import csv
import glob
import os
import re
import sys

sys.dont_write_bytecode = True
import proctor
import rehearsal
import uitest
from proctor import CHIEF, PROCTOR
from rehearsal import SOURCE

EXAM = None  # made once, in main
INCIDENTS = os.path.join(SOURCE, "data/incidents/standard.ini")
PEOPLE = 4
SEATS = {"A": "01", "B": "02", "C": "03", "D": None}
HALVES = {"启封码（主考持有的一半）": "first", "启封码（监考持有的一半）": "second"}
ORDER = re.compile(
    r"^row (?P<row>\d+) at \d+ min, (?P<event>\S+): (?P<act>[a-z-]+).*?, record \d+, "
    r"signed by (?P<signers>[a-z ]+)(; (?P<words>.*))?$"
)
# What the results tell in the end, by record.
STORIES = {
    0: [
        ("extended", "extend", "proctor", "考试机故障"),
        ("noted", "incident", "proctor", "Y100 因病离场"),
        ("reopened", "reopen", "chief and proctor", "误交卷"),
    ],
    1: [("moved", "move", "proctor", "考试机故障")],
    2: [
        ("noted", "violation", "proctor and chief", "W601 座位上有手机、电子设备或资料，经提醒仍不改正; 违反考场规则"),
        ("handed-in", "force", "proctor and chief", "违反考场规则"),
    ],
}


class Station:
    """A PC, and who stands before it."""

    def __init__(self, name, display, seat=None):
        self.name, self.display, self.seat = name, display, seat
        self.port = EXAM.path(f"{name}-port")
        self.program = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *reason):
        self.program.__exit__(*reason)

    def start(self):
        options = ("--inbox", self.port, "--hardware", f"PC {self.name}", "--incidents", INCIDENTS)
        command = EXAM.command(*options, store=f"store-{self.name}", seat=self.seat)
        self.program = uitest.Program(self.display, command)

    @contextlib.contextmanager
    def stick(self):
        """The stick is in while this lasts."""
        os.symlink(EXAM.path("stick"), self.port)
        try:
            yield
        finally:
            os.unlink(self.port)

    @contextlib.contextmanager
    def panel(self, role=PROCTOR):
        """Open while this lasts; then the candidate's page is back."""
        proctor.open_panel(self.program, role, proctor.get_passcode(EXAM, role))
        self.program.find("label", f"^已由{role}打开$")
        yield self
        proctor.leave(self.program)

    def open_form(self, act):
        proctor.open_form(self.program, act)

    def press(self, name):
        proctor.press(self.program, name)

    def type(self, name, text):
        proctor.type_passcode(self.program, name, text)

    def second(self, role):
        proctor.second_signs(self.program, role, proctor.get_passcode(EXAM, role))

    def give(self, act):
        proctor.give(self.program, act)

    def answer(self, count, of=rehearsal.N_ITEMS):
        """Gives an answer to the question that is shown; count are answered then."""
        self.program.click(next(self.program.find_all("radio button", "^A ")))
        self.program.find("label", f"^已答 {count} / {of}$")
        self.program.find(None, "^已保存 ")


def read_people():
    with open(EXAM.path("roster.csv"), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def load_by_panel(station):
    """From a folder, on a PC that has nothing yet."""
    station.program.find("label", "^等待场次$")
    station.press("^监考$")
    station.press("^优盘与文件夹$")
    proctor.name_folder(station.program, EXAM.path("stick"))
    station.press("^装入文件$")
    station.program.find("label", "^全部完成，共 2 个文件")
    station.press("^返回$")
    station.press("^返回考生界面$")


def load_by_stick(station):
    """It is put in, and taken out when the PC says that it is ready."""
    station.program.find("label", "^等待场次$")
    with station.stick():
        station.program.find("label", "^未开放登录$")


def go_to_the_start(station, person):
    rehearsal.open_room(station.program, EXAM)
    rehearsal.log_in(station.program, person["准考证号"], person["证件号码"])
    rehearsal.confirm(station.program)


def start_in_halves(station):
    """Each proctor types the half of their envelope."""
    for label, half in HALVES.items():
        station.type(f"^{label}$", EXAM.code_below(f"START CODE, {half} half"))
    station.display.key("Return")
    station.program.find("label", "^答题卡$")


def come_back_after_a_kill(station):
    station.answer(1)
    station.display.key("Right")
    station.program.find("label", r"^2\.$")
    station.answer(2)
    left = proctor.read_minutes(station.program)
    station.program.kill()
    station.start()
    station.program.find("label", "^已恢复您在 .* 之前的作答（2 题）")
    station.press("^知道了（Esc）$")
    station.program.find("label", r"^2\.$")
    station.program.find("label", "^已答 2 / ")
    assert proctor.read_minutes(station.program) in (left, left - 1)


def extend(station):
    before = proctor.read_minutes(station.program)
    with station.panel():
        station.open_form("延时")
        station.press("^考试机故障$")
        station.give("延时")
    station.program.find("label", "^监考人员为您延时 5 分钟")
    assert before + 4 <= proctor.read_minutes(station.program) <= before + 5


def record_an_incident(station):
    with station.panel():
        station.open_form("异常情况登记")
        station.press("^Y100 ")
        station.give("异常情况登记")


def mark_absent(station, person):
    who = f"{person['座位号']}  {person['姓名']}"
    with station.panel():
        station.press("^本考场考生$")
        station.press(f"^{who}  未在本机登录$")
        station.open_form("标记缺考")
        station.press("^点名未到$")
        station.give("标记缺考")


def record_a_violation(station):
    with station.panel():
        station.open_form("违纪登记")
        station.press("^W601 ")
        station.press("^违反考场规则$")
        station.second(CHIEF)
        station.give("违纪登记")


def force(station):
    with station.panel():
        station.open_form("强制收卷")
        station.press("^违反考场规则$")
        station.type(f"^请输入“{station.seat}”以确认$", station.seat)
        station.type("^再次输入您的密码$", proctor.get_passcode(EXAM, PROCTOR))
        station.second(CHIEF)
        station.give("强制收卷")
    return station.program.find("label", proctor.RECEIPT).get_name()


def hand_in_by_mistake(station):
    """Two let the candidate go on where it was; gives the slip that counts no more."""
    slip = proctor.hand_in(station.program)
    with station.panel(CHIEF):
        station.open_form("恢复为考试中")
        station.press("^误交卷$")
        station.second(PROCTOR)
        station.give("恢复为考试中")
    station.program.find("label", "^已答 2 / ")
    return slip


def move(old, new):
    """From one PC to another, by the stick."""
    old.answer(1)
    old.display.key("Right")
    old.program.find("label", r"^2\.$")
    old.answer(2)
    left = proctor.read_minutes(old.program)
    with old.panel():
        old.open_form("换座、换机")
        old.press("^考试机故障$")
        old.press("^换座、换机$")
        proctor.name_folder(old.program, EXAM.path("stick"))
        old.press("^写出换机文件$")
        old.program.find("label", "^已完成：.*jkcapsule\n可以拔出优盘。$")
    old.program.find("label", "^已换机$")
    rehearsal.open_room(new.program, EXAM)
    with new.panel():
        new.press("^优盘与文件夹$")
        proctor.name_folder(new.program, EXAM.path("stick"))
        new.press("^在本机续考（换机）$")
        new.program.find("label", "^已完成：")
    new.press("^继续作答$")
    new.program.find("label", r"^2\.$")
    new.program.find("label", "^已答 2 / ")
    assert proctor.read_minutes(new.program) in (left, left - 1)


def collect(station, slip):
    """Two compare the slip before the candidate leaves."""
    with station.panel(CHIEF):
        station.open_form("收卷确认")
        station.type("^回执单上的回执码$", slip)
        station.type("^再次输入您的密码$", proctor.get_passcode(EXAM, CHIEF))
        station.second(PROCTOR)
        station.give("收卷确认")


def copy(station):
    """The result to the stick, and what the PC knows beside it."""
    with station.panel(CHIEF):
        station.press("^优盘与文件夹$")
        proctor.name_folder(station.program, EXAM.path("stick"))
        station.press("^导出答卷包$")
        station.program.find("label", "^全部完成，共 2 个文件")


def end(station, counts):
    """counts: what the form says of this PC."""
    with station.panel(CHIEF):
        station.open_form("结束考试")
        station.program.find("label", counts)
        station.type("^再次输入您的密码$", proctor.get_passcode(EXAM, CHIEF))
        station.give("结束考试")


def make_sheet(station):
    """At one PC, of what all of them have copied; gives its path."""
    with station.panel(CHIEF):
        station.press("^优盘与文件夹$")
        proctor.name_folder(station.program, EXAM.path("stick"))
        station.press("^收卷单$")
        station.program.find("label", "^第 1 号收卷单：应考 4，实考 3，缺考 1，未到 0，违纪 1$")
        station.program.find("label", "^开考 3，答卷 3，回执 3：三数相符。$")
        station.type("^再次输入您的密码$", proctor.get_passcode(EXAM, CHIEF))
        station.second(PROCTOR)
        station.press("^签署并写入$")
        station.program.find("label", "^收卷单已写入并核对：")
    (sheet,) = glob.glob(EXAM.path("stick/*.jkhandin"))
    return sheet


def of_the_centre():
    return ("--centre", EXAM.path("c.jkkey"), "--secrets", EXAM.path("office.secrets"))


def close_the_room(station, slips):
    """Started = sealed = receipts, nothing is missing or too much, and the sheet has the slips that count."""
    sheet = make_sheet(station)
    shown, *lines = EXAM.ask("handin", "show", *EXAM.of_the_hall(), sheet)
    receipts = {line["receipt"] for line in lines if line.get("receipt")}
    assert receipts == set(slips.values()), lines
    assert (shown["first"], shown["second"], shown["alone"]) == ("chief", "proctor", "no"), shown
    (said,) = EXAM.ask("handin", "check", *EXAM.of_the_hall(), sheet, *find_results())
    wanted = {"due": 4, "present": 3, "absent": 1, "never-seen": 0, "violations": 1, "missing": 0, "extra": 0}
    wanted.update(started=3, sealed=3, receipts=3, results=3, findings=[])
    assert {name: said[name] for name in wanted} == wanted, said
    return sheet


def score(sheet):
    (said,) = EXAM.ask(
        *("score", *EXAM.of_the_hall(), *of_the_centre(), "--bank", EXAM.bank, "--keys", EXAM.path("bank.jkkeys")),
        *("--results", EXAM.path("stick"), "--sheet", sheet, "--out", EXAM.path("scores")),
    )
    wanted = {"scored": 3, "absent": 1, "quarantined": 0, "final": 3, "provisional": 0, "missing": 0, "findings": []}
    assert {name: said[name] for name in wanted} == wanted, said


def read_stories():
    """What the result of each record tells: events, and the acts they obeyed, signers and words, in order."""
    stories = {}
    for said in EXAM.ask("result", "verify", *EXAM.of_the_hall(), *of_the_centre(), *find_results()):
        assert said["verified"] == "signatures, chain and log-in", said
        told = [ORDER.match(order) for order in said["order"]]
        rows = [int(found["row"]) for found in told]
        assert rows == sorted(rows), said
        stories[said["record"]] = [found.group("event", "act", "signers", "words") for found in told]
    return stories


def find_results():
    return sorted(glob.glob(EXAM.path("stick/*.jkresult")))


def load_and_start(stations, people):
    """The spare PC is loaded, too, and waits."""
    load_by_panel(stations[0])
    for station in stations[1:]:
        load_by_stick(station)
    begun = stations[:3]
    for station, person in zip(begun, people):
        go_to_the_start(station, person)
    for station in begun:
        start_in_halves(station)


@uitest.lasting(360)
def test_a_hall_from_the_files_to_the_scores(display):
    with contextlib.ExitStack() as stack:
        screens = [display, *(stack.enter_context(uitest.Display(beside=display, name=f"pc-{n}")) for n in "bcd")]
        stations = [Station(name, screen, seat) for screen, (name, seat) in zip(screens, SEATS.items())]
        for station in stations:
            stack.enter_context(station)
        a, b, c, d = stations
        people = read_people()
        load_and_start(stations, people)
        come_back_after_a_kill(a)
        extend(a)
        record_an_incident(a)
        mark_absent(a, people[3])
        record_a_violation(c)
        slips = {"C": force(c)}
        move(b, d)
        undone = hand_in_by_mistake(a)
        slips.update({station.name: proctor.hand_in(station.program) for station in (a, d)})
        assert undone not in slips.values()
        for station in (a, c, d):
            collect(station, slips[station.name])
            copy(station)
            end(station, "未交卷 0，已交卷 1（.*已收卷 1）")
        end(b, "已换机 1")
        score(close_the_room(b, slips))
    stories = read_stories()
    assert stories == STORIES, stories


if __name__ == "__main__":
    with rehearsal.Rehearsal(people=PEOPLE, start_code="halves") as EXAM:
        os.mkdir(EXAM.path("stick"))
        for path in (EXAM.session, EXAM.bank):
            os.link(path, os.path.join(EXAM.path("stick"), os.path.basename(path)))
        uitest.main()
