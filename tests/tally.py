#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums the single test points of one or more meson test runs.

    tally.py [--failed STEP]... [NAME=BUILD_DIR:EXIT_CODE]...
    tally.py --self-test

Prints what failed and the last that was said before, and as its last line "N passed, N failed". Exit 0 only when something passed
and nothing failed.

It reads the TAP in meson-logs/testlog.json. The JUnit file of meson 1.0 will not do: of a program
that dies it lists the points seen before, and nothing of the rest. Here a program that promised
five points and died after two has failed three; one that ends badly after its last point (a leak,
a timeout) has failed one more. A skipped point counts as neither: cmocka 1.1 writes
"not ok # SKIP", which meson takes for a failure and this does not. A step named by --failed is
one failure.
"""

import json
import os
import re
import sys
import tempfile

POINT = re.compile(r"^(not )?ok\b\s*(\d*)[ -]*([^#\n]*)(?:#\s*(\w+))?")
PLAN = re.compile(r"^1\.\.(\d+)")
REASON_LINES = 200
STDERR_LINES = 60
REASON_LENGTH = 300
# Said by libatspi of every program that begins.
NOISE = re.compile(r"dbind-WARNING.*/org/a11y/atspi/cache|^\s*$")
GOOD_ENDS = ("OK", "EXPECTEDFAIL", "SKIP")


class Sum:
    def __init__(self):
        self.passed = 0
        self.skipped = 0
        self.forgiven = 0
        self.failures = []
        self.reasons = []

    def add_program(self, record):
        """One line of testlog.json: one test program."""
        name = record["name"]
        planned = seen = skipped = 0
        failures = []
        why = []
        said = []
        for line in (record.get("stdout") or "").splitlines():
            plan = PLAN.match(line)
            point = POINT.match(line)
            if plan:
                planned += int(plan.group(1))
            elif line.startswith("#"):
                # cmocka says why after a point, uitest.py before it.
                (why if failures else said).append(line)
            elif point:
                seen += 1
                failed, _, what, directive = point.groups()
                if (directive or "").upper() in ("SKIP", "TO" + "DO"):
                    skipped += 1
                elif failed:
                    reason = f" ({said[-1].strip('# ')[:REASON_LENGTH]})" if said else ""
                    failures.append(f"{name}: {what.strip()}{reason}")
                    why += said
                else:
                    self.passed += 1
                said = []
        failures += [f"{name}: point {n} never came" for n in range(seen + 1, planned + 1)]
        only_skipped = record["result"] == "FAIL" and record.get("returncode") == 0 and skipped
        self.forgiven += bool(only_skipped and not failures)
        if record["result"] not in GOOD_ENDS and not failures and not only_skipped:
            failures.append(f"{name}: {record['result']}, exit code {record.get('returncode')}")
        if record["result"] in ("OK", "EXPECTEDFAIL") and planned + seen == 0:
            failures.append(f"{name}: no test points")
        errors = (record.get("stderr") or "").splitlines()
        why += [line for line in errors if not NOISE.search(line)][-STDERR_LINES:]
        if failures:
            self.reasons += [f"{name}:"] + [f"  {line}" for line in why[:REASON_LINES]]
        self.skipped += skipped
        self.failures += failures

    def add_run(self, folder, exit_code):
        """One `meson test`: what it left in folder and how it ended."""
        before = len(self.failures)
        path = os.path.join(folder, "meson-logs", "testlog.json")
        records = []
        if os.path.exists(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                records = [json.loads(line) for line in file if line.strip()]
        for record in records:
            self.add_program(record)
        if not records:
            self.failures.append(f"{folder}: no test ran")
        elif exit_code != 0 and len(self.failures) == before and not self.forgiven:
            self.failures.append(f"{folder}: meson test ended with {exit_code}")

    def line(self):
        return f"{self.passed} passed, {len(self.failures)} failed"


def main(arguments):
    total = Sum()
    steps = iter(arguments)
    for argument in steps:
        if argument == "--failed":
            total.failures.append(next(steps))
            continue
        name, rest = argument.split("=", 1)
        folder, exit_code = rest.rsplit(":", 1)
        run = Sum()
        run.add_run(folder, int(exit_code))
        for line in run.reasons:
            print(line)
        print(f"{name}: {run.line()}, {run.skipped} skipped")
        total.passed += run.passed
        total.failures += [f"{name}: {failure}" for failure in run.failures]
    for failure in total.failures:
        print(f"FAILED {failure}")
    print(total.line())
    return 0 if total.passed and not total.failures else 1


def program(result, stdout, name="bank/item"):
    return {"name": name, "result": result, "returncode": 0, "stdout": stdout}


CASES = [
    ("all points are counted", [program("OK", "1..2\nok 1 - a\nok 2 - b\n")], 0, (2, 0)),
    ("a failed point is one", [program("FAIL", "1..2\nok 1 - a\nnot ok 2 - b\n")], 1, (1, 1)),
    ("what never came has failed", [program("ERROR", "1..3\nok 1 - a\n")], 1, (1, 2)),
    ("a bad end has failed", [program("ERROR", "1..1\nok 1 - a\n")], 1, (1, 1)),
    ("a timeout without output has failed", [program("TIMEOUT", "")], 1, (0, 1)),
    ("a skipped point is neither", [program("OK", "1..2\nok 1 # SKIP a\nok 2\n")], 0, (1, 0)),
    ("cmocka's skip is neither", [program("FAIL", "1..2\nok 1\nnot ok 2 # SKIP a\n")], 1, (1, 0)),
    ("a skip hides no failure", [program("FAIL", "1..2\nnot ok 1\nnot ok 2 # SKIP\n")], 1, (0, 1)),
    ("a skipped program is nothing", [program("SKIP", "1..0 # SKIP\n")], 0, (0, 0)),
    ("a program without points has failed", [program("OK", "done\n")], 0, (0, 1)),
    ("a run without programs has failed", [], 0, (0, 1)),
    ("a bad exit code has failed", [program("OK", "1..1\nok 1 - a\n")], 1, (1, 1)),
]


REASONS = [
    ("what is said before a failed point is its reason", "1..2\n# a\nok 1\n# b\nnot ok 2\n", ["  # b"], " (b)"),
    ("what is said after a failed point is its reason", "1..1\nnot ok 1\n# a\n", ["  # a"], ""),
    ("the last before a failed point stands beside it", "1..1\n# a\n# b\nnot ok 1\n", ["  # a", "  # b"], " (b)"),
    ("what is said of a good point is nobody's reason", "1..2\n# a\nok 1\nnot ok 2\n", [], ""),
]


def self_test():
    wrong = 0
    print(f"1..{len(CASES) + len(REASONS)}")
    for number, (title, records, exit_code, expected) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "meson-logs"))
            path = os.path.join(folder, "meson-logs", "testlog.json")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(record) + "\n" for record in records)
            run = Sum()
            run.add_run(folder, exit_code)
        found = (run.passed, len(run.failures))
        print(f"{'ok' if found == expected else 'not ok'} {number} - {title}")
        if found != expected:
            print(f"# found {found}, expected {expected}")
            wrong += 1
    for number, (title, stdout, reasons, beside) in enumerate(REASONS, len(CASES) + 1):
        run = Sum()
        run.add_program(program("FAIL", stdout))
        found, expected = (run.reasons[1:], run.failures), (reasons, [f"bank/item: {beside}"])
        print(f"{'ok' if found == expected else 'not ok'} {number} - {title}")
        if found != expected:
            print(f"# found {found}, expected {expected}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(self_test() if sys.argv[1:] == ["--self-test"] else main(sys.argv[1:]))
