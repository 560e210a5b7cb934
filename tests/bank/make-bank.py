#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tests of question-banks/make-bank.py: make-bank.py MAKE_BANK RSVG_CONVERT"""

import os
import subprocess
import sys
import tempfile

INI = "[bank]\nname=x\nsources=a.gift;b.gift;\n"
GIFT = "// [id:{0}] [tag:picture: {1} ]\nWhich?{{T}}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><rect width="64" height="32" fill="#fff"/></svg>\n'
GOOD = {"bank.ini": INI, "a.gift": GIFT.format("a", "a.png"), "b.gift": GIFT.format("b", "b.jpg")}
GOOD.update({"a.svg": DRAWING, "a.png": "an old one", "b.jpg": "a photo", ".a.gift.swp": "", "notes.txt": ""})


class Bank:
    """A folder with files, laid out; what came of it."""

    def __init__(self, folder, files):
        self.source, self.target = os.path.join(folder, "so urce"), os.path.join(folder, "target")
        self.stamp, self.depfile = os.path.join(folder, "stamp"), os.path.join(folder, "depfile")
        os.mkdir(self.source)
        for name, text in files.items():
            with open(os.path.join(self.source, name), "w", encoding="utf-8") as file:
                file.write(text)

    def make(self):
        words = (f"--depfile={self.depfile}", sys.argv[2], self.source, self.target, self.stamp)
        return subprocess.run([sys.executable, sys.argv[1], *words], capture_output=True, text=True, check=False)

    def read(self, name):
        with open(os.path.join(self.target, name), "rb") as file:
            return file.read()


def lay_out_all(bank):
    done = bank.make()
    yield "a bank is laid out", done.returncode == 0 and os.path.exists(bank.stamp)
    names = sorted(os.listdir(bank.target))
    yield "with its ini, GIFT and pictures only", names == ["a.gift", "a.png", "b.gift", "b.jpg", "bank.ini"]
    yield "a file is as it was", bank.read("bank.ini").decode() == INI and bank.read("b.jpg") == b"a photo"
    yield "a drawing wins over a PNG of its name", bank.read("a.png")[:8] == b"\x89PNG\r\n\x1a\n"
    with open(bank.depfile, encoding="utf-8") as file:
        words = file.read().replace("\\ ", "\0").split()
    known = {word.replace("\0", " ") for word in words[1:]}
    named = {os.path.join(bank.source, name) for name in GOOD if not name.startswith(".")}
    yield "the build is told the folder and its files", known == named | {bank.source}
    os.remove(os.path.join(bank.source, "b.jpg"))
    yield "what is gone is gone", bank.make().returncode == 0 and "b.jpg" not in os.listdir(bank.target)


def stop(files, words):
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(folder, {**GOOD, **files})
        done = bank.make()
        return done.returncode != 0 and words in done.stderr and not os.path.exists(bank.stamp)


def points():
    with tempfile.TemporaryDirectory() as folder:
        yield from lay_out_all(Bank(folder, GOOD))
    forgotten = {"c.gift": GIFT.format("c", "a.png")}
    yield "a GIFT file that bank.ini does not name stops it", stop(forgotten, "c.gift is not in sources")
    yield "a drawing that no item shows stops it", stop({"c.svg": DRAWING}, "[tag:picture:c.png]")
    yield "a drawing that cannot be rendered stops it", stop({"a.svg": "<svg"}, "")


def main():
    number = failed = 0
    for number, (name, ok) in enumerate(points(), 1):
        failed += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - {name}", flush=True)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
