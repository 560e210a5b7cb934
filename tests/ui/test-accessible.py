#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every page as who cannot see it or has no mouse gets it: controls have a name and a role, Tab goes past
all of them as one reads, what is hidden is not there, the ID number is never told, and what counts down is
not told each second."""

import re
import sys
import time

sys.dont_write_bytecode = True
import rehearsal
import tour
import uitest

BUTTONS = ("push button", "toggle button")
CONTROLS = (*BUTTONS, "check box", "radio button", "text", "password text", "link")
# Of these it does not matter what they are called.
INERT = ("filler", "panel", "scroll pane", "scroll bar", "application", "frame", "list", "image", "icon")
# Of the answer card Tab comes to one of each kind, and arrows to the others.
MANY = 4
# One of these is there, and no other.
TITLES = {
    "Waiting for a session": ("no-session",),
    "Log-in not open": ("closed",),
    "Candidate log-in": ("log-in", "log-in-typed", "log-in-wrong"),
    "Confirm information": ("confirm-identity",),
    "Room rules and notes for candidates": ("confirm-rules",),
    "Honesty commitment": ("confirm-promise",),
    "Waiting for start": ("waiting",),
    "Answer sheet": ("answering", "answering-multiple", "answering-judge", "keys", "calculator", "message", "resumed"),
    "Proctor's panel": ("panel-locked", "panel-home", "panel-extend", "panel-force", "panel-files", "panel-handin", "panel-checks",
                        "panel-people", "panel-person"),
    "Answering status": ("hand-in",),
    "Confirm again": ("hand-in-again",),
    "Screen locked": ("lock", "lock-typed"),
    "The exam is paused": ("paused",),
    "Raise your hand: a proctor must let you go on": ("held",),
    "Hand-in succeeded": ("handed-in",),
    "Collected": ("collected",),
}
# Tab is tried where a page is new; what is over a page has the keyboard for itself.
TABBED = ("closed", "log-in", "confirm-identity", "confirm-rules", "confirm-promise", "waiting", "answering",
          "panel-locked", "panel-home", "panel-extend", "panel-force", "panel-files", "hand-in", "hand-in-again", "keys", "lock", "handed-in", "collected")
OVER = {"keys": "Keys"}
TICKING = {"waiting": 2.5, "answering": 5, "lock": 2.5}
TAB_S = 2 * uitest.PATIENCE
SLACK_PX = 4
NAMED = "object:property-change:accessible-name"
FOCUSED = "object:state-changed:focused"
EXAM = None  # made once, in main


class Thing:
    """An object as it was when the tree was read."""

    def __init__(self, program, seen):
        self.seen, self.children = seen, [Thing(program, child) for child in program.get_children(seen)]
        self.role, self.name = seen.get_role_name(), seen.get_name() or ""
        self.is_sensitive = program.has_state(seen, "sensitive")
        self.is_checked = program.has_state(seen, "checked")
        self.has_controls = self.is_control() or any(child.has_controls for child in self.children)
        if self.has_controls and self.role not in ("application", "frame"):
            self.x, self.y, self.width, self.height = program.get_extents(seen)

    def __str__(self):
        return f"{self.role} “{self.name}”"

    def is_control(self):
        return self.role in CONTROLS

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Ear:
    """What a screen reader is told, as it happens."""

    def __init__(self, program):
        from gi.repository import GLib

        self.context, self.heard = GLib.MainContext.default(), []
        self.listener = program.atspi.EventListener.new(self._hear)
        for kind in (NAMED, FOCUSED):
            self.listener.register(kind)

    def _hear(self, event):
        said = event.any_data if isinstance(event.any_data, str) else ""
        self.heard.append((event.type, event.detail1, event.source, said))

    def listen(self, seconds, find=lambda heard: None):
        """Takes what comes for so long, or until find gives something of it, and gives that."""
        end = time.monotonic() + seconds
        while True:
            while self.context.iteration(False):
                pass
            found = find(self.heard)
            if found or time.monotonic() > end:
                return found
            time.sleep(0.005)

    def hear_focus(self):
        """What the keyboard comes to next."""
        return self.listen(TAB_S, lambda heard: next((e[2] for e in heard if e[:2] == (FOCUSED, 1)), None))


class Page:
    """A stop of the tour, and what is wrong with it."""

    def __init__(self, way, ear, name):
        self.way, self.program, self.ear, self.name = way, way.program, ear, name

    def list_complaints(self):
        """What is wrong with it, and still is when the machine has had time to finish the page."""
        if not self._look():
            return []
        time.sleep(uitest.PATIENCE)
        return self._look()

    def _look(self):
        self.root = Thing(self.program, self.program.root)
        checks = [self.check_names, self.check_order, self.check_titles, self.check_secret]
        checks += [self.check_ticking] if self.name in TICKING else []
        checks += [self.check_tab] if self.name in TABBED else []
        return [f"{self.name}: {complaint}" for check in checks for complaint in check()]

    def check_names(self):
        for thing in self.root.walk():
            if thing.is_control() and not re.search(r"\w|[+−×÷=.%]", thing.name):
                yield f"{thing} has no name"
            if thing.role not in INERT and tour.TYPE_NAME.match(thing.name):
                yield f"{thing} is called by its type"
            if thing.role in ("unknown", "invalid"):
                yield f"{thing} has no role"

    def check_order(self):
        """Of neighbours that hold controls the later one is below or to the right."""
        for parent in self.root.walk():
            if parent.role in ("application", "frame"):
                continue
            parts = [child for child in parent.children if child.has_controls and child.width > 0]
            for one, other in zip(parts, parts[1:]):
                is_below = other.y >= one.y + one.height - SLACK_PX
                is_right = other.x >= one.x + one.width - SLACK_PX and other.y + other.height > one.y
                if not is_below and not is_right and not is_over(one, other):
                    yield f"{other} comes after {one}, and is not read after it"

    def check_titles(self):
        names = {thing.name for thing in self.root.walk() if thing.role == "label"}
        for title, pages in TITLES.items():
            is_there = any(re.match(self.way.say(title), name) for name in names)
            if is_there != (self.name in pages):
                yield f"“{title}” is {'' if is_there else 'not '}there"

    def check_secret(self):
        for thing in self.root.walk():
            texts = [thing.name, self.program.get_text(thing.seen)] if thing.role in ("text", "label") else [thing.name]
            for text in texts:
                if any(number[-8:] in (text or "") for number in (rehearsal.ID_NUMBER, rehearsal.OTHER_ID_NUMBER)):
                    yield f"{thing} tells the ID number"

    def check_ticking(self):
        self.ear.listen(0.3)
        self.ear.heard.clear()
        self.ear.listen(TICKING[self.name])
        names = [f"{e[2].get_role_name()} “{e[3]}”" for e in self.ear.heard if e[0] == NAMED]
        if len(names) > 1:
            yield f"names change by themselves: {', '.join(names)}"
        if self.name == "answering" and not any(self.program.find_all("timer", "^剩余时间 (?:90|89) 分钟$")):
            yield "the time left is not told"

    def find_over(self):
        """What lies over the page, or all of it."""
        title = self.way.say(OVER[self.name]) if self.name in OVER else "^$"
        over = (t for t in self.root.walk() if t.role in ("panel", "grouping") and t.name and re.match(title, t.name))
        return next(over, self.root)

    def check_tab(self):
        """One round of Tab goes past all that is to be pressed, in order, and comes back."""
        wanted = list_stops(self.find_over())
        gone = []
        for _ in range(len(wanted) + 4):
            self.ear.listen(0)
            self.ear.heard.clear()
            self.way.display.key("Tab")
            focused = self.ear.hear_focus()
            if focused is None:
                if len(wanted) > 1:
                    yield f"Tab does not go on after {gone[-1:]}"
                return
            stop = f"{focused.get_role_name()} “{focused.get_name()}”"
            if stop in gone:
                break
            gone.append(stop)
        told = [stop for stop in gone if stop in wanted]
        start = wanted.index(told[0]) if told else 0
        if told != wanted[start:] + wanted[:start]:
            yield f"Tab goes {', '.join(told)}; wanted {', '.join(wanted)}"


def is_over(one, other):
    """Whether one lies over the other, as a banner does over a page."""
    return one.x < other.x + other.width and other.x < one.x + one.width and one.y <= other.y + other.height


def list_stops(root):
    """What Tab should come to, as it is read; of many alike the first, or the current one."""
    stops = []
    for thing in root.walk():
        buttons = [child for child in thing.children if child.role in BUTTONS and re.search("第 .* 题，", child.name)]
        if len(buttons) > MANY:
            current = [child for child in buttons if child.name.endswith("，当前")]
            skipped = {id(child) for child in buttons} - {id((current or buttons)[0])}
            thing.children = [child for child in thing.children if id(child) not in skipped]
        # Of a group Tab comes to the one that is chosen.
        if any(child.role == "radio button" and child.is_checked for child in thing.children):
            thing.children = [child for child in thing.children if child.role != "radio button" or child.is_checked]
    for thing in root.walk():
        if thing.is_control() and thing.is_sensitive:
            stops.append(str(thing))
    return stops


def test_every_page_without_sight_or_mouse(display):
    complaints, seen = [], []
    with tour.Tour(display, EXAM, "zh") as way:
        ear = Ear(way.program)
        for name in way.visit():
            seen.append(name)
            complaints += Page(way, ear, name).list_complaints()
            if name == "message":
                is_said = lambda heard: any(tour.MESSAGE in event[3] for event in heard if event[0] == NAMED)
                assert ear.listen(TAB_S, is_said), f"heard {[event[3] for event in ear.heard]}"
    assert not complaints, "\n" + "\n".join(complaints)
    missing = {name for names in TITLES.values() for name in names} - set(seen)
    assert not missing, f"not seen: {missing}"


if __name__ == "__main__":
    uitest.TEST_S = tour.TOUR_S
    with rehearsal.Rehearsal(policy=tour.POLICY) as EXAM:
        uitest.main()
