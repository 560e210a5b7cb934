#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What goes with the program is in order: desktop entry, metainfo, and translations that lack nothing."""

import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import points
from points import BUILD, SOURCE, listen, needs, read

STATION = "cn.jikao.Station"
PO = os.path.join(SOURCE, "data/po")
MARKED = {
    ".c": re.compile(r"\b(?:_|N_|C_|NC_|n?gettext|g_dp?n?gettext2?) ?\("),
    ".ui": re.compile(r'\btranslatable="(?:yes|true|1)"'),
    ".in": re.compile(r"Translators:"),
}


def read_words(*parts):
    """The words of a list, one a line, comments aside."""
    return [line for line in read(*parts).splitlines() if line and not line.startswith("#")]


def list_sources_of_texts():
    found = [f"data/{name}" for name in os.listdir(os.path.join(SOURCE, "data"))]
    for folder, _, names in os.walk(os.path.join(SOURCE, "ui")):
        found += [os.path.relpath(os.path.join(folder, name), SOURCE) for name in names]
    for path in found:
        marked = MARKED.get(os.path.splitext(path)[1])
        if marked and os.path.isfile(os.path.join(SOURCE, path)) and marked.search(read(SOURCE, path)):
            yield path


@needs("desktop-file-validate")
def entry_is_valid():
    """the desktop entry is valid (desktop-file-validate)"""
    yield from listen(["desktop-file-validate", os.path.join(BUILD, f"data/{STATION}.desktop")])


@needs("appstreamcli")
def metainfo_is_valid():
    """the metainfo is valid (appstreamcli)"""
    yield from listen(["appstreamcli", "validate", "--no-net", os.path.join(BUILD, f"data/{STATION}.metainfo.xml")])


def both_speak_chinese():
    """the desktop entry and the metainfo speak Chinese"""
    if "\nName[zh_CN]=机考\n" not in read(BUILD, f"data/{STATION}.desktop"):
        yield "the desktop entry has no Chinese name"
    if '<name xml:lang="zh_CN">机考</name>' not in read(BUILD, f"data/{STATION}.metainfo.xml"):
        yield "the metainfo has no Chinese name"


def version_is_told():
    """the metainfo tells the version of the program"""
    version = re.search(r"^  version: '([^']*)'", read(SOURCE, "meson.build"), re.M).group(1)
    if f'<release version="{version}"' not in read(BUILD, f"data/{STATION}.metainfo.xml"):
        yield f"no release {version}"


def sources_are_listed():
    """data/po/POTFILES names the sources of texts and nothing else"""
    listed = read_words(PO, "POTFILES")
    sources = sorted(list_sources_of_texts())
    yield from (f"{path} is not listed" for path in sources if path not in listed)
    yield from (f"{path} has no text" for path in listed if path not in sources)
    if listed != sorted(set(listed)):
        yield "not in order, or with doubles"


@needs("msgfmt")
def translations_are_sound():
    """each translation is sound (msgfmt --check)"""
    for language in read_words(PO, "LINGUAS"):
        yield from listen(["msgfmt", "--check", "--output-file", os.devnull, f"data/po/{language}.po"])


@needs("msgcmp")
def chinese_is_complete():
    """zh_CN.po has each text of the sources, no other, and none left open (msgcmp)"""
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "jikao.pot")
        options = read_words(PO, "XGETTEXT_OPTIONS")
        sources = ["--files-from=data/po/POTFILES", f"--output={pot}"]
        complaints = list(listen(["xgettext", *options, *sources]))
        yield from complaints
        if not complaints:
            done = subprocess.run(
                ["msgcmp", os.path.join(PO, "zh_CN.po"), pot], stderr=subprocess.PIPE, text=True, check=False
            )
            yield from done.stderr.strip().splitlines()


def chinese_has_chinese_marks():
    """Chinese texts have full-width punctuation, no exclamation marks, and no star of a comment"""
    for number, line in enumerate(read(PO, "zh_CN.po").splitlines(), 1):
        if line.startswith("#"):
            continue
        text = line if line.startswith(("msgstr", '"')) else ""
        star = text.startswith('msgstr "*')
        if star or re.search(r"[\u4e00-\u9fff][,.:;?!()]|[!！]", text) and not re.search(r'[\u4e00-\u9fff];', text):
            yield f"data/po/zh_CN.po:{number}: {text}"


if __name__ == "__main__":
    points.run(
        [
            entry_is_valid,
            metainfo_is_valid,
            both_speak_chinese,
            version_is_told,
            sources_are_listed,
            translations_are_sound,
            chinese_is_complete,
            chinese_has_chinese_marks,
        ]
    )
