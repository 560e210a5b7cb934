#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Photos of nobody for the demonstration: a drawn head and shoulders with a number.

    photos.py ROSTER_CSV FOLDER

Writes FOLDER/ADMISSION.png, 120 x 160, for every row of the roster; only the colour of the shirt and the
number of the row differ. The same roster gives the same bytes everywhere."""

import csv
import os
import struct
import sys
import zlib

WIDTH, HEIGHT = 120, 160
PAPER, SKIN, HAIR, WHITE = (226, 232, 240), (222, 188, 160), (60, 52, 48), (255, 255, 255)
SHIRTS = [(52, 88, 140), (140, 64, 60), (58, 112, 84), (112, 84, 140), (150, 104, 48), (64, 110, 124)]

# The digits as 3 x 5 dots, row by row.
DOTS = [
    "111101101101111",
    "010110010010111",
    "111001111100111",
    "111001111001111",
    "101101111001001",
    "111100111001111",
    "111100111101111",
    "111001010010010",
    "111101111101111",
    "111101111001111",
]
DOT = 6


def is_in_ellipse(x, y, middle_x, middle_y, radius_x, radius_y):
    return ((x - middle_x) / radius_x) ** 2 + ((y - middle_y) / radius_y) ** 2 <= 1


def is_in_number(x, y, text):
    """Whether the dots of the number, which stands in the middle of the shirt, cover this place."""
    width = len(text) * 4 * DOT - DOT
    column, row = (x - (WIDTH - width) // 2) // DOT, (y - 122) // DOT
    if column < 0 or not 0 <= row < 5 or column >= len(text) * 4 - 1 or column % 4 == 3:
        return False
    return DOTS[int(text[column // 4])][row * 3 + column % 4] == "1"


def colour_at(x, y, number):
    if is_in_number(x, y, f"{number:02}"):
        return WHITE
    if is_in_ellipse(x, y, 60, 62, 27, 34):
        return HAIR if y < 46 else SKIN
    if is_in_ellipse(x, y, 60, 56, 31, 36) and y < 62:
        return HAIR
    if is_in_ellipse(x, y, 60, 160, 54, 56):
        return SHIRTS[number % len(SHIRTS)]
    if abs(x - 60) < 11 and 80 < y < 112:
        return SKIN
    return PAPER


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def draw(number):
    rows = b"".join(
        b"\0" + b"".join(bytes(colour_at(x, y, number)) for x in range(WIDTH)) for y in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    roster, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    with open(roster, encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            with open(os.path.join(folder, row["准考证号"] + ".png"), "wb") as photo:
                photo.write(draw(number))


if __name__ == "__main__":
    main()
