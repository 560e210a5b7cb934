#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads results from the text of src/FORMATS.md and nothing else, so that the text is known to be complete.

    reader.py --session X.jksession --bank X.jkbank --centre X.jkkey --secrets FILE --authority X.jkpub
              [--receipt CODE] RESULT.jkresult...

FILE has a line `centre-passphrase=...`. Of each result it verifies the envelope, opens what the centre may
open, replays the rows and their orders, draws the paper again, and prints record, seal number, answers as
position/mask, and the receipt. With --receipt one of them must have that receipt. Amendments are not read.

Exit 0: all of it agrees. Exit 1: one sentence on stderr says what does not, and where. Exit 77: no PyNaCl.

Section numbers in comments are those of FORMATS.md.
"""

import argparse
import hashlib
import os
import struct
import sys
import unicodedata

try:
    from nacl import bindings, exceptions
except ImportError:
    print("no PyNaCl for this python (Debian: python3-nacl, with /usr/bin/python3)", file=sys.stderr)
    sys.exit(77)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "paper"))
sys.dont_write_bytecode = True
import redraw  # noqa: E402

ZEROS = bytes(32)
EVERY = 0xFFFFFFFF
MIB = 1 << 20
DAY_MS = 24 * 3_600_000
MIN_MS = 60_000
GIVEN_MS_MAX = 180 * MIN_MS
AGE_MS = 100 * 366 * DAY_MS


class Refused(Exception):
    """One sentence: what does not agree, and where."""


def need(fits, sentence):
    if not fits:
        raise Refused(sentence)


# --- GVariant, little endian: a type is a letter, ["a", type] or ["(", type...] ---


def type_of(text):
    kind, rest = take_type(text)
    need(not rest, f"{text} is no type")
    return kind


def take_type(text):
    if text[0] == "a":
        element, rest = take_type(text[1:])
        return ["a", element], rest
    if text[0] == "(":
        kind, rest = ["("], text[1:]
        while rest[0] != ")":
            member, rest = take_type(rest)
            kind.append(member)
        return kind, rest[1:]
    need(text[0] in "byqutsv", f"{text} is no type that is used here")
    return text[0], text[1:]


NUMBERS = {"b": ("<B", 1), "y": ("<B", 1), "q": ("<H", 2), "u": ("<I", 4), "t": ("<Q", 8)}


def alignment(kind):
    if kind[0] in NUMBERS:
        return NUMBERS[kind[0]][1]
    if kind[0] == "s":
        return 1
    return 8 if kind == "v" else max(map(alignment, kind[1:]), default=1)


def fixed_size(kind):
    """None for what has no fixed size."""
    if kind[0] in NUMBERS:
        return NUMBERS[kind[0]][1]
    sizes = [fixed_size(member) for member in kind[1:]]
    if kind[0] != "(" or None in sizes:
        return None
    end = 0
    for member, size in zip(kind[1:], sizes):
        end = up(end, alignment(member)) + size
    return up(end, alignment(kind))


def up(n, step):
    return -(-n // step) * step


def offset_size(whole):
    return 1 if whole <= 0xFF else 2 if whole <= 0xFFFF else 4 if whole <= 0xFFFFFFFF else 8


def get(kind, data):
    """The value of data; bytes for ay, (type, value) for v."""
    if kind[0] in NUMBERS:
        return struct.unpack(NUMBERS[kind[0]][0], data)[0]
    if kind == "s":
        return data[:-1].decode()
    if kind == "v":
        zero = data.rindex(0)
        text = data[zero + 1 :].decode()
        return text, get(type_of(text), data[:zero])
    if kind == ["a", "y"]:
        return data
    return get_array(kind[1], data) if kind[0] == "a" else get_members(kind, data)


def get_array(element, data):
    size = fixed_size(element)
    if size is not None:
        return [get(element, data[at : at + size]) for at in range(0, len(data), size)]
    if not data:
        return []
    width = offset_size(len(data))
    first = int.from_bytes(data[-width:], "little")
    values, at = [], 0
    for place in range(first, len(data), width):
        end = int.from_bytes(data[place : place + width], "little")
        values.append(get(element, data[up(at, alignment(element)) : end]))
        at = end
    return values


def get_members(kind, data):
    width, at, values, back = offset_size(len(data)), 0, [], len(data)
    for n, member in enumerate(kind[1:], 1):
        at, size = up(at, alignment(member)), fixed_size(member)
        if size is not None:
            end = at + size
        elif n == len(kind) - 1:
            end = back
        else:
            back -= width
            end = int.from_bytes(data[back : back + width], "little")
        values.append(get(member, data[at:end]))
        at = end
    return values


def put(kind, value):
    """The one normal form of a value."""
    if kind[0] in NUMBERS:
        return struct.pack(NUMBERS[kind[0]][0], bool(value) if kind == "b" else value)
    if kind == "s":
        return value.encode() + b"\0"
    if kind == "v":
        return put(type_of(value[0]), value[1]) + b"\0" + value[0].encode()
    if kind == ["a", "y"]:
        return value
    is_array = kind[0] == "a"
    members = [kind[1]] * len(value) if is_array else kind[1:]
    data, ends = b"", []
    for member, part in zip(members, value):
        data += bytes(up(len(data), alignment(member)) - len(data)) + put(member, part)
        if fixed_size(member) is None:
            ends.append(len(data))
    if not is_array and fixed_size(kind) is not None:
        return data + bytes(fixed_size(kind) - len(data))
    if not is_array:
        ends = ends[::-1] if fixed_size(kind[-1]) is not None else ends[:-1][::-1]
    return data + framing(len(data), ends)


def framing(size, ends):
    width = next(w for w in (1, 2, 4, 8) if offset_size(size + w * len(ends)) == w)
    return b"".join(end.to_bytes(width, "little") for end in ends)


def variant(text, data, what):
    """A value in normal form: written again, it has the same bytes."""
    kind = type_of(text)
    try:
        value = get(kind, data)
        same = put(kind, value) == data and b"\0" not in "".join(strings(value)).encode()
    except (struct.error, ValueError, IndexError, Refused):
        same = False
    need(same, f"{what} is no {text} in normal form")
    return value


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from strings(part)


# --- Section 2: building blocks ---


def tagged(purpose):
    return bytes([len(purpose)]) + purpose.encode()


def blake(data, key=b""):
    return hashlib.blake2b(data, key=key, digest_size=32).digest()


def digest(purpose, data):
    return blake(tagged(purpose) + data)


def derive(parent, purpose, context=b""):
    return blake(tagged(purpose) + context, key=parent)


def u32(number):
    return struct.pack("<I", number)


def password_key(password, salt, cost, purpose):
    passes, kib = cost
    need(1 <= passes <= 16 and 8 <= kib <= 2 * MIB, f"a cost of {passes} passes and {kib} KiB is out of range")
    alg = bindings.crypto_pwhash_ALG_ARGON2ID13
    return derive(bindings.crypto_pwhash_alg(32, password, salt, passes, 1024 * kib, alg), purpose)


def check_signature(key, purpose, data, signature, what):
    try:
        bindings.crypto_sign_open(signature + tagged(purpose) + data, key)
    except (exceptions.CryptoError, ValueError):
        raise Refused(f"{what} has a signature that does not fit") from None


def open_box(key, purpose, context, box, what):
    need(len(box) >= 40, f"{what} is too short for a box")
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            box[24:], tagged(purpose) + context, box[:24], key
        )
    except exceptions.CryptoError:
        raise Refused(f"{what} does not open") from None


def open_sealed(secret, purpose, context, data, what):
    count = struct.unpack("<I", data[:4])[0] if len(data) >= 4 else 0
    entry = 113 + len(purpose)
    need(1 <= count <= 32 and len(data) >= 44 + count * entry, f"{what} is no sealed part")
    public = bindings.crypto_scalarmult_base(secret)
    entries = [data[4 + n * entry :][:entry] for n in range(count)]
    mine = next((e[32:] for e in entries if e[:32] == public), None)
    need(mine is not None, f"{what} is not sealed to this centre")
    try:
        inside = bindings.crypto_box_seal_open(mine, public, secret)
    except exceptions.CryptoError:
        raise Refused(f"{what} has an entry for this centre that does not open") from None
    need(inside[:-32] == tagged(purpose), f"{what} is sealed for another purpose")
    return open_box(inside[-32:], purpose, context, data[4 + count * entry :], what)


def open_lockbox(password, purpose, data, what):
    need(data[:8] == b"JKLOCK\r\n" and 81 <= len(data) <= MIB + 80, f"{what} is no lockbox")
    suite, version, passes, kib, zero = struct.unpack("<HHIII", data[8:24])
    need((suite, version, zero) == (1, 1, 0), f"{what} is a lockbox of another version")
    key = password_key(password, data[24:40], (passes, kib), purpose)
    return open_box(key, purpose, data[:40], data[40:], what)


# --- Section 1: codes ---

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def letters_of(data, bits):
    number = int.from_bytes(data, "big") >> (8 * len(data) - bits)
    return "".join(LETTERS[number >> at & 31] for at in range(bits - 5, -1, -5))


def check_letter(letters):
    total = 0
    for n, letter in enumerate(reversed(letters)):
        value = LETTERS.index(letter)
        total += value if n % 2 else 2 * value // 32 + 2 * value % 32
    return LETTERS[-total % 32]


def canonical(typed):
    blanks = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
    text = "".join(c for c in unicodedata.normalize("NFKC", typed) if c not in blanks and not c.isspace())
    return text.upper().translate(str.maketrans("OIL", "011"))


def is_code(text, letters):
    return (
        len(text) == letters + 1
        and all(c in LETTERS for c in text)
        and check_letter(text[:-1]) == text[-1]
    )


def grouped(code):
    groups = [code[at : at + 4] for at in range(0, len(code), 4)]
    if len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return "-".join(groups)


# --- Section 2: key files ---


def bare_lines(text):
    """The lines of a key file without comments and blanks."""
    for line in text.split("\n"):
        line = line.strip()
        if line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            yield line if line.startswith("[") else key.strip() + equals + value.strip()


def key_lines(text, group):
    """What one group of a key file says."""
    lines, inside = {}, False
    for line in bare_lines(text):
        if line.startswith("["):
            inside = line == f"[{group}]"
        elif inside:
            key, _, value = line.partition("=")
            lines[key] = value
    return lines


def read_public_key(path):
    lines = key_lines(read_text(path), "key")
    need(set(lines) == {"kind", "name", "public", "check"}, f"{path} has other lines than a key")
    need(lines["kind"] == "authority", f"{path} is no key of an authority")
    public = bytes.fromhex(lines["public"])
    check = letters_of(digest("jikao 1 public key", struct.pack("<H", 1) + public), 30)
    need(check == lines["check"].upper(), f"{path} has a check that does not fit")
    return public


def read_centre_key(path, passphrase):
    what = os.path.basename(path)
    inside = open_lockbox(passphrase, "jikao 1 key file", read_bytes(path), what)
    kind, size = struct.unpack("<HH", inside[:4])
    need(kind == 2 and len(inside) == 36 + size, f"{what} is no key of a centre")
    return inside[-32:]


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


# --- Section 3: the envelope ---

MANIFEST = "(aya(sttay)v)"
SESSION_BODY = "(aysssubay(uu)(uu)uaaya(yayayay)uuu)"
BODIES = {1: "(sayu)", 3: SESSION_BODY, 5: "(ayayuus)"}
BYTES_MAX = {1: 4 << 30, 3: 256 << 20, 5: 256 << 20}


class Envelope:
    def __init__(self, path, kind, signer=None):
        """Without a signer it names itself."""
        self.what, self.kind = os.path.basename(path), kind
        self.data = read_bytes(path)
        size, self.count = self.check_head()
        end = 64 + up(size, 8)
        self.check_signature(size, end, signer)
        self.read_manifest(size)
        self.read_sections(end + 64)

    def need(self, fits, sentence):
        need(fits, f"{self.what}: {sentence}")

    def check_head(self):
        data = self.data
        self.need(data[:8] == b"JIKAO\r\n\x1a", "this is no file of Jikao")
        self.need(len(data) >= 64, "the head is cut short")
        kind, suite, version, zero, size, count, whole = struct.unpack("<HHHHIIQ", data[8:32])
        self.need(kind == self.kind, f"kind {kind} where {self.kind} is expected")
        self.need((suite, version, zero) == (1, 1, 0), "the head is of another version")
        self.need(whole == len(data) <= BYTES_MAX[kind], "the file has other bytes than its head says")
        self.need(32 <= size <= MIB and count <= 16, "the head has sizes out of range")
        self.need(up(size, 8) + 128 <= len(data), "the manifest goes beyond the file")
        return size, count

    def check_signature(self, size, end, signer):
        data = self.data
        self.signer = data[64:96]
        self.need(signer in (None, self.signer), "it is signed by another than the pinned authority")
        signed = data[:32] + ZEROS + data[64:end]
        what = f"{self.what}: the envelope"
        check_signature(self.signer, "jikao 1 envelope", signed, data[end : end + 64], what)
        self.need(not any(data[64 + size : end]), "the zeros after the manifest are none")

    def read_manifest(self, size):
        manifest = variant(MANIFEST, self.data[64 : 64 + size], f"{self.what}: the manifest")
        signer, self.listed, (body_type, self.body) = manifest
        self.need(len(signer) == 32, "the signer's key has not 32 bytes")
        self.need(body_type == BODIES[self.kind], f"the body is {body_type}")
        self.body_bytes = put(type_of(body_type), self.body)
        names = [section[0] for section in self.listed]
        self.need(len(set(names)) == len(names) == self.count, "sections twice, or others than in the head")
        good = set("abcdefghijklmnopqrstuvwxyz0123456789-")
        self.need(all(0 < len(n) <= 64 and set(n) <= good for n in names), "a section has a malformed name")

    def read_sections(self, at):
        data, self.sections, self.rows = self.data, {}, {}
        for name, size, rows, wanted in self.listed:
            part, end = data[at : at + size], up(at + size, 8)
            self.need(end <= len(data), f"section {name} goes beyond the file")
            self.need(not any(data[at + size : end]), f"the zeros after section {name} are none")
            self.need(blake(part) == wanted, f"section {name} has a digest that does not fit")
            self.sections[name], self.rows[name], at = part, rows, end
        self.need(at == len(data), "the last section does not end with the file")
        self.outer = data[32:64]
        self.need(blake(data[64:]) == self.outer, "the outer digest does not fit")

    def section(self, name, row_size=None):
        self.need(name in self.sections, f"section {name} is missing")
        part = self.sections[name]
        if row_size is not None:
            self.need(self.rows[name] * row_size == len(part), f"section {name} has other rows than bytes")
        return part


# --- Section 6: session, persons, roll, records ---


class Person:
    def __init__(self, data, what):
        need(len(data) >= 10, f"{what} is cut short")
        self.index, self.is_spare, _, self.extra_minutes, size = struct.unpack("<IBBHH", data[:10])
        self.raw = data[: 10 + size]
        fields = self.raw[10:].split(b"\0")
        need(len(self.raw) == 10 + size and len(fields) == 6 and not fields[5], f"{what} is malformed")
        need(self.is_spare <= 1 and self.extra_minutes <= 180, f"{what} has numbers out of range")
        self.admission, self.name, self.masked, self.seat, self.path = (f.decode() for f in fields[:5])


class Role:
    def __init__(self, fields):
        self.name, self.sign_key, self.box_key, self.lockbox = fields


class Session:
    def __init__(self, path, authority):
        self.envelope = Envelope(path, 3, authority)
        self.what, self.digest = self.envelope.what, self.envelope.outer
        body = self.envelope.body
        self.id, self.name, self.hall, self.start, self.build, self.is_rehearsal = body[:6]
        self.bank_digest, self.code_cost, self.login_cost, rule, self.centres = body[6:11]
        self.roles = {fields[0]: Role(fields) for fields in body[11]}
        self.n_records, self.record_size, self.parts = body[12:]
        need(len(self.id) == 16 and len(self.bank_digest) == 32, f"{self.what}: a digest has a wrong length")
        need(rule == 1 and self.parts in (1, 2), f"{self.what}: rule or parts out of range")
        need(1 <= len(self.centres) <= 3, f"{self.what}: {len(self.centres)} centres")
        names = [fields[0] for fields in body[11]]
        need(0 < len(names) <= 4 and names == sorted(set(names)), f"{self.what}: roles out of order")
        self.records = self.read_records()
        self.plan, self.policy, self.blueprint = (
            self.envelope.section(name).decode() for name in ("plan", "policy", "blueprint")
        )

        policy = key_lines(self.policy, "policy")
        self.late_shortens = policy.get("late-shortens") == "true"
        self.copy_age_max_ms = 1000 * int(policy.get("copy-age-max-s", "0"))
        self.duration_min = int(key_lines(self.plan, "exam")["duration-min"])

    def read_records(self):
        size = 16 + self.record_size
        data = self.envelope.section("records", size)
        rows = [data[at : at + size] for at in range(0, len(data), size)]
        lookups = [row[:16] for row in rows]
        need(len(rows) == self.n_records, f"{self.what}: {len(rows)} records, {self.n_records} stated")
        need(all(a < b for a, b in zip(lookups, lookups[1:])), f"{self.what}: records out of order")
        return [row[16:] for row in rows]

    def unlock(self, secret):
        """What a centre may open: the start code, with it the paper key; the roll key, with it the roll."""
        wraps = variant("(ayayayayayayay)", self.envelope.section("wraps"), f"{self.what}: wraps")
        here = self.id + self.hall.encode()
        what = f"{self.what}: the start code copy"
        code = open_sealed(secret, "jikao 1 start code copy", self.id, wraps[6], what)
        letters = code.decode()
        halves = [letters[at : at + 13] for at in range(0, len(letters), 13)]
        need(len(halves) == self.parts and all(is_code(h, 12) for h in halves), f"{what} is no code")
        key = password_key(code, wraps[4], self.code_cost, "jikao 1 start code")
        paper = f"{self.what}: the paper key"
        self.paper_key = open_box(key, "jikao 1 paper key", self.id, wraps[5], paper)
        need(len(self.paper_key) == 32, f"{paper} has not 32 bytes")
        roll = f"{self.what}: the roll key"
        self.read_roll(open_sealed(secret, "jikao 1 roll key", here, wraps[3], roll))

    def read_roll(self, key):
        what, roll = f"{self.what}: the roll", self.envelope.section("roll")
        size = struct.unpack("<I", roll[:4])[0]
        people = open_box(key, "jikao 1 roll people", self.id, roll[4 : 4 + size], what)
        keys = open_box(key, "jikao 1 roll keys", self.id, roll[4 + size :], what)
        count, at, self.people = struct.unpack("<I", people[:4])[0], 4, []
        for n in range(count):
            person = Person(people[at:], f"{what}, person {n}")
            need(person.index == n, f"{what}: person {n} has index {person.index}")
            self.people.append(person)
            at += len(person.raw)
        need(at == len(people) and len(keys) == 32 * count, f"{what} has other sizes than its count")
        need(count == self.n_records, f"{what} has {count} persons, the session {self.n_records} records")
        self.record_keys = [keys[32 * n : 32 * n + 32] for n in range(count)]


class Record:
    """A record opened with its record key, and the paper inside with the paper key."""

    def __init__(self, session, index):
        self.what = f"{session.what}: record {index}"
        need(index < len(session.people), f"{self.what} is not in the roll")
        self.key, self.person = session.record_keys[index], session.people[index]
        mark = derive(self.key, "jikao 1 record mark", session.id)[:16]
        row = next((r for r in session.records if r[:16] == mark), None)
        need(row is not None, f"{self.what} has no row with its mark")
        plain = open_box(self.key, "jikao 1 record", session.id, row[16:], self.what)
        person_size, inner_size = struct.unpack("<II", plain[:8])
        end = 8 + person_size + inner_size
        need(end <= len(plain) and not any(plain[end:]), f"{self.what} has a filling that is no zeros")
        person = plain[8 : 8 + person_size]
        need(person == self.person.raw, f"{self.what} has another person than the roll")
        self.read_paper(session, index, plain[8 + person_size : end])

    def read_paper(self, session, index, box):
        key = derive(session.paper_key, "jikao 1 record paper key", self.key)
        what = f"{self.what}, its paper"
        inner = open_box(key, "jikao 1 record paper", session.id + u32(index), box, what)
        need(len(inner) >= 96 and len(inner) % 32 == 0, f"{what} has a wrong length")
        self.seed, self.paper_digest = inner[:32], inner[32:64]
        self.item_keys = [inner[at : at + 32] for at in range(64, len(inner), 32)]


# --- Sections 4 and 5: the bank, the draw ---


class Bank:
    def __init__(self, path, authority, session):
        self.envelope = Envelope(path, 1, authority)
        self.what = self.envelope.what
        need(self.envelope.outer == session.bank_digest, f"{self.what} is not the bank that the session names")
        scope, self.id, self.n = self.envelope.body
        need(scope == "session" and self.id == session.id, f"{self.what} is not this session's")

    def unlock(self, session):
        key = derive(session.paper_key, "jikao 1 bank index")
        index = self.envelope.section("index")
        self.rows = open_box(key, "jikao 1 index", self.id, index, f"{self.what}: index")
        need(len(self.rows) == 32 * self.n, f"{self.what}: the index has other rows than items")
        tables = self.envelope.section("tables")
        tables = open_box(key, "jikao 1 tables", self.id, tables, f"{self.what}: tables")
        fields = variant("(saya(ss)uay)", tables, f"{self.what}: tables")
        self.codes = [code for code, _ in fields[2]]
        self.places = self.find_places()

    def find_places(self):
        """Where each item's box lies in blobs; one more for the end."""
        places = [0]
        for at in range(0, len(self.rows), 32):
            places.append(places[-1] + struct.unpack("<I", self.rows[at + 12 : at + 16])[0])
        blobs = self.envelope.section("blobs")
        need(places[-1] == len(blobs), f"{self.what}: the items' sizes do not add up")
        return places

    def open_item(self, number, key):
        what = f"{self.what}: item {number}"
        box = self.envelope.section("blobs")[self.places[number] : self.places[number + 1]]
        row = self.rows[32 * number : 32 * number + 32]
        need(blake(box)[:16] == row[16:], f"{what} has another digest than in its row")
        blob = open_box(key, "jikao 1 item", u32(number), box, what)
        fields = variant("(ssasya(say))", blob, what)
        options = 0 if row[4] == 3 else row[6]
        need((len(fields[2]), fields[3]) == (options, row[7]), f"{what} has other options than its row")


class Paper:
    """The paper of a record, drawn again; every item of it opened."""

    def __init__(self, session, bank, record):
        blueprint = redraw.Blueprint("\n".join(bare_lines(session.blueprint)))
        drawn = redraw.Draw(blueprint, bank.codes, bank.rows, record.seed).paper()
        need(drawn is not None, f"{record.what}: there is no paper for its seed")
        rows = drawn[0]
        self.digest, self.items = redraw.digest(rows), []
        need(self.digest == record.paper_digest, f"{record.what} names another paper than the draw gives")
        need(16 * len(record.item_keys) == len(rows), f"{record.what} has other keys than its paper items")
        for n, key in enumerate(record.item_keys):
            number, kind, _, options = struct.unpack("<IBBB", rows[16 * n : 16 * n + 7])
            bank.open_item(number, key)
            self.items.append((kind, options))

    def check_answers(self, answers, what):
        for position, mask in answers.items():
            kind, options = self.items[position]
            is_one = mask & (mask - 1) == 0
            fits = 0 < mask < 1 << options and (is_one or kind == 2)
            need(fits, f"{what}: the answer {position}/{mask} is impossible for its item")


# --- Section 9: orders ---


class Order:
    def __init__(self, data, what):
        need(len(data) >= 208 and data[:8] == b"JKORDR\r\n", f"{what} is no order")
        suite, version, self.act, count, zero = struct.unpack("<HHHBB", data[8:16])
        need((suite, version, zero) == (1, 1, 0) and 1 <= count <= 2, f"{what} is of another version")
        self.id, self.session, self.station, self.device, self.subject = split(data[16:160], 16, 32, 32, 32, 32)
        numbers = struct.unpack("<QqQIIIHHHH", data[160:204])
        self.counter, _, self.amount, self.record, self.epoch, self.states = numbers[:6]
        hall, text, reason, self.amendment = numbers[6:]
        end = 208 + hall + text + reason
        need(len(data) == end + 72 * count and not any(data[204:208]), f"{what} has a wrong length")
        self.hall, self.text, self.reason = (s.decode() for s in split(data[208:end], hall, text, reason))
        self.signed = data[:14] + b"\0" + data[15:end]
        self.digest = digest("jikao 1 order", self.signed)
        self.signatures = [data[at : at + 72] for at in range(end, len(data), 72)]

    def check(self, session, what):
        """Hall, session, and the signatures of roles."""
        need(self.hall == session.hall and self.session == session.digest, f"{what} is for another session or hall")
        need(self.amendment == 0, f"{what} was given under amendment {self.amendment}, and none is read here")
        names = [signature[0] for signature in self.signatures]
        need(len(set(names)) == len(names), f"{what} has a role twice")
        for signature in self.signatures:
            role = session.roles.get(signature[0])
            need(role is not None and not any(signature[1:8]), f"{what} has a role the session does not have")
            check_signature(role.sign_key, "jikao 1 order", self.signed, signature[8:], what)


    def check_rule(self, event, what):
        """Soundness by the table of acts."""
        need(self.act in RULES, f"{what} is of act {self.act}, which no result has")
        events, least, most, one, every, carries = RULES[self.act]
        need(event in events, f"{what} is of act {self.act}, its row of event {event}")
        needed = every if self.record == EVERY else one
        need(1 <= needed <= len(self.signatures), f"{what} has {len(self.signatures)} signers, act {self.act}")
        need(least <= self.amount <= most, f"{what} says {self.amount}, out of the range of its act")
        for field in carries:
            value = getattr(self, field)
            need(value.strip(b"\0" if isinstance(value, bytes) else None), f"{what} lacks its {field}")


def split(data, *sizes):
    parts, at = [], 0
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    return parts


# --- Section 7: rows ---


class Row:
    def __init__(self, data, what):
        need(len(data) >= 48, f"{what} is cut short")
        self.sequence, self.event, zero, size, self.exam_ms, self.wall_ms = struct.unpack("<QHHIQq", data[:32])
        need(zero == 0 and len(data) == 48 + size and size <= 65536, f"{what} is malformed")
        self.raw, self.payload = data, data[48:]


def split_rows(data, what):
    at, rows = 0, []
    while at < len(data):
        size = struct.unpack("<I", data[at : at + 4])[0] if at + 4 <= len(data) else len(data)
        need(at + 4 + size <= len(data), f"{what}: the rows are cut short")
        at += 4 + size
        rows.append(Row(data[at - size : at], f"{what}, row {len(rows) + 1}"))
    return rows


ORDER = "16s32sQ"
EVENTS = {
    1: ("identified", "32s32s32sI"),
    2: ("ready", ""),
    3: ("started", "QI32sI"),
    4: ("answered", "HH"),
    5: ("cleared", "HH"),
    6: ("flagged", "HH"),
    7: ("visited", "HH"),
    8: ("focus", "HH"),
    9: ("head", "32s64s"),
    10: ("gap", "QII"),
    11: ("paused", ORDER),
    12: ("resumed", ORDER),
    13: ("extended", ORDER),
    14: ("handed-in", "II16s32s"),
    15: ("sealed", "32s"),
    16: ("collected", ORDER),
    17: ("reopened", ORDER),
    18: ("moved", ORDER),
    19: ("credited", ORDER),
    20: ("late", ORDER),
    21: ("released", ORDER),
    22: ("consented", ORDER),
    23: ("noted", ORDER),
    24: ("admitted", ORDER),
    25: ("common-end", "QQ32s"),
    26: ("clock", "q"),
    27: ("arrived", "32s16s32s"),
}

# Section 9: of each act whose order can stand in a result, the events that obey it, the range of its
# amount, how many sign for one record and for every record (0: one record only), what it carries.
RULES = {
    5: ((20,), MIN_MS, GIVEN_MS_MAX, 1, 0, ()),
    6: ((24,), 0, 0, 2, 0, ("text", "reason")),
    7: ((24,), 0, 0, 2, 0, ("reason",)),
    11: ((13,), MIN_MS, GIVEN_MS_MAX, 1, 2, ("reason",)),
    12: ((19,), 0, GIVEN_MS_MAX, 1, 2, ("reason",)),
    13: ((11,), 0, 0, 2, 2, ("reason",)),
    14: ((12,), 0, 0, 2, 2, ("reason",)),
    15: ((21,), 0, 0, 1, 2, ("reason",)),
    16: ((22,), 0, 0, 1, 0, ()),
    17: ((23,), 0, 0, 1, 1, ("text",)),
    18: ((23,), 0, 0, 1, 1, ("text",)),
    19: ((23,), 0, 0, 2, 0, ("text", "reason")),
    20: ((14,), 0, 0, 2, 0, ("reason",)),
    21: ((17,), 0, GIVEN_MS_MAX, 2, 0, ("reason",)),
    22: ((18,), 0, 0, 1, 0, ("reason",)),
    23: ((18, 27), 0, DAY_MS, 1, 0, ("station", "reason")),
    25: ((16,), 0, 0, 2, 0, ("subject",)),
}

# What has a place in each state, and the state it leads to where that is another one.
STAYS = {
    "identified": (10, 20, 23, 24, 26),
    "ready": (9, 10, 20, 23, 25, 26),
    "running": (4, 5, 6, 7, 8, 9, 10, 13, 19, 21, 22, 23, 25, 26, 27),
    "paused": (7, 8, 9, 10, 13, 19, 21, 23, 25, 26, 27),
}
LEADS = {
    "none": {1: "identified"},
    "identified": {2: "ready", 18: "moved"},
    "ready": {3: "running", 18: "moved"},
    "running": {11: "paused", 14: "handed-in", 18: "moved"},
    "paused": {12: "running", 14: "handed-in", 18: "moved"},
    "handed-in": {15: "sealed"},
    "sealed": {16: "collected", 17: "running"},
    "moved": {27: "running"},
}


def state_after(state, event):
    """None where the event has no place."""
    if event in STAYS.get(state, ()):
        return state
    return LEADS.get(state, {}).get(event)


class Clock:
    """What time a candidate has."""

    def __init__(self):
        self.allotted = self.late = self.extended = self.credited = 0
        self.end_ms = None

    def more_ms(self):
        return self.extended + self.credited

    def own_ms(self):
        return max(0, self.allotted - self.late) + self.more_ms()

    def has_ms(self):
        own = self.own_ms()
        return own if self.end_ms is None else min(own, self.end_ms + self.more_ms())


class Replay:
    """The rows of a sitting from `identified` to `handed-in`: section 7, in the order of section 8."""

    def __init__(self, session, what, link):
        self.session, self.what, self.link = session, what, link
        self.state, self.exam_ms, self.n_rows = "none", 0, 0
        self.clock, self.answers = Clock(), {}
        self.obeyed, self.stations, self.seal, self.restarts = [], [], 0, 0
        self.copies = {}
        self.beacon, self.items, self.waits = 0, 0, False

    def need(self, fits, sentence):
        need(fits, f"{self.what}, row {self.n_rows}: {sentence}")

    def take(self, row):
        self.n_rows += 1
        self.need(row.sequence == self.n_rows, f"sequence {row.sequence}")
        self.need(row.event in EVENTS, f"event {row.event} is unknown")
        name, form = EVENTS[row.event]
        self.need(len(row.payload) == struct.calcsize("<" + form), f"{name} has a payload of another size")
        self.check_time(row)
        after = state_after(self.state, row.event)
        self.need(after is not None, f"{name} has no place in state {self.state}")
        fields = struct.unpack("<" + form, row.payload)
        if form == ORDER:
            self.obey(row, name, *fields)
        handler = getattr(self, "on_" + name.replace("-", "_"), None)
        if handler is not None:
            handler(row, *fields)
        self.state = after
        self.link = digest("jikao 1 chain", self.link + u32(len(row.raw)) + row.raw)
        self.last = row

    def check_time(self, row):
        self.need(row.exam_ms >= self.exam_ms, "exam time goes back")
        moves = row.exam_ms > self.exam_ms
        may_move = self.state == "running" or (self.state == "paused" and row.event == 27)
        self.need(not moves or may_move, f"exam time moves in state {self.state}")
        self.exam_ms = row.exam_ms

    def obey(self, row, name, order_id, order_digest, amount):
        known = [known_id for _, known_id, _, _, _ in self.obeyed]
        self.need(order_id not in known, f"{name} obeys an order a second time")
        self.need(row.event not in (13, 19) or amount > 0, f"{name} gives no time")
        self.need(len(self.obeyed) < 10_000, "more than 10,000 orders")
        self.obeyed.append((row.event, order_id, order_digest, amount, self.stations[-1]))

    def on_identified(self, row, session, station, proof, record):
        self.need(session == self.session.digest, "it is of another session")
        self.need(record < 25000, f"record {record} cannot be")
        self.proof, self.record = proof, record
        self.stations.append(station)

    def on_started(self, row, allotted, items, paper, amendment):
        self.need(1 <= allotted <= DAY_MS and 1 <= items <= 400, "it starts out of range")
        self.need(amendment == 0, f"it starts under amendment {amendment}, and none is read here")
        self.clock.allotted, self.items, self.paper = allotted, items, paper

    def need_position(self, position):
        self.need(position < self.items, f"position {position} is beyond the paper")

    def on_answered(self, row, position, mask):
        self.need_position(position)
        self.need(1 <= mask <= 255, f"mask {mask} cannot be")
        self.need(row.exam_ms < self.clock.has_ms(), "an answer after the time the candidate has")
        self.answers[position] = mask

    def on_cleared(self, row, position, zero):
        self.need_position(position)
        self.need(zero == 0, "cleared is malformed")
        self.need(row.exam_ms < self.clock.has_ms(), "an answer after the time the candidate has")
        self.answers.pop(position, None)

    def on_flagged(self, row, position, flag):
        self.need_position(position)
        self.need(flag <= 1, "flagged is malformed")

    def on_visited(self, row, position, zero):
        self.need_position(position)
        self.need(zero == 0, "visited is malformed")

    def on_focus(self, row, position, kind):
        self.need_position(position)
        self.need(1 <= kind <= 3, f"focus {kind} cannot be")

    def on_head(self, row, commitment, signature):
        self.need(commitment == digest("jikao 1 head", self.link), "the head is of another chain")
        signed = self.session.digest + u32(self.record) + struct.pack("<Q", row.sequence) + commitment
        what = f"{self.what}, row {self.n_rows}: the head"
        check_signature(self.stations[-1], "jikao 1 head", signed, signature, what)
        self.waits = False

    def on_gap(self, row, claimed, restarts, kind):
        self.need(1 <= kind <= 3, f"a gap of kind {kind}")
        self.need(claimed <= AGE_MS and (kind != 3 or claimed == 0), f"a gap of {claimed} ms")
        self.restarts += kind != 2 and self.state == "running" and not self.waits
        self.need(restarts == self.restarts, f"{restarts} restarts, {self.restarts} counted")
        if kind != 2:
            self.clock.end_ms = None
        elif self.state != "paused" and self.clock.end_ms is not None:
            self.clock.end_ms = max(0, self.clock.end_ms - claimed)

    def on_extended(self, row, order_id, order_digest, amount):
        self.clock.extended += amount
        self.need(self.clock.extended <= DAY_MS, "more than 24 h extended")

    def on_reopened(self, row, order_id, order_digest, amount):
        self.on_extended(row, order_id, order_digest, amount)

    def on_credited(self, row, order_id, order_digest, amount):
        self.clock.credited += amount
        self.need(self.clock.credited <= DAY_MS, "more than 24 h credited")

    def on_late(self, row, order_id, order_digest, amount):
        self.clock.late += amount
        self.need(self.clock.late <= DAY_MS, "more than 24 h late")

    def on_common_end(self, row, left, sequence, beacon):
        self.need(left <= DAY_MS and sequence > self.beacon, "a common end that cannot be")
        self.beacon, self.clock.end_ms = sequence, row.exam_ms + left

    def on_arrived(self, row, station, order_id, order_digest):
        self.need(self.items > 0, "arrived before started")
        if self.state == "moved":
            same = self.obeyed[-1][1:3] == (order_id, order_digest)
            self.need(same, "arrived by another order than it moved")
        else:
            self.obey(row, "arrived", order_id, order_digest, 0)
            self.copies[order_id] = (row.exam_ms, self.clock.own_ms(), abs(row.wall_ms - self.last.wall_ms))
        self.clock.end_ms, self.waits = None, True
        self.stations.append(station)
        self.need(len(self.stations) <= 64, "more than 64 stations")

    def on_handed_in(self, row, seal, reason, order_id, order_digest):
        self.seal += 1
        self.need(seal == self.seal, f"seal number {seal}, {self.seal} counted")
        self.need(1 <= reason <= 3, f"a hand-in for reason {reason}")
        if reason == 3:
            self.obey(row, "handed-in", order_id, order_digest, 0)
        else:
            self.need(not any(order_id + order_digest), "a hand-in by no order that names one")


# --- Section 8: the result ---


class Result:
    def __init__(self, path, session):
        self.envelope = Envelope(path, 5)
        self.what, self.session = self.envelope.what, session
        digest_named, self.sitting, self.record, self.seal, hall = self.envelope.body
        need(digest_named == session.digest and hall == session.hall, f"{self.what} is of another session or hall")
        need(len(self.sitting) == 16 and self.record < 25000 and self.seal, f"{self.what}: numbers that cannot be")
        need(len(self.envelope.data) <= 32 * MIB, f"{self.what} is above the limit of a result")

    def unseal(self, secret):
        sealed = self.envelope.section("sealed")
        inside = open_sealed(secret, "jikao 1 result", self.envelope.body_bytes, sealed, f"{self.what}: sealed")
        fields = variant("(ayssayayaay)", inside, f"{self.what}: its inside")
        self.link, self.admission, self.name, self.hand_in, self.rows, self.orders = fields
        need((len(self.link), len(self.hand_in)) == (32, 64), f"{self.what}: its inside has wrong lengths")

    def replay(self):
        seen = Replay(self.session, self.what, self.link)
        for row in split_rows(self.rows, self.what):
            seen.take(row)
        need(seen.n_rows and seen.last.event == 14, f"{self.what}: the last row is not handed-in")
        inside = (seen.stations[-1], seen.record, seen.seal)
        outside = (self.envelope.signer, self.record, self.seal)
        need(inside == outside, f"{self.what}: station, record or seal number differ inside and outside")
        self.subject = self.session.digest + u32(self.record) + u32(self.seal) + seen.link
        what = f"{self.what}: the hand-in"
        check_signature(self.envelope.signer, "jikao 1 hand-in", self.subject, self.hand_in, what)
        return seen

    def check_orders(self, seen):
        need(len(self.orders) == len(seen.obeyed), f"{self.what}: {len(self.orders)} orders, {len(seen.obeyed)} obeyed")
        for n, (data, obeyed) in enumerate(zip(self.orders, seen.obeyed), 1):
            order = Order(data, f"{self.what}, order {n}")
            self.check_order(order, obeyed, f"{self.what}, order {n}")
            if obeyed[0] == 27:
                self.check_copy(order, *seen.copies[obeyed[1]], f"{self.what}, order {n}")

    def check_copy(self, order, exam_ms, own_ms, age_ms, what):
        need(exam_ms >= min(order.amount, own_ms), f"{what} says {order.amount} ms were used, its row {exam_ms}")
        is_fresh = age_ms <= self.session.copy_age_max_ms
        need(is_fresh or len(order.signatures) == 2, f"{what}: a copy {age_ms} ms old by one signer")

    def check_order(self, order, obeyed, what):
        event, order_id, order_digest, amount, station = obeyed
        need((order.id, order.digest) == (order_id, order_digest), f"{what} is another than its row names")
        order.check(self.session, what)
        need(order.record in (self.record, EVERY), f"{what} is for record {order.record}")
        need(order.station in (ZEROS, station), f"{what} is for another station")
        order.check_rule(event, what)
        says = self.amount_of(order, event, amount)
        need(amount == says, f"{what} says {says}, its row {amount}")

    def amount_of(self, order, event, amount):
        """The number that the row of an order must have."""
        if event == 19 and order.amount == 0:
            return min(amount, GIVEN_MS_MAX)
        if event == 20:
            return order.amount if self.session.late_shortens else 0
        if event in (23, 24):
            return order.act
        return order.amount if event in (13, 17, 19) else 0

    def check_proof(self, seen, record):
        data = self.session.digest + self.sitting + seen.stations[0]
        need(derive(record.key, "jikao 1 log-in proof", data) == seen.proof, f"{self.what}: a wrong proof of log-in")
        person = ("" if record.person.is_spare else record.person.admission, record.person.name)
        need((self.admission, self.name) == person, f"{self.what} is of another person than its record")

    def receipt(self):
        letters = letters_of(digest("jikao 1 receipt", self.subject), 100)
        return letters + check_letter(letters)


def read_result(result, session, bank, secret):
    """A result that agrees with everything: its receipt, and a summary."""
    result.unseal(secret)
    seen = result.replay()
    result.check_orders(seen)
    record = Record(session, result.record)
    result.check_proof(seen, record)
    paper = Paper(session, bank, record)
    need(seen.paper == paper.digest, f"{result.what}: started with another paper than the record's")
    need(seen.items == len(paper.items), f"{result.what}: started with another number of items")
    minutes = session.duration_min + record.person.extra_minutes
    need(seen.clock.allotted <= MIN_MS * minutes, f"{result.what}: started with more time than {minutes} min")
    paper.check_answers(seen.answers, result.what)
    answers = " ".join(f"{position}/{mask}" for position, mask in sorted(seen.answers.items()))
    lines = (f"record {result.record}", f"seal {result.seal}", f"answers {answers}")
    return result.receipt(), lines


def passphrase_in(path):
    for line in read_text(path).splitlines():
        if line.startswith("centre-passphrase="):
            return line.partition("=")[2].encode()
    raise Refused(f"{path} has no line centre-passphrase=")


def read_all(options):
    wanted = canonical(options.receipt or "")
    need(not wanted or is_code(wanted, 20), f"{options.receipt} is no receipt")
    authority = read_public_key(options.authority)
    session = Session(options.session, authority)
    bank = Bank(options.bank, authority, session)
    results = [Result(path, session) for path in options.results]
    # What follows is dear; all that can be refused without a secret is refused before.
    secret = read_centre_key(options.centre, passphrase_in(options.secrets))
    session.unlock(secret)
    bank.unlock(session)
    read = [read_result(result, session, bank, secret) for result in results]
    fits = not wanted or wanted in (receipt for receipt, _ in read)
    need(fits, f"no result has the receipt {options.receipt}")
    for receipt, lines in read:
        print("\n".join((*lines, f"receipt {grouped(receipt)}")))


def main():
    parser = argparse.ArgumentParser()
    for name in ("session", "bank", "centre", "secrets", "authority"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--receipt")
    parser.add_argument("results", nargs="+")
    try:
        read_all(parser.parse_args())
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except (struct.error, ValueError, IndexError, KeyError) as problem:
        print(f"what was opened last is malformed: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
