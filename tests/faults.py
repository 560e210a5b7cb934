#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the code one line at a time and sees a test go red: the tests of the tests.

    faults.py SOURCE_ROOT WORK_FOLDER [--list] [NAME ...]

NAME is a fault, a folder of src (bank) or a test (bank/blob); without one, all faults. --list names them
and the test of each, and builds nothing.

tests/faults.ini lists the faults, each a group:

    [an acknowledgement comes before the commit]
    file=src/sitting/journal-writer.c
    after=a line before it                only where old stands more than once: the first behind this one
    old=what stands there                 once in the file
    new=what stands there instead         nothing: old is taken out
    test=sitting/journal-writer           must go red; its name as registered in meson, and behind a space,
                                          for one that takes minutes, a part of the name of its point

The tree is copied into the work folder; the real one is never written. Each fault is put in, its test built
and run, and the file put back, also when the run is interrupted. Prints TAP: a point is ok when the test
went red. A fault whose place no longer stands exactly once, or that does not compile, is not ok, and neither
is one whose test is red without it. A test that does not end within its time counts as red."""

import configparser
import json
import os
import re
import shutil
import signal
import subprocess
import sys

KEYS = {"file", "after", "old", "new", "test"}
# Not sources; build.c in a folder is one.
NOT_COPIED = re.compile(r"\./(\.git|build(-.*)?|out)|.*/__pycache__")
# No -Werror: a fault may leave a variable unused, and that must not be what turns it red.
OPTIONS = ["-Dwerror=false", "-Doptimization=0", "-Ddebug=false"]
SECONDS_MAX = 120


def read_faults(path):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    with open(path, encoding="utf-8") as lines:
        parser.read_file(lines)
    for name in parser.sections():
        keys = set(parser[name])
        if keys - KEYS or KEYS - {"after"} - keys:
            raise SystemExit(f"{path}: [{name}] has the keys {sorted(keys)}; expected {sorted(KEYS)}")
    return parser


def get_name(test):
    return test.split()[0]


def choose(faults, wanted):
    """The names meant by wanted, in the order of the file."""
    def means(name, one):
        fault = faults[name]
        return one in (name, get_name(fault["test"]), fault["file"], fault["file"].split("/")[1])

    for one in wanted:
        if not any(means(name, one) for name in faults.sections()):
            raise SystemExit(f"no fault, folder or test {one!r} in tests/faults.ini")
    return [name for name in faults.sections() if not wanted or any(means(name, one) for one in wanted)]


def quiet(command, **others):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                          text=True, errors="replace", **others)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def copy_changed(source, target, place="."):
    """Makes target like source. A file that is the same is not touched: its date tells ninja whether what
    was built from it is good, and after a fault only a newer date does."""
    names = {name for name in os.listdir(source) if not NOT_COPIED.fullmatch(f"{place}/{name}")}
    os.makedirs(target, exist_ok=True)
    for name in set(os.listdir(target)) - names:
        gone = os.path.join(target, name)
        if os.path.isdir(gone) and not os.path.islink(gone):
            shutil.rmtree(gone)
        else:
            os.unlink(gone)
    for name in names:
        here, there = os.path.join(source, name), os.path.join(target, name)
        if os.path.isdir(here):
            copy_changed(here, there, f"{place}/{name}")
        elif not os.path.exists(there) or read(here) != read(there):
            shutil.copyfile(here, there)
            shutil.copymode(here, there)


class Tree:
    """A copy of the source, built apart from the real one."""

    def __init__(self, source, folder):
        self.root, self.build = os.path.join(folder, "tree"), os.path.join(folder, "build")
        copy_changed(source, self.root)
        again = ["--reconfigure"] if os.path.isfile(os.path.join(self.build, "build.ninja")) else []
        done = quiet(["meson", "setup", *again, self.build, self.root, *OPTIONS])
        if done.returncode != 0:
            raise SystemExit(done.stdout)
        self.targets = {target["id"]: target["filename"] for target in self.introspect("--targets")}
        self.tests = {test["name"]: test for test in self.introspect("--tests")}

    def introspect(self, what):
        return json.loads(subprocess.check_output(["meson", "introspect", what, self.build]))

    def get_files(self, name):
        """What must be built before a test can run."""
        test = self.tests[get_name(name)]
        files = [test["cmd"][0]]
        for target in test["depends"]:
            files += self.targets.get(target, [])
        return [os.path.relpath(file, self.build) for file in files if file.startswith(self.build)]

    def make(self, names):
        """What went wrong, or None."""
        files = sorted({file for name in names for file in self.get_files(name)})
        done = quiet(["ninja", "-C", self.build, *files])
        return None if done.returncode == 0 else done.stdout[-2000:]

    def run(self, name):
        """Whether the test is green, and what it said."""
        test = self.tests[get_name(name)]
        try:
            done = quiet(test["cmd"] + name.split()[1:], env={**os.environ, **test["env"]}, cwd=test["workdir"] or self.build,
                         timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            return False, f"not ok - ended within {SECONDS_MAX} s"
        # Like tests/tally.py: cmocka calls a skipped test "not ok # SKIP".
        points = [line for line in done.stdout.splitlines() if line.startswith("not ok")]
        red = [line for line in points if "# SKIP" not in line]
        return not red and (done.returncode == 0 or bool(points)), done.stdout


def break_text(text, fault):
    """The text with the fault in it; None when its place is not there, or not the only one."""
    start, old = 0, fault["old"]
    if "after" in fault:
        if text.count(fault["after"]) != 1:
            return None
        start = text.index(fault["after"]) + len(fault["after"])
        at = text.find(old, start)
    else:
        at = text.find(old) if text.count(old) == 1 else -1
    return None if at < 0 else text[:at] + fault["new"] + text[at + len(old):]


def find_useless(tree, tests):
    """The tests that are not there, or are red already without any fault, each with the reason."""
    useless = {test: f"there is no test {test}" for test in tests if get_name(test) not in tree.tests}
    tests = [test for test in tests if get_name(test) in tree.tests]
    is_built = tree.make(tests) is None
    for test in tests:
        why = None if is_built else tree.make([test])
        if why is not None:
            useless[test] = f"{test} does not compile without any fault:\n{why}"
            continue
        green, output = tree.run(test)
        if not green:
            useless[test] = f"{test} is red without any fault:\n{output[-1500:]}"
    return useless


def judge(tree, fault):
    """Why the fault was not found (None: it was), and what went red."""
    path = os.path.join(tree.root, fault["file"])
    before = read(path)
    broken = break_text(before.decode(), fault)
    if broken is None:
        return f"its line no longer stands exactly once in {fault['file']}:\n{fault['old']}", ""
    write(path, broken.encode())
    try:
        why = tree.make([fault["test"]])
        if why is not None:
            return "it does not compile:\n" + why, ""
        green, output = tree.run(fault["test"])
    finally:
        write(path, before)
    return (f"{fault['test']} stayed green" if green else None), output


def get_red(output):
    """The points of a test that are not ok."""
    points = [line.split(" - ", 1)[1] for line in output.splitlines()
              if line.startswith("not ok") and " - " in line and "# SKIP" not in line]
    return ", ".join(points) or "it did not come to its end"


def stop(number, frame):
    raise SystemExit(f"Bail out! stopped by signal {number}")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    source, folder = os.path.abspath(arguments[0]), os.path.abspath(arguments[1])
    faults = read_faults(os.path.join(source, "tests/faults.ini"))
    names = choose(faults, arguments[2:])
    if "--list" in sys.argv:
        for name in names:
            print(f"{faults[name]['test']}\t{name}")
        return 0

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    tree = Tree(source, folder)
    tests = sorted({faults[name]["test"] for name in names})
    print(f"1..{len(names)}", flush=True)
    useless = find_useless(tree, tests)
    bad = 0
    for n, name in enumerate(names, 1):
        why, output = useless.get(faults[name]["test"]), ""
        if why is None:
            why, output = judge(tree, faults[name])
        bad += why is not None
        print(f"{'ok' if why is None else 'not ok'} {n} - {name}")
        print("# " + (why or f"{faults[name]['test']}: {get_red(output)}").replace("\n", "\n# "), flush=True)
    print(f"# {len(names) - bad} of {len(names)} faults found")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
