#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lays a bank out for use: bank.ini and GIFT as they are, each NAME.svg rendered as NAME.png.

    make-bank.py --depfile=FILE RSVG_CONVERT SOURCE TARGET STAMP

The folder itself is among what the depfile names, so a file that is added or taken away is seen by the next
build. What would be forgotten stops it: a GIFT file that bank.ini does not name, a drawing that no item
shows. Everything else is for `jikaoctl bank check` to say."""

import argparse
import os
import re
import shutil
import subprocess
import sys

PICTURE = re.compile(r"\[tag:picture:([^\]]+)\]")


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


def list_gift(source):
    """The names in sources= of bank.ini."""
    found = re.search(r"^sources\s*=(.*)$", read(source, "bank.ini"), re.M)
    return [name.strip() for name in found.group(1).split(";") if name.strip()] if found else []


def find_forgotten(source, names):
    listed = list_gift(source)
    for name in names:
        if name.endswith(".gift") and name not in listed:
            yield f"{os.path.join(source, name)} is not in sources of bank.ini; name it there."
    gift = (read(source, name) for name in names if name.endswith(".gift"))
    shown = {picture.strip() for text in gift for picture in PICTURE.findall(text)}
    for name in names:
        picture = name[: -len(".svg")] + ".png"
        if name.endswith(".svg") and picture not in shown:
            yield f"{os.path.join(source, name)} is in no item; tag one with [tag:picture:{picture}]."


def lay_out(convert, source, target, names):
    """A drawing wins over a PNG of its name, which its author may have left beside it."""
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    for name in names:
        if name.endswith((".ini", ".gift", ".png", ".jpg")):
            shutil.copyfile(os.path.join(source, name), os.path.join(target, name))
    for name in names:
        if name.endswith(".svg"):
            picture = os.path.join(target, name[: -len(".svg")] + ".png")
            subprocess.run([convert, "--output", picture, os.path.join(source, name)], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--depfile", required=True)
    for name in ("convert", "source", "target", "stamp"):
        parser.add_argument(name)
    options = parser.parse_args()
    names = sorted(name for name in os.listdir(options.source) if not name.startswith("."))
    forgotten = list(find_forgotten(options.source, names))
    if forgotten:
        sys.exit("\n".join(forgotten))
    lay_out(options.convert, options.source, options.target, names)
    paths = [options.source] + [os.path.join(options.source, name) for name in names]
    with open(options.depfile, "w", encoding="utf-8") as file:
        file.write(f"{options.stamp}: {' '.join(path.replace(' ', chr(92) + ' ') for path in paths)}\n")
    with open(options.stamp, "w", encoding="utf-8"):
        pass


if __name__ == "__main__":
    main()
