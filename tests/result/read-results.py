#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets tests/reader.py read what the real program made: a session, a sitting that ran through, one that was
killed and went on; then copies with one byte changed, a receipt that belongs to none, and the results of
forge.py, of which both must say the same.

    read-results.py JIKAOCTL SOURCE_ROOT

Prints TAP. Skips where /usr/bin/python3 has no PyNaCl."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

EXACT = "/usr/bin/python3"
SPEED = "600"


def read(exam, source, results, **changed):
    return run(os.path.join(source, "tests/reader.py"), exam, results, **changed)


def run(script, exam, results, **changed):
    """A keyword is one more option, or names another file than the exam's."""
    files = {
        "session": exam.session,
        "bank": exam.bank,
        "centre": exam.path("c.jkkey"),
        "secrets": exam.path("office.secrets"),
        "authority": exam.path("a.jkpub"),
    }
    files.update(changed)
    command = [EXACT, script]
    for name, value in files.items():
        command += ["--" + name, value]
    return subprocess.run(command + results, capture_output=True, text=True, check=False)


def is_refusal(done):
    """One sentence, and no results."""
    words = done.stderr.strip()
    return done.returncode == 1 and words and "\n" not in words and "malformed" not in words and not done.stdout


def small_source(source, folder):
    """The parts of the source tree that the exam is made of, with two candidates."""
    shutil.copytree(os.path.join(source, "data"), os.path.join(folder, "data"))
    roster = os.path.join(folder, "data/demo/roster.csv")
    with open(roster, encoding="utf-8") as file:
        lines = file.readlines()[:3]
    with open(roster, "w", encoding="utf-8") as file:
        file.writelines(lines)
    return folder


def flipped(path, at):
    """A copy with one bit of one byte changed."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    data[at if at >= 0 else len(data) + at] ^= 1
    copy = os.path.join(os.path.dirname(path), f"flipped{at}-{os.path.basename(path)}")
    with open(copy, "wb") as file:
        file.write(data)
    return copy


def sit(exam, wait_until_open):
    """What two candidates handed in: (path, receipt, answers given). The second was killed once."""
    through = exam.begin(1, 0, "--seed", "5", "--speed", SPEED, "--minutes", "31")
    killed = exam.begin(2, 1, "--seed", "6", "--speed", "20", "--minutes", "0", "--rounds", "1000")
    record = wait_until_open(killed).record
    killed.wait_for(lambda words: words[0] == "saved")
    killed.kill()
    again = exam.resume(2, 1, record, "--seed", "7", "--speed", SPEED, "--minutes", "31")
    return [handed_in(exam, place, sitting) for place, sitting in ((1, through), (2, again))]


def handed_in(exam, place, sitting):
    lines, complaint = sitting.rest()
    said = {words[0]: words[1] for words in lines if words[0] in ("receipt", "result")}
    if "result" not in said:
        raise SystemExit("Bail out! no result: " + complaint)
    answers = {words[1]: words[2] for words in lines if words[0] in ("saved", "found")}
    return exam.path(f"results-{place}/{said['result']}"), said["receipt"], answers


def same_as_program(done, sat):
    """The reader's receipts and answers against what the program said while it sat."""
    lines = [line.split(" ", 1) for line in done.stdout.splitlines()]
    receipts = [rest for name, rest in lines if name == "receipt"]
    answers = [dict(a.split("/") for a in rest.split()) for name, rest in lines if name == "answers"]
    return done.returncode == 0 and receipts == [s[1] for s in sat] and answers == [s[2] for s in sat]


# Where a byte is changed: outer digest, manifest, signature, sealed part.
PLACES = {
    "outer digest": lambda data: 40,
    "kind": lambda data: 8,
    "signer": lambda data: 70,
    "body": lambda data: 64 + int.from_bytes(data[16:20], "little") - 30,
    "signature": lambda data: 64 + -(-int.from_bytes(data[16:20], "little") // 8) * 8 + 3,
    "sealed part": lambda data: len(data) // 2,
    "last bytes": lambda data: len(data) - 20,
}


def refusals(exam, source, sat):
    """(name, what was said) of each copy that must be refused."""
    path, receipt, _ = sat[0]
    with open(path, "rb") as file:
        data = file.read()
    for name, place in PLACES.items():
        yield f"a result with another {name}", read(exam, source, [flipped(path, place(data))])
    for name in ("session", "bank"):
        whole = getattr(exam, name)
        changed = {name: flipped(whole, os.path.getsize(whole) // 2)}
        yield f"a {name} with a byte changed", read(exam, source, [path], **changed)
    yield "a key with a byte changed", read(exam, source, [path], centre=flipped(exam.path("c.jkkey"), -5))
    wrong = ("0" if receipt[0] != "0" else "1") + receipt[1:]
    yield "a receipt with a wrong letter", read(exam, source, [path], receipt=wrong)
    yield "another candidate's receipt", read(exam, source, [path], receipt=sat[1][1])


def forgeries(exam, source, path):
    """(name, is good, what was said) of each result that tests/result/forge.py makes of one."""
    out = exam.path("forged")
    os.makedirs(out)
    done = run(
        os.path.join(source, "tests/result/forge.py"),
        exam,
        [path],
        ctl=exam.ctl,
        authorities=exam.path("authorities"),
        pages=glob.glob(exam.path("session/*envelopes.txt"))[0],
        station=glob.glob(exam.store(1) + "/*/station.keys")[0],
        out=out,
    )
    yield "results_can_be_written_from_the_text", done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        verdict, name, said = line.split("\t")
        yield f"both_say_the_same_of_{name}", verdict == "ok", said


def main():
    ctl, source = (os.path.abspath(path) for path in sys.argv[1:3])
    if subprocess.run([EXACT, "-c", "import nacl"], capture_output=True, check=False).returncode != 0:
        print(f"1..0 # SKIP {EXACT} has no PyNaCl (Debian: python3-nacl)")
        return 0
    sys.path.insert(0, os.path.join(source, "tests/torture"))
    sys.dont_write_bytecode = True
    from exam import Exam, wait_until_open

    with tempfile.TemporaryDirectory(prefix="read-", dir=os.path.dirname(ctl)) as folder:
        exam = Exam(ctl, small_source(source, os.path.join(folder, "source")), folder)
        sat = sit(exam, wait_until_open)
        paths = [path for path, _, _ in sat]
        done = read(exam, source, paths)
        points = [("what_the_program_handed_in_is_read", same_as_program(done, sat), done.stderr)]
        done = read(exam, source, paths[:1], receipt=sat[0][1])
        points.append(("its_receipt_is_found", done.returncode == 0, done.stderr))
        for name, done in refusals(exam, source, sat):
            points.append((name.replace(" ", "_") + "_is_refused", is_refusal(done), done.stderr))
        points += forgeries(exam, source, paths[0])
    print(f"1..{len(points)}")
    for n, (name, is_good, said) in enumerate(points, 1):
        print(f"{'ok' if is_good else 'not ok'} {n} - {name}")
        print("".join(f"# {line}\n" for line in said.splitlines()), end="")
    return 0 if all(is_good for _, is_good, _ in points) else 1


if __name__ == "__main__":
    sys.exit(main())
