#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every page in both languages, at 100 and 200 % text, on a screen of 1280x800: a picture of each in
meson-logs/ui, to be looked at; nothing is cut or lies outside, and no text is in the other language. Colours
do not depend on the language: Chinese is light here, and English in high contrast."""

import glob
import os
import re
import sys
import time

sys.dont_write_bytecode = True
import rehearsal
import tour
import uitest

WIDTH, HEIGHT = 1280, 800
HAN = re.compile("[\u4e00-\u9fff]+")
LATIN = re.compile(r"[A-Za-z]{2,}")
TARGET_PX = 40
# Of a content box: what stands around it is at least so much more.
ROUND_PX = 6
SLACK_PX = 2
# Said in passing, or looked at on a page before; the check of a PC has sentences in English.
SKIPPED = ("log-in-typed", "lock-typed", "resumed", "panel-checks")
# Keys are called the same in both languages; so are codes, and the button that changes the language.
SAME = {"Delete", "Tab", "Ctrl", "Enter", "Esc", "PageUp", "PageDown", "English", "中文"}
CODE = re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4,5}){4}$")
LAYOUT_S = 0.2 * uitest.PATIENCE
EXAM = None  # made once, in main


def read_data():
    """What is written by others: plans, banks, people, and what the tests themselves type."""
    patterns = ("data/plans/*", "data/demo/*.csv", "data/policies/*", "question-banks/*/*.[gi]*")
    paths = [path for pattern in patterns for path in glob.glob(os.path.join(rehearsal.SOURCE, pattern))]
    texts = [tour.MESSAGE]
    for path in paths:
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


class Look:
    """One page in one dress."""

    def __init__(self, way, name, data):
        self.way, self.program, self.name, self.data = way, way.program, name, data
        self.words = set(LATIN.findall(data + "\n".join(way.catalogue.values())))
        self.complaints = []

    def is_known_latin(self, word):
        return word in self.words

    def is_known_han(self, text):
        return text in self.data

    def complain(self, seen, what):
        self.complaints.append(f"{self.name}: {seen.get_role_name()} “{seen.get_name()}” {what}")

    def check(self):
        frame = self.program.find("frame")
        self._check_within(frame, (0, 0, WIDTH, HEIGHT), is_scrolled=False)
        return self.complaints

    def _check_within(self, seen, bounds, is_scrolled):
        """Below a scrolled pane things may be further down, and are never wider than it."""
        for child in self.program.get_children(seen):
            role = child.get_role_name()
            if role == "scroll bar":
                continue
            x, y, width, height = self.program.get_extents(child)
            left, top, right, bottom = bounds
            if width <= 0 or height <= 0:
                continue
            if x < left - SLACK_PX or x + width > right + SLACK_PX:
                self.complain(child, f"is {x} to {x + width} wide, of {left} to {right}")
            if not is_scrolled and (y < top - SLACK_PX or y + height > bottom + SLACK_PX):
                self.complain(child, f"is {y} to {y + height} high, of {top} to {bottom}")
            if role == "push button" and min(width, height) + 2 * ROUND_PX < TARGET_PX:
                self.complain(child, f"is {width}x{height}, small for a finger")
            self._check_language(child)
            self._check_within(child, (x, y, x + width, y + height), is_scrolled or role == "scroll pane")

    def _check_language(self, seen):
        name = seen.get_name() or ""
        if CODE.match(name) or tour.TYPE_NAME.match(name):
            return
        if "…" in name and seen.get_role_name() != "push button":
            self.complain(seen, "ends in dots")
        is_known = self.is_known_latin if self.way.language == "zh" else self.is_known_han
        for word in (LATIN if self.way.language == "zh" else HAN).findall(name):
            if word not in SAME and not is_known(word):
                self.complain(seen, f"says “{word}” in {self.way.language}")


def look_at_all(display, language, is_contrast):
    data, complaints = read_data(), []
    with tour.Tour(display, EXAM, language) as way:
        for name in way.visit():
            if is_contrast and name == "resumed":
                way.see("push button", "Light")  # colours come back after a kill
            if name in SKIPPED:
                continue
            if is_contrast and name == "log-in":
                for scheme in ("Dark", "High contrast"):
                    way.press(scheme)
                way.see("push button", "Light")
            for percent in (100, 200):
                display.key(*["ctrl+equal"] * (4 if percent == 200 else 0), "ctrl+0" if percent == 100 else "Shift_L")
                time.sleep(LAYOUT_S)
                display.take_picture(f"{name}-{language}-{percent}")
                complaints += Look(way, f"{name} {percent} %", data).check()
            display.key("ctrl+0")
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_page_in_chinese(display):
    look_at_all(display, "zh", is_contrast=False)


@uitest.on(language=uitest.ENGLISH)
def test_every_page_in_english(display):
    look_at_all(display, "en", is_contrast=True)


if __name__ == "__main__":
    uitest.TEST_S = tour.TOUR_S
    with rehearsal.Rehearsal(policy=tour.POLICY) as EXAM:
        uitest.main()
