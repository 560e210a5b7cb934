#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The draw once more, from the text of src/FORMATS.md (sections 2 and 5) and nothing else.

    redraw.py FORMATS.md DUMP-DRAWS    compares with the golden papers and with random draws (TAP)
    redraw.py FORMATS.md --golden      prints the golden digests and the first paper
"""

import hashlib
import re
import struct
import subprocess
import sys

LOOKS = TRIES = 64
TYPES = {"single": 1, "multiple": 2, "judge": 3}


class Stream:
    def __init__(self, seed):
        self.seed, self.block, self.numbers = seed, 0, []

    def u32(self):
        if not self.numbers:
            purpose = b"jikao 1 draw"
            data = bytes([len(purpose)]) + purpose + struct.pack("<Q", self.block)
            block = hashlib.blake2b(data, key=self.seed, digest_size=64).digest()
            self.numbers = list(struct.unpack("<16I", block))
            self.block += 1
        return self.numbers.pop(0)

    def below(self, n):
        number = self.u32()
        while number < 2**32 % n:
            number = self.u32()
        return number % n

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            k = self.below(i + 1)
            values[i], values[k] = values[k], values[i]


class Item:
    def __init__(self, row):
        fields = struct.unpack("<HHBBBBI", row[:12])
        self.section, self.element, self.type, self.grade = fields[:4]
        self.n_options, self.n_pinned, self.enemy = fields[4:]


class Blueprint:
    def __init__(self, text):
        groups = {}
        for line in text.splitlines():
            if line.startswith("["):
                group = groups.setdefault(line.strip("[]"), {})
            elif line and not line.startswith("#"):
                key, value = line.split("=", 1)
                group[key] = value
        self.half_points = {TYPES[k]: int(float(v) * 2) for k, v in groups["points"].items()}
        self.percents = [int(groups["difficulty"][str(grade)]) for grade in range(1, 6)]
        self.sections = list(groups["cells"])
        self.cells = []
        for section, counts in enumerate(groups["cells"].values()):
            for kind, count in enumerate(counts.split("/"), 1):
                if int(count) > 0:
                    self.cells.append((section, kind, int(count)))

    def targets(self, kind):
        n = sum(count for _, t, count in self.cells if t == kind)
        targets = [n * percent // 100 for percent in self.percents]
        by_rest = sorted(range(5), key=lambda grade: (-(n * self.percents[grade] % 100), grade))
        for grade in by_rest[: n - sum(targets)]:
            targets[grade] += 1
        return dict(enumerate(targets, 1))


class Draw:
    def __init__(self, blueprint, codes, rows, seed):
        self.blueprint, self.stream = blueprint, Stream(seed)
        self.items = [Item(rows[at : at + 32]) for at in range(0, len(rows), 32)]
        self.pools = []
        for section, kind, _ in blueprint.cells:
            wanted = codes.index(blueprint.sections[section])
            fits = (n for n, i in enumerate(self.items) if (i.section, i.type) == (wanted, kind))
            self.pools.append(list(fits))
        self.targets = {kind: blueprint.targets(kind) for kind in (1, 2, 3)}
        self.forced = (self.forced_excess(), self.forced_misses())
        self.order = list(range(len(blueprint.cells)))

    def forced_excess(self):
        excess = 0
        for number in range(len(self.blueprint.sections)):
            asked, elements = 0, set()
            for (section, _, count), pool in zip(self.blueprint.cells, self.pools):
                if section == number:
                    asked += count
                    elements |= {self.items[n].element for n in pool}
            excess += max(0, asked - len(elements))
        return excess

    def forced_misses(self):
        misses = 0
        for kind in (1, 2, 3):
            for grade in range(1, 6):
                reach = 0
                for (_, t, count), pool in zip(self.blueprint.cells, self.pools):
                    if t == kind:
                        reach += min(count, sum(self.items[n].grade == grade for n in pool))
                misses += max(0, self.targets[kind][grade] - reach)
        return misses

    def judge(self, number, chosen):
        """(same, over) of a candidate; None for an enemy."""
        item = self.items[number]
        others = [self.items[n] for n in chosen]
        if item.enemy and any(o.enemy == item.enemy for o in others):
            return None
        have = sum((o.type, o.grade) == (item.type, item.grade) for o in others)
        same = sum(o.element == item.element for o in others)
        return (same, int(have >= self.targets[item.type][item.grade]))

    def pick(self, free, chosen):
        size, best = len(free), None
        look = list(range(size))
        for k in range(min(LOOKS, size)):
            other = k + self.stream.below(size - k)
            look[k], look[other] = look[other], look[k]
            merit = self.judge(free[look[k]], chosen)
            if merit is not None and (best is None or merit < best[0]):
                best = (merit, look[k])
            if merit == (0, 0):
                break
        if best is None and size > LOOKS:
            start = self.stream.below(size)
            for place in list(range(start, size)) + list(range(start)):
                merit = self.judge(free[place], chosen)
                if merit is not None:
                    return merit, place
        return best

    def attempt(self, best_score):
        """(score, chosen as (item, cell)); None when it failed or was given up."""
        chosen, excess, misses, short = [], 0, 0, None
        for place, cell in enumerate(self.order):
            free = list(self.pools[cell])
            for _ in range(self.blueprint.cells[cell][2]):
                found = self.pick(free, [number for number, _ in chosen])
                if found is None:
                    self.advance(place)
                    return None
                (same, over), at = found
                chosen.append((free[at], cell))
                free[at] = free[-1]
                free.pop()
                excess += same > 0
                misses += over
                if same > 0 and place > 0 and short is None:
                    short = place
                if best_score is not None and (excess, misses) >= best_score:
                    self.advance(short)
                    return None
        self.advance(short)
        return (excess, misses), chosen

    def advance(self, place):
        if place is not None:
            self.order.insert(0, self.order.pop(place))

    def paper(self):
        """(rows, tries, excess, misses); None when enemies forbid it."""
        best = None
        for tries in range(1, TRIES + 1):
            done = self.attempt(best and best[0])
            best = done or best
            if done and done[0] == self.forced:
                break
        if best is None:
            return None
        (excess, misses), chosen = best
        return self.rows(chosen), tries, excess - self.forced[0], misses

    def rows(self, chosen):
        cells = [(number, self.blueprint.cells[cell]) for number, cell in chosen]
        paper = []
        for kind in (1, 2, 3):
            part = [(number, section) for number, (section, t, _) in cells if t == kind]
            self.stream.shuffle(part)
            paper += part
        rows = b""
        for number, section in paper:
            item = self.items[number]
            moving = list(range(item.n_options - item.n_pinned))
            if item.type != 3:
                self.stream.shuffle(moving)
            order = moving + list(range(len(moving), item.n_options))
            points = self.blueprint.half_points[item.type]
            rows += struct.pack("<IBBBB", number, item.type, section, item.n_options, points)
            rows += bytes(order) + b"\xff" * (8 - item.n_options)
        return rows


def digest(rows):
    purpose = b"jikao 1 paper"
    return hashlib.blake2b(bytes([len(purpose)]) + purpose + rows, digest_size=32).digest()


def golden_rows(blueprint, f, e, p, m):
    rows, i, before = b"", 0, {}
    for section, kind, count in blueprint.cells:
        for _ in range(f * count):
            j = before.get(section, 0)
            before[section] = j + 1
            x = 13 * i % 20
            grade = next(g for g, top in enumerate((2, 8, 16, 19, 20), 1) if x < top)
            judge = kind == 3
            pinned = 1 + i // p % 2 if p > 0 and i % p == 0 and not judge else 0
            enemy = 1 + i // 3 % m if m > 0 and i % 3 == 0 else 0
            element = section * e + 7 * j % e
            options = 2 if judge else 4 + i % 2
            row = struct.pack("<HHBBBBI", section, element, kind, grade, options, pinned, enemy)
            rows += row + bytes(20)
            i += 1
    return rows


def block(text, name):
    return re.search("^```" + re.escape(name) + "\n(.*?)^```", text, re.M | re.S).group(1)


def hex_block(text, name):
    lines = block(text, "hex " + name).splitlines()
    return bytes.fromhex("".join(line.split("#", 1)[0] for line in lines))


def golden(text):
    """Of each golden index its name and the papers for the four seeds."""
    blueprint = Blueprint(block(text, "ini draw-blueprint"))
    for line in re.findall(r"^\| `(draw-\w+)` \|(.*)\|$", text, re.M):
        numbers = [int(n.replace(",", "")) for n in line[1].split("|")]
        rows = golden_rows(blueprint, *numbers[1:])
        assert len(rows) == 32 * numbers[0], line
        papers = []
        for g in range(4):
            seed = bytes((32 * g + k) % 256 for k in range(32))
            papers.append(Draw(blueprint, blueprint.sections, rows, seed).paper()[0])
        yield line[0], papers


def show_golden(text):
    for name, papers in golden(text):
        print(f"```hex {name}")
        print("\n".join(digest(paper).hex() for paper in papers))
        print("```")
        if name == "draw-demo":
            first = papers[0]
    print("```hex draw-paper")
    for at in range(0, len(first), 16):
        row = first[at : at + 16].hex()
        print(row[:8], row[8:10], row[10:12], row[12:14], row[14:16], row[16:])
    print("```")


def check_golden(text):
    for name, papers in golden(text):
        wanted = hex_block(text, name)
        if b"".join(digest(paper) for paper in papers) != wanted:
            return False
        if name == "draw-demo" and papers[0] != hex_block(text, "draw-paper"):
            return False
    return True


def check_line(line):
    codes, text, rows, seed, paper, *quality = line.split("\t")
    blueprint = Blueprint(bytes.fromhex(text).decode())
    draw = Draw(blueprint, codes.split(","), bytes.fromhex(rows), bytes.fromhex(seed))
    mine = draw.paper()
    if mine is None:
        return paper == "enemies"
    return mine[0].hex() == paper and [str(number) for number in mine[1:]] == quality


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    if sys.argv[2] == "--golden":
        show_golden(text)
        return 0
    answer = subprocess.run([sys.argv[2]], capture_output=True, check=True, text=True)
    lines = answer.stdout.splitlines()
    bad = [number for number, line in enumerate(lines) if not check_line(line)]
    papers = sum("\tenemies\t" not in line for line in lines)
    points = [
        (check_golden(text), "the golden papers come out again"),
        (not bad, f"{len(lines)} random draws come out again" + (f", not {bad}" if bad else "")),
        (100 <= papers < len(lines), f"{papers} of them are papers, the others are refused"),
    ]
    print(f"1..{len(points)}")
    for number, (is_good, what) in enumerate(points, 1):
        print("ok" if is_good else "not ok", number, "-", what)
    return 0 if all(is_good for is_good, _ in points) else 1


if __name__ == "__main__":
    sys.exit(main())
