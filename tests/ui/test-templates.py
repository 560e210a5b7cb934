#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each template under ui/ names classes and properties GTK has (gtk4-builder-tool validate).

The tool knows neither our own classes nor the functions a template names, so it gets a copy: without
signals and closures, and with each class of ours taken for the one it is made of, where a template says so,
else for a plain box."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

sys.dont_write_bytecode = True
import uitest
from points import SOURCE

TOOL = "gtk4-builder-tool"
# What a class of ours without a template may be given in one.
STAND_IN = "GtkBox"


def list_templates():
    for folder, _, names in os.walk(os.path.join(SOURCE, "ui")):
        for name in sorted(names):
            if name.endswith(".ui"):
                yield os.path.join(folder, name)


def make_plain(tree):
    """Takes out of a template what the tool cannot know."""
    for parent in list(tree.iter()):
        is_ours = parent.get("class", "").startswith("Jk")
        for child in list(parent):
            is_foreign = is_ours and parent.tag == "object" and child.tag in ("property", "binding", "accessibility")
            if child.tag in ("signal", "binding") or is_foreign:
                parent.remove(child)
        if parent.tag == "object" and is_ours:
            parent.set("class", STAND_IN)
        if parent.tag == "template":
            parent.tag = "object"
            parent.set("class", parent.attrib.pop("parent"))
            if parent.get("class").startswith(("Jk", "GtkWidget")):
                parent.set("class", STAND_IN)
    return tree


def list_faults(path, folder, env):
    try:
        tree = xml.parse(path)
    except xml.ParseError as error:
        return [str(error)]
    copy = os.path.join(folder, os.path.basename(path))
    make_plain(tree.getroot())
    tree.write(copy, encoding="utf-8")
    command = [TOOL, "validate", copy]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    said = done.stdout.strip()
    return [said or f"{TOOL} ended with {done.returncode}"] if done.returncode != 0 or said else []


def main():
    templates = sorted(list_templates())
    missing = [tool for tool in (TOOL, "Xvfb", "setpriv") if shutil.which(tool) is None]
    if missing or not templates:
        print(f"1..0 # SKIP no {missing[0] if missing else 'template'} here")
        return 0
    print(f"1..{len(templates)}")
    failed = 0
    with uitest.Display(accessible=False) as display, tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(templates, 1):
            faults = list_faults(path, folder, display.env)
            print(f"{'not ' if faults else ''}ok {number} - {os.path.relpath(path, SOURCE)}")
            for fault in faults:
                print("#", fault.replace("\n", "\n# "))
            failed += bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
