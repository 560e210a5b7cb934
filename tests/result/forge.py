#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Results that no script of `jikaoctl sit` makes, written from the text of src/FORMATS.md: with orders of all
kinds, moved and reopened; and sealed and signed ones that lie. Reader and program must say the same of each.

    forge.py (options of tests/reader.py) --ctl JIKAOCTL --authorities DIR --pages ENVELOPES.txt
             --station station.keys --out DIR RESULT.jkresult

Prints a line for each: `ok` or `not ok`, name, what the reader said; tabs between."""

import argparse
import copy
import os
import re
import struct
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import reader  # noqa: E402
from reader import EVERY, MIN_MS, ZEROS, bindings, tagged, u32  # noqa: E402

CHIEF, PROCTOR = 1, 2
LATE, EXTEND, CREDIT, PAUSE, RESUME, MESSAGE = 5, 11, 12, 13, 14, 17
FORCE, REOPEN, MOVE, RETIRE = 20, 21, 22, 23


def sign(key, purpose, data):
    return bindings.crypto_sign(tagged(purpose) + data, key)[:64]


def make_envelope(kind, key, body, sections):
    listed = [(name, len(part), 0, reader.blake(part)) for name, part in sections]
    value = (key[32:], listed, (reader.BODIES[kind], body))
    manifest = reader.put(reader.type_of(reader.MANIFEST), value)
    padded = manifest + bytes(-len(manifest) % 8)
    parts = b"".join(part + bytes(-len(part) % 8) for _, part in sections)
    size = 128 + len(padded) + len(parts)
    head = b"JIKAO\r\n\x1a" + struct.pack("<HHHHIIQ", kind, 1, 1, 0, len(manifest), len(sections), size)
    rest = padded + sign(key, "jikao 1 envelope", head + ZEROS + padded) + parts
    return head + reader.blake(rest) + rest


def seal(centre, purpose, context, content):
    key, nonce = os.urandom(32), os.urandom(24)
    entry = centre + bindings.crypto_box_seal(tagged(purpose) + key, centre)
    aad = tagged(purpose) + context
    box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(content, aad, nonce, key)
    return u32(1) + entry + nonce + box


def open_roles(session, pages):
    """The signing keys of chief and proctor, from the codes on their pages."""
    keys = {}
    for name, title in ((CHIEF, "chief"), (PROCTOR, "proctor")):
        printed = re.search(rf"PASSCODE, role {title} .*?\n    (\S+)\n", pages, re.S).group(1)
        code = reader.canonical(printed).encode()
        inside = reader.open_lockbox(code, "jikao 1 role", session.roles[name].lockbox, title)
        keys[name] = bindings.crypto_sign_seed_keypair(inside[:32])[1]
    return keys


class Forgery:
    """The parts of an honest result, to be changed and closed again."""

    def __init__(self, result, roles, station):
        self.session, self.roles, self.station = result.session, roles, station
        self.sitting, self.record, self.link = result.sitting, result.record, result.link
        self.admission, self.name = result.admission, result.name
        rows = reader.split_rows(result.rows, result.what)
        self.rows = [[r.event, r.exam_ms, r.raw[24:48], r.payload] for r in rows]
        self.orders, self.seal_number, self.hand_in = [], 1, None

    def order(self, act, signers=(CHIEF, PROCTOR), amount=0, **terms):
        """The bytes of an order, its id, its digest."""
        text, reason = (terms.get(name, "x").encode() for name in ("text", "reason"))
        hall, order_id = self.session.hall.encode(), os.urandom(16)
        head = b"JKORDR\r\n" + struct.pack("<HHHBB", 1, 1, act, 0, 0) + order_id + self.session.digest
        head += terms.get("station", ZEROS) + os.urandom(32) + ZEROS
        record = terms.get("record", self.record)
        head += struct.pack("<QqQIII", 1, 0, amount, record, EVERY, 0)
        numbers = len(hall), len(text), len(reason), terms.get("amendment", 0)
        signed = head + struct.pack("<HHHH", *numbers) + bytes(4) + hall + text + reason
        data = signed[:14] + bytes([len(signers)]) + signed[15:]
        for role in signers:
            data += bytes([role]) + bytes(7) + sign(self.roles[role], "jikao 1 order", signed)
        return data, order_id, reader.digest("jikao 1 order", signed)

    def add(self, event, payload=b"", more_ms=0):
        """A row at the end, before the hand-in while that is the last."""
        last = self.rows[-1]
        at = len(self.rows) - (last[0] == 14)
        exam_ms = self.rows[at - 1][1] + more_ms
        self.rows.insert(at, [event, exam_ms, last[2], payload])
        for row in self.rows[at:]:
            row[1] = max(row[1], exam_ms)

    def obey(self, event, act, amount=0, says=None, **terms):
        """A row by an order; says: another number than the order's."""
        data, order_id, digest = self.order(act, amount=amount, **terms)
        self.orders.append(data)
        self.add(event, order_id + digest + struct.pack("<Q", amount if says is None else says))

    def hand_in_by(self, reason, named=bytes(48)):
        last = self.rows[-1]
        self.rows.append([14, last[1], last[2], struct.pack("<II", self.seal_number, reason) + named])

    def reopen(self):
        last = self.rows[-1]
        data, order_id, digest = self.order(REOPEN, amount=MIN_MS)
        self.orders.append(data)
        self.rows.append([15, last[1], last[2], os.urandom(32)])
        self.rows.append([17, last[1], last[2], order_id + digest + struct.pack("<Q", MIN_MS)])
        self.seal_number += 1
        self.hand_in_by(1)

    def close_rows(self, keep_heads):
        """The rows with sequence, heads and chain made again; the link after them."""
        out, link, station = b"", self.link, self.station
        for sequence, (event, exam_ms, middle, payload) in enumerate(self.rows, 1):
            if event == 27:
                station = self.arrived
            if event == 9 and not keep_heads:
                commitment = reader.digest("jikao 1 head", link)
                signed = self.session.digest + u32(self.record) + struct.pack("<Q", sequence) + commitment
                payload = commitment + sign(station, "jikao 1 head", signed)
            row = struct.pack("<QHHIQ", sequence, event, 0, len(payload), exam_ms) + middle + payload
            out += u32(len(row)) + row
            link = reader.digest("jikao 1 chain", link + u32(len(row)) + row)
        return out, link, station

    def close(self, keep_heads=False):
        rows, link, station = self.close_rows(keep_heads)
        subject = self.session.digest + u32(self.record) + u32(self.seal_number) + link
        hand_in = self.hand_in or sign(station, "jikao 1 hand-in", subject)
        inside = (self.link, self.admission, self.name, hand_in, rows, self.orders)
        inside = reader.put(reader.type_of("(ayssayayaay)"), inside)
        body = (self.session.digest, self.sitting, self.record, self.seal_number, self.session.hall)
        context = reader.put(reader.type_of(reader.BODIES[5]), body)
        sealed = seal(self.session.centres[0], "jikao 1 result", context, inside)
        return make_envelope(5, station, body, [("sealed", sealed)])


# --- Honest ones ---


def same_again(f):
    pass


def orders(f):
    f.obey(11, PAUSE)
    f.obey(23, MESSAGE, says=MESSAGE)
    f.obey(12, RESUME, record=EVERY)
    f.obey(13, EXTEND, amount=MIN_MS)
    f.obey(19, CREDIT, says=5000)


def forced(f):
    f.rows.pop()
    data, order_id, digest = f.order(FORCE)
    f.orders.append(data)
    f.hand_in_by(3, order_id + digest)


def reopened(f):
    f.reopen()


def moved(f):
    f.obey(18, MOVE)
    f.add(27, arrive(f) + f.rows[-2][3][:48])
    f.add(9)


def retired(f, age_ms=0, **terms):
    data, order_id, digest = f.order(RETIRE, station=f.station[32:], **terms)
    f.orders.append(data)
    f.add(27, arrive(f) + order_id + digest)
    row = f.rows[-1 - (f.rows[-1][0] == 14)]
    row[2] = struct.pack("<q", struct.unpack("<q", row[2][:8])[0] + age_ms) + row[2][8:]
    f.add(9)


def retired_by_one(f):
    retired(f, signers=(CHIEF,))


def retired_long_ago(f):
    retired(f, age_ms=10 * MIN_MS * MIN_MS)


def arrive(f):
    """Another station takes over; its public key."""
    f.arrived = bindings.crypto_sign_keypair()[1]
    return f.arrived[32:]


def came_late(f, says=MIN_MS):
    data, order_id, digest = f.order(LATE, amount=MIN_MS)
    f.orders.insert(0, data)
    f.rows.insert(2, [20, 0, f.rows[2][2], order_id + digest + struct.pack("<Q", says)])


def common_end(f, left_ms=0):
    f.add(25, struct.pack("<QQ32s", left_ms, 1, b""))


def extended_end(f):
    common_end(f)
    f.obey(13, EXTEND, amount=MIN_MS, record=EVERY)
    f.add(4, struct.pack("<HH", 0, 1), more_ms=MIN_MS - 1)


# --- Lies ---


def old_copy(f):
    retired(f, age_ms=-11 * MIN_MS, signers=(CHIEF,))


def handed_back(f):
    retired(f, amount=24 * 60 * MIN_MS)


def bad_signature(f):
    orders(f)
    f.orders[0] = f.orders[0][:-1] + bytes([f.orders[0][-1] ^ 1])


def other_order(f):
    orders(f)
    f.orders[0] = f.order(PAUSE)[0]


def missing_order(f):
    orders(f)
    f.orders.pop()


def one_signer(f):
    f.obey(11, PAUSE, signers=(CHIEF,))
    f.obey(12, RESUME)


def no_reason(f):
    f.obey(13, EXTEND, amount=MIN_MS, reason="")


def other_act(f):
    f.obey(13, RESUME, amount=0, says=MIN_MS)


def other_amount(f):
    f.obey(13, EXTEND, amount=MIN_MS, says=2 * MIN_MS)


def too_much(f):
    f.obey(13, EXTEND, amount=181 * MIN_MS)


def other_record(f):
    f.obey(13, EXTEND, amount=MIN_MS, record=f.record + 1)


def other_station(f):
    f.obey(13, EXTEND, amount=MIN_MS, station=os.urandom(32))


def wrong_state(f):
    f.obey(12, RESUME)


def time_in_pause(f):
    f.obey(11, PAUSE)
    f.add(9, more_ms=1000)
    f.obey(12, RESUME)


def time_goes_back(f):
    f.rows[-2][1] -= 1_000_000


def too_late(f):
    f.add(4, struct.pack("<HH", 0, 1), more_ms=95 * MIN_MS)


def beyond_the_paper(f):
    f.add(4, struct.pack("<HH", 90, 1))


def wrong_restarts(f):
    f.add(10, struct.pack("<QII", 1000, 7, 1))


def wrong_proof(f):
    f.rows[0][3] = f.rows[0][3][:64] + os.urandom(32) + f.rows[0][3][96:]


def wrong_seal_number(f):
    f.rows[-1][3] = u32(2) + f.rows[-1][3][4:]


def wrong_hand_in(f):
    f.hand_in = os.urandom(64)


def no_hand_in(f):
    f.rows.pop()


def kept_heads(f):
    f.rows.insert(3, [26, f.rows[2][1], f.rows[2][2], bytes(8)])


def foreign_head(f):
    moved(f)
    f.arrived, f.rows[-3][3] = f.station, bindings.crypto_sign_keypair()[0] + f.rows[-3][3][32:]


def late_for_nothing(f):
    came_late(f, says=0)


def after_the_end(f):
    common_end(f)
    f.add(4, struct.pack("<HH", 0, 1))


def slept_past_the_end(f):
    common_end(f, MIN_MS)
    f.add(10, struct.pack("<QII", MIN_MS, 0, 2))
    f.add(4, struct.pack("<HH", 0, 1))


def order_of_a_later_amendment(f):
    f.obey(13, EXTEND, 10 * MIN_MS, amendment=1)


def later_amendment(f):
    f.rows[2][3] = f.rows[2][3][:44] + u32(1)


# --- What is seen only with roll and paper, which `result verify` does not open ---


def other_name(f):
    f.name = "x"


def other_admission(f):
    f.admission = "2101050340101999"


def impossible_answer(f):
    f.add(4, struct.pack("<HH", 0, 3))


def more_time(f):
    f.rows[2][3] = struct.pack("<Q", 100 * MIN_MS) + f.rows[2][3][8:]


def other_paper(f):
    f.rows[2][3] = f.rows[2][3][:12] + bytes(32) + f.rows[2][3][44:]


LATER = (other_name, other_admission, impossible_answer, more_time, other_paper)
HONEST = (same_again, orders, forced, reopened, moved, retired, retired_by_one, retired_long_ago, came_late, common_end, extended_end)
LIES = (
    bad_signature,
    other_order,
    missing_order,
    one_signer,
    no_reason,
    other_act,
    other_amount,
    too_much,
    other_record,
    other_station,
    wrong_state,
    time_in_pause,
    time_goes_back,
    too_late,
    beyond_the_paper,
    wrong_restarts,
    wrong_proof,
    wrong_seal_number,
    wrong_hand_in,
    no_hand_in,
    kept_heads,
    foreign_head,
    late_for_nothing,
    old_copy,
    handed_back,
    after_the_end,
    slept_past_the_end,
    order_of_a_later_amendment,
    later_amendment,
)


def write_all(honest, options):
    """Each forgery as a file; its path by name."""
    paths = {}
    for change in (*HONEST, *LATER, *LIES):
        forgery = copy.deepcopy(honest)
        change(forgery)
        paths[change.__name__] = os.path.join(options.out, change.__name__ + ".jkresult")
        with open(paths[change.__name__], "wb") as file:
            file.write(forgery.close(keep_heads=change is kept_heads))
    return paths


def ask_program(options, paths):
    """The files that the program verifies."""
    command = [options.ctl, "result", "verify", "--session", options.session, "--centre", options.centre]
    command += ["--authorities", options.authorities, "--secrets", options.secrets, *paths.values()]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return set(re.findall(r"^file: (.*)$", said.stdout, re.M))


def ask_reader(path, session, bank, secret):
    try:
        reader.read_result(reader.Result(path, session), session, bank, secret)
    except reader.Refused as refused:
        return str(refused)
    return ""


def read_options():
    parser = argparse.ArgumentParser()
    for name in ("session", "bank", "centre", "secrets", "authority", "ctl", "authorities", "pages", "station", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("result")
    return parser.parse_args()


def main():
    options = read_options()
    authority = reader.read_public_key(options.authority)
    session = reader.Session(options.session, authority)
    bank = reader.Bank(options.bank, authority, session)
    secret = reader.read_centre_key(options.centre, reader.passphrase_in(options.secrets))
    session.unlock(secret)
    bank.unlock(session)
    result = reader.Result(options.result, session)
    result.unseal(secret)
    station = reader.read_bytes(options.station)[16:80]
    roles = open_roles(session, reader.read_text(options.pages))
    paths = write_all(Forgery(result, roles, station), options)
    accepted = ask_program(options, paths)
    for name, path in paths.items():
        said = ask_reader(path, session, bank, secret)
        honest, later = (name in [change.__name__ for change in some] for some in (HONEST, LATER))
        agree = (not said) == honest and (path in accepted) == (honest or later)
        end = "verifies" if path in accepted else "refuses"
        print(f"{'ok' if agree else 'not ok'}\t{name}\t{said or 'It is read'}; the program {end}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
