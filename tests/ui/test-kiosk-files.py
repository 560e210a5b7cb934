#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The kiosk's files are what systemd, greetd and sh can read, and they agree with each other."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib

sys.dont_write_bytecode = True
import points
from points import BUILD, SOURCE, listen, needs, read

KIOSK = os.path.join(BUILD, "data/kiosk")
FILES = os.path.join(SOURCE, "data/kiosk")


@needs("systemd-analyze")
def unit_is_valid():
    """the unit passes systemd-analyze verify"""
    with tempfile.TemporaryDirectory() as folder:
        unit = os.path.join(folder, "jikao-kiosk.service")
        with open(unit, "w", encoding="utf-8") as file:
            # Where it will be installed, the script is not yet.
            text = read(KIOSK, "jikao-kiosk.service")
            file.write(re.sub(r"^ExecStart=\S+", f"ExecStart={KIOSK}/jikao-kiosk", text, flags=re.M))
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", unit],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # It warns of a word it does not know, and ends with 0.
        yield from (line for line in done.stdout.splitlines() if "jikao" in line)
        if done.returncode != 0:
            yield f"systemd-analyze ended with {done.returncode}"


@needs("systemd-sysusers")
def account_and_folders_are_made():
    """systemd-sysusers makes the account, and systemd-tmpfiles its folders, in an empty tree"""
    if os.getuid() != 0:
        return
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(os.path.join(root, "etc"))
        yield from listen(["systemd-sysusers", f"--root={root}", os.path.join(FILES, "sysusers.conf")])
        account = re.search(r"^jikao:[^:]*:(\d+):(\d+):", read(root, "etc/passwd"), re.M)
        if account is None:
            yield "no account jikao"
            return
        yield from listen(["systemd-tmpfiles", f"--root={root}", "--create", os.path.join(KIOSK, "jikao.conf")])
        number = int(account.group(1))
        for path, owner, mode in (
            ("var/lib/jikao", number, 0o700),
            ("etc/jikao/authorities.d", 0, 0o755),
            ("var/spool/jikao", 0, 0o2770),
        ):
            found = os.stat(os.path.join(root, path))
            if (found.st_uid, found.st_mode & 0o7777) != (owner, mode):
                yield f"{path} is of {found.st_uid}, mode {found.st_mode & 0o7777:o}"


def greetd_starts_what_the_unit_starts():
    """greetd's file is TOML and starts what the unit starts, as the same account, on the same console"""
    greetd = tomllib.loads(read(KIOSK, "greetd.toml"))
    unit = dict(re.findall(r"^(\w+)=(.*)$", read(KIOSK, "jikao-kiosk.service"), re.M))
    for session in ("initial_session", "default_session"):
        if greetd[session] != {"command": unit["ExecStart"], "user": unit["User"]}:
            yield f"{session}: {greetd[session]}"
    if f"/dev/tty{greetd['terminal']['vt']}" != unit["TTYPath"]:
        yield f"vt {greetd['terminal']['vt']}, {unit['TTYPath']}"


def pam_opens_a_session():
    """the PAM file opens a session of logind, and takes no empty password"""
    text = read(FILES, "jikao-kiosk.pam")
    if not re.search(r"^session +required +pam_systemd.so", text, re.M):
        yield "no session of logind, so no XDG_RUNTIME_DIR and no seat"
    if "nullok" in text:
        yield "an empty password would do"


@needs("shellcheck")
def wrapper_is_sound():
    """shellcheck has nothing to say of the wrapper"""
    yield from listen(["shellcheck", os.path.join(KIOSK, "jikao-kiosk")])


def wrapper_tells_what_is_missing():
    """the wrapper tells what is missing: a runtime folder, or cage"""
    wrapper = os.path.join(KIOSK, "jikao-kiosk")
    for env, code, said in (
        ({"PATH": os.environ["PATH"]}, 1, "XDG_RUNTIME_DIR is not set"),
        ({"PATH": "", "XDG_RUNTIME_DIR": "/nowhere"}, 127, "cage is not installed"),
    ):
        done = subprocess.run(["/bin/sh", wrapper], env=env, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != code or said not in done.stderr:
            yield f"expected {code}, {said}; got {done.returncode}, {done.stderr}"


if __name__ == "__main__":
    points.run(
        [
            unit_is_valid,
            account_and_folders_are_made,
            greetd_starts_what_the_unit_starts,
            pam_opens_a_session,
            wrapper_is_sound,
            wrapper_tells_what_is_missing,
        ]
    )
