#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the code one line at a time and sees a test go red: the tests of the tests.

    faults.py SOURCE_ROOT WORK_FOLDER [NAME ...]

tests/faults.ini lists the faults: file, the line as it is (old), the line broken (new), and the test
(suite/name) that must fail. The tree is copied and built once; each fault is put in, its test is built and
run, and the file is put back. Prints TAP: a point is ok when the test went red."""

import configparser
import os
import shutil
import subprocess
import sys


def read_faults(path):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    with open(path, encoding="utf-8") as lines:
        parser.read_file(lines)
    return parser


def quiet(*command, cwd=None):
    return subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True)


class Tree:
    """A copy of the source, built apart from the real one."""

    def __init__(self, source, folder):
        self.root, self.build = os.path.join(folder, "tree"), os.path.join(folder, "build")
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(source, self.root, symlinks=True,
                        ignore=shutil.ignore_patterns(".git", "build*", "out", "__pycache__"))
        # A fault may leave a variable unused; that must not be what turns it red.
        done = quiet("meson", "setup", "--wipe", self.build, self.root, "-Dwerror=false", "-Doptimization=0") \
            if os.path.isdir(self.build) else \
            quiet("meson", "setup", self.build, self.root, "-Dwerror=false", "-Doptimization=0")
        if done.returncode != 0:
            raise SystemExit(done.stdout)

    def try_test(self, name):
        """Builds and runs one test: (built, passed, output)."""
        folder, test = name.split("/", 1)
        built = quiet("ninja", "-C", self.build, f"tests/{folder}/test-{test}")
        if built.returncode != 0:
            return False, False, built.stdout
        done = quiet("meson", "test", "-C", self.build, "--no-rebuild", "--timeout-multiplier", "3", name)
        return True, done.returncode == 0, done.stdout


def put_in(tree, fault):
    """Replaces the one place where old stands; returns what the file held."""
    path = os.path.join(tree.root, fault["file"])
    with open(path, encoding="utf-8") as lines:
        text = lines.read()
    old = fault["old"]
    if text.count(old) != 1:
        return None
    with open(path, "w", encoding="utf-8") as out:
        out.write(text.replace(old, fault["new"]))
    return text


def judge(tree, fault):
    """None when the test found the fault, else why not."""
    before = put_in(tree, fault)
    if before is None:
        return f"\"{fault['old']}\" does not stand exactly once in {fault['file']}"
    try:
        built, passed, output = tree.try_test(fault["test"])
    finally:
        with open(os.path.join(tree.root, fault["file"]), "w", encoding="utf-8") as out:
            out.write(before)
    if not built:
        return "does not compile:\n" + output[-1500:]
    return f"{fault['test']} stayed green" if passed else None


def main():
    source, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    faults = read_faults(os.path.join(source, "tests/faults.ini"))
    names = sys.argv[3:] or faults.sections()
    os.makedirs(folder, exist_ok=True)
    tree = Tree(source, folder)
    bad = 0
    print(f"1..{len(names)}")
    for test in sorted({faults[name]["test"] for name in names}):
        built, passed, output = tree.try_test(test)
        if not built or not passed:
            raise SystemExit(f"Bail out! {test} is red without any fault:\n{output[-1500:]}")
    for n, name in enumerate(names, 1):
        why = judge(tree, faults[name])
        bad += why is not None
        print(f"{'ok' if why is None else 'not ok'} {n} - {name}", flush=True)
        if why is not None:
            print("# " + why.replace("\n", "\n# "))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
