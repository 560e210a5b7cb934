#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""uitest.py and with-display report what goes wrong, and leave nothing behind."""

import os
import re
import socket
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import points
import uitest

HERE = os.path.dirname(os.path.abspath(__file__))
HELLO = os.path.join(points.BUILD, "tests/ui/hello")
TESTS = f"""
import os, sys, time
sys.path.insert(0, {HERE!r})
import uitest

def test_good(display):
    with uitest.Program(display, [{HELLO!r}]) as program:
        entry = program.find("text")
        program.set_text(entry, "3")
        program.click(program.find("push button", "^Leave$"))
        assert program.wait_exit() == 3

def test_in_vain(display):
    with uitest.Program(display, [{HELLO!r}]) as program:
        program.find("label", "^nowhere$", seconds=0.5)

def test_gone(display):
    with uitest.Program(display, [{HELLO!r}]) as program:
        program.process.terminate()
        program.find("label", "^nowhere$")

def test_dead(display):
    os.abort()

def test_endless(display):
    print("# bus", display.env["DBUS_SESSION_BUS_ADDRESS"], flush=True)
    time.sleep(600)

uitest.main()
"""


def run_tests(name, seconds_max="60"):
    """What uitest prints of one of the tests above."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "test-inner.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(TESTS)
        done = subprocess.run(
            [sys.executable, path, name],
            env={**os.environ, "JIKAO_BUILD_ROOT": points.BUILD, "JIKAO_UI_TEST_S": seconds_max},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
        )
    return done.stdout, done.returncode


def expect(name, verdict, code, *words):
    said, ended = run_tests(name)
    if f"\n{verdict} 1 - " not in said or ended != code or any(word not in said for word in words):
        yield f"{ended}: {said}"


def good_test_passes():
    """a test that sets a text, clicks and sees the status passes"""
    yield from expect("test_good", "ok", 0)


def vain_wait_fails():
    """a wait in vain fails, and tells the tree"""
    yield from expect("test_in_vain", "not ok", 1, "in vain for label ^nowhere$", "push button 'Leave'")


def ended_program_fails():
    """a program that ends fails the wait at once"""
    yield from expect("test_gone", "not ok", 1, "the program ended with 0")


def dead_test_fails():
    """a test that is killed fails"""
    yield from expect("test_dead", "not ok", 1, "killed by signal 6")


def endless_test_is_ended():
    """a test without end is ended, and its servers with it"""
    said, ended = run_tests("test_endless", "2")
    if ended != 1 or "not done after" not in said:
        yield f"{ended}: {said}"
    path = re.search("# bus unix:path=([^,]*)", said).group(1)

    def is_gone():
        with socket.socket(socket.AF_UNIX) as bus:
            return bus.connect_ex(path) != 0

    try:
        uitest.wait_until("the bus to go", is_gone)
    except AssertionError as error:
        yield str(error)


def with_display_keeps_the_status():
    """with-display gives its program a display, and ends as that does"""
    wrapper = os.path.join(HERE, "with-display")
    for script, code in (('[ -n "$DISPLAY" ] && exit 7', 7), ("kill -SEGV $$", 128 + 11)):
        ended = subprocess.run([wrapper, "sh", "-c", script], stderr=subprocess.DEVNULL, check=False).returncode
        if ended != code:
            yield f"{script}: {ended}, expected {code}"


if __name__ == "__main__":
    if uitest.find_reason_to_skip():
        print(f"1..0 # SKIP {uitest.find_reason_to_skip()}")
        sys.exit(0)
    points.run(
        [
            good_test_passes,
            vain_wait_fails,
            ended_program_fails,
            dead_test_fails,
            endless_test_is_ended,
            with_display_keeps_the_status,
        ]
    )
