# SPDX-License-Identifier: Apache-2.0
"""TAP for tests that look at files: a point is a function whose first line of documentation is its name,
and that yields what it complains about."""

import os
import shutil
import subprocess
import sys

SOURCE = os.environ.get("JIKAO_SOURCE_ROOT", os.path.abspath(os.path.join(os.path.dirname(__file__), "../..")))
BUILD = os.environ.get("JIKAO_BUILD_ROOT", os.path.join(SOURCE, "build"))


def needs(tool):
    """A point that is skipped where a program it runs is not installed."""

    def keep(point):
        point.tool = tool
        return point

    return keep


def listen(command, **options):
    """What a program that checks complains about."""
    done = subprocess.run(
        command, cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    if done.returncode != 0:
        yield done.stdout.strip() or f"{command[0]} ended with {done.returncode}"


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


def run(points):
    """Runs the points and ends with 1 when one complained."""
    failed = 0
    print(f"1..{len(points)}")
    for number, point in enumerate(points, 1):
        tool = getattr(point, "tool", None)
        if tool and shutil.which(tool) is None:
            print(f"ok {number} - {point.__doc__} # SKIP no {tool} here")
            continue
        complaints = list(point())
        print(f"{'not ' if complaints else ''}ok {number} - {point.__doc__}")
        for complaint in complaints:
            print("#", complaint.replace("\n", "\n# "))
        failed += bool(complaints)
    sys.exit(1 if failed else 0)
