# SPDX-License-Identifier: Apache-2.0
"""A walk past every page of the station, in one language, for tests that look at each: Tour.visit() goes from
page to page and gives the name of each where it stands.

Texts are told in English, as in the sources, and sought in the language of the tour."""

import gettext
import glob
import hashlib
import os
import re
import shutil
import tempfile
import time

import rehearsal
import uitest

FORMAT = re.compile(r"%(?:\d\$)?(?:lu|[sudc%])")
# Longer than the policy of the tour lets a sitting be away.
AWAY_S = 1.5
# A tour takes longer than a test usually may.
TOUR_S = 360
POLICY = {"gap-each-max-s": 1}
# What GTK says of a thing that nobody named.
TYPE_NAME = re.compile(r"^(?:Gtk|Jk|Gdk)[A-Z]\w*$")
RECORD = "0"
# Of an envelope (src/FORMATS.md)
HEAD_BYTES, DIGEST_BYTES = 64, 32
MESSAGE = "请坐好"


def read_catalogue(language):
    """Every text of the sources with what stands for it in a language; plurals by each of their forms."""
    path = os.path.join(uitest.BUILD, "data/po/zh_CN/LC_MESSAGES/jikao.mo")
    with open(path, "rb") as file:
        texts = gettext.GNUTranslations(file)._catalog
    found = {}
    for key, text in texts.items():
        key = key[0] if isinstance(key, tuple) else key
        if key:
            found[key] = text if language == "zh" else key
    return found


def make_pattern(text):
    """A regular expression for a text with formats in it."""
    return ".*".join(re.escape(part) for part in FORMAT.split(text))


PANEL_PAGES = (
    ("panel-extend", ("Extend the time",)),
    ("panel-force", ("Force the hand-in",)),
    ("panel-files", ("Stick or folder",)),
    ("panel-checks", ("Check this PC",)),
)

class Tour:
    """exam may be shared with other tests that run apart: the inbox is this one's own, and is filled while
    somebody looks."""

    def __init__(self, display, exam, language):
        self.display, self.exam, self.language = display, exam, language
        self.catalogue = read_catalogue(language)
        self.files = exam.inbox
        exam.inbox = tempfile.mkdtemp(dir=exam.folder)
        self.store = tempfile.mkdtemp(dir=exam.folder)
        self.program = None

    def _begin(self, *options):
        command = self.exam.command(*options, store=self.store)
        self.program = uitest.Program(self.display, command)

    def __enter__(self):
        self._begin(f"--language={self.language}")
        return self

    def __exit__(self, *what):
        self.program.__exit__(*what)

    def say(self, text):
        return f"^{make_pattern(self.catalogue.get(text, text))}$"

    def see(self, role, text, state=None):
        return self.program.find(role, self.say(text), state)

    def has(self, role, text):
        return any(self.program.find_all(role, self.say(text)))

    def press(self, text):
        """A button; GTK 4.8 says the same of those that stay down."""
        pattern = self.say(text)
        roles = ("push button", "toggle button")
        found = lambda: (seen for seen in self.program.find_all(None, pattern, "sensitive"))
        self.program.act(
            self.program.wait(f"button {pattern}", lambda: next(b for b in found() if b.get_role_name() in roles))
        )

    def order(self, act, *options):
        self.exam.send_order(act, *(options or ("--every", "--reason", "tour")))

    def visit(self):
        """Goes past the pages, one after the other; gives their names."""
        for part in (self._go_in, self._answer, self._proctor, self._look_around, self._stand_still, self._go_out):
            yield from part()

    def _load(self):
        for name in os.listdir(self.files):
            shutil.copy(os.path.join(self.files, name), os.path.join(self.exam.inbox, ".new"))
            os.rename(os.path.join(self.exam.inbox, ".new"), os.path.join(self.exam.inbox, name))

    def _type(self, role, name, text):
        entry = self.program.find(role, name)
        self.program.click(entry)
        self.display.key("ctrl+a")
        self.display.type(text)

    def _log_in(self, id_number):
        self._type("text", self.say("Admission ticket number"), rehearsal.ADMISSION)
        self._type("text", self.say("ID document number"), id_number)

    def _go_in(self):
        self.see("label", "Waiting for a session")
        yield "no-session"
        self._load()
        self.see("label", "Log-in not open")
        yield "closed"
        self._type("text", self.say("Room code (typed by the proctor)"), self.exam.room_code)
        self.display.key("Return")
        self.see("push button", "Log in")
        yield "log-in"
        self._log_in(rehearsal.OTHER_ID_NUMBER)
        yield "log-in-typed"
        self.display.key("Return")
        self.program.find("label", self.say("The admission number or the ID number is not correct. "
                                            "Check both and type them again.")[:-1])
        yield "log-in-wrong"
        self._log_in(rehearsal.ID_NUMBER)
        self.press("Log in")
        self.see("push button", "Information correct, log in")
        yield "confirm-identity"
        self.press("Information correct, log in")
        self.see("push button", "I have read this", "sensitive")
        yield "confirm-rules"
        self.press("I have read this")
        self.see("check box", "I have read this and will comply")
        yield "confirm-promise"
        self.program.click(self.see("check box", "I have read this and will comply"))
        self.press("Promise and go on")
        self.see("label", "Waiting for start")
        yield "waiting"

    def _start(self):
        self._type("text", self.say("Start code"), self.exam.start_code)
        self.display.key("Return")
        self.see("label", "Answer sheet")

    def _answer(self):
        self._start()
        yield "answering"
        self.program.act(next(self.program.find_all("radio button")))
        self.press("Flag")
        self.see(None, "Saved %s")
        self._go_to(61)
        self.program.act(self.program.find("check box", "^A "))
        yield "answering-multiple"
        self._go_to(71)
        self.see("radio button", "True")
        yield "answering-judge"

    def _proctor(self):
        """The proctor's panel, opened for each page anew: it locks itself, however long somebody looks."""
        self._begin_panel()
        yield "panel-locked"
        self.press("Back to the candidate")
        self._open_panel()
        yield "panel-home"
        self.press("Lock, and back to the candidate")
        for name, steps in PANEL_PAGES:
            self._open_panel()
            for step in steps:
                self.press(step)
            self.see("push button", "Back")
            yield name
            self.press("Lock, and back to the candidate")
        self._open_panel()
        self.press("Stick or folder")
        self._type("text", self.say("Stick, or path of a folder"), self.exam.inbox)
        self.press("Closing sheet")
        self.see("push button", "None of the others sat the exam (never seen)")
        yield "panel-handin"
        self.press("Lock, and back to the candidate")
        self._open_panel()
        self.press("People of this exam room")
        person = self.program.find("push button", f"^{rehearsal.SEAT}  {rehearsal.NAME}  ")
        yield "panel-people"
        self.program.act(person)
        self.see("label", "No photo")
        yield "panel-person"
        self.press("Lock, and back to the candidate")
        self.see("label", "Answer sheet")

    def _begin_panel(self):
        self.see("label", "Answer sheet")
        self.display.key("ctrl+alt+p")
        self.see("label", "Proctor's panel")

    def _open_panel(self):
        self._begin_panel()
        self.program.click(self.see("radio button", "Proctor"))
        passcode = self.exam.code_below("PASSCODE, role proctor")
        self._type("text", self.say("Passcode from the envelope"), passcode)
        self.display.key("Return")
        self.see("push button", "Lock, and back to the candidate")

    def _go_to(self, number):
        self.program.act(self.program.find("push button", f"{self.say(f'Item {number}, ')[:-1]}|^第 {number} 题，"))
        self.program.find("label", rf"^{number}\.")

    def _look_around(self):
        self.press("Hand in")
        self.see("label", "Answering status")
        yield "hand-in"
        self.press("Go on to hand in")
        self.see("label", "Confirm again")
        yield "hand-in-again"
        self.press("Go back and check")
        self.see("label", "Answer sheet")
        self.press("Keys")
        self.see("push button", "Close")
        yield "keys"
        self.display.key("Escape")
        self.program.wait_gone("push button", self.say("Close"))
        for name, look in (("Calculator", self._see_calculator), ("Lock while away", self._see_lock)):
            if self.has("label", name):
                yield from look()

    def _see_calculator(self):
        self.press("Calculator")
        self.program.find("push button", "^7$")
        yield "calculator"
        self.press("Calculator")
        self.program.wait_gone("push button", "^7$")

    def _see_lock(self):
        self.press("Lock while away")
        self.see("label", "Screen locked")
        yield "lock"
        self._type("text", self.say("ID document number"), rehearsal.ID_NUMBER)
        yield "lock-typed"
        self.display.key("Return")
        self.see("label", "Answer sheet")

    def _stand_still(self):
        self.order("message", "--every", "--text", MESSAGE)
        self.see("push button", "I see (Esc)")
        yield "message"
        self.press("I see (Esc)")
        self.program.wait_gone("push button", self.say("I see (Esc)"))
        self.order("pause")
        self.see("label", "The exam is paused")
        yield "paused"
        self.order("resume")
        self.see("label", "Answer sheet")
        # Who started it again does not know the language; the program does.
        self.program.kill()
        time.sleep(AWAY_S)
        self._begin()
        self.see("label", "Raise your hand: a proctor must let you go on")
        yield "held"
        self.order("release")
        self.see("label", "Answer sheet")
        yield "resumed"

    def _go_out(self):
        self.press("Hand in")
        self.press("Go on to hand in")
        self.press("Hand in now")
        self.see("label", "Hand-in succeeded")
        yield "handed-in"
        self._collect()
        self.see("label", "Collected")
        yield "collected"

    def _collect(self):
        """As proctors do: the result is copied, and the copy is what they confirm."""
        self.exam.send_order("copy")
        path = os.path.join(self.exam.inbox, "*.jkresult")
        with open(self.program.wait("a copy", lambda: next(iter(glob.glob(path)))), "rb") as file:
            sealed = file.read()[HEAD_BYTES:]
        digest = hashlib.blake2b(sealed, digest_size=DIGEST_BYTES).hexdigest()
        self.order("collect", "--record", RECORD, "--subject", digest)
