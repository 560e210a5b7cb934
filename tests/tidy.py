#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The house rules as a test: one TAP point per rule, every offence with file and line.

    tidy.py ROOT          checks the tree
    tidy.py --self-test   plants one offence of each rule in a scratch tree and sees the rule go red

A rule is a function that takes a Tree and yields (path, line, what). Each one has its plants in
PLANTS; a rule without a plant fails the self-test.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

# design.md, section 9: a folder includes from itself and from strictly lower floors.
FLOORS = {
    "base": 0,
    "crypto": 1,
    "envelope": 2,
    "bank": 3,
    "plan": 3,
    "paper": 4,
    "session": 5,
    "sitting": 6,
    "result": 7,
    "print": 8,
    "score": 8,
    "desk": 9,
    "tool": 10,
}

# Who may include which foreign header, and who may link what it belongs to.
EXTERNALS = {
    "sodium.h": ("src/crypto/",),
    "sqlite3.h": ("src/sitting/", "src/score/"),
    "csv.h": ("src/base/csv.c",),
    "pango/pangocairo.h": ("src/print/", "ui/"),
    "cairo-pdf.h": ("src/print/",),
}
EXTERNAL_DEPS = {
    "sodium_dep": ("src/crypto/",),
    "sqlite_dep": ("src/sitting/", "src/score/"),
    "csv_dep": ("src/base/",),
    "pango_dep": ("src/print/",),
}
# Of ui/: what every face shares; a face includes from itself, from here and from src/.
SHARED = "common"
# The proctor's panel opens in the window of the station.
WITHIN = {"station": {"panel"}}
NOT_FOR_FACES = ("tool",)
WINDOW_HEADERS = ("gtk/", "gdk/", "adwaita.h", "libadwaita")

UNTESTED = {"src/tool/main.c"}
FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
FORMATTER_MAJOR = "14"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
LOUD = re.compile(
    r"\b(v?f?printf|v?dprintf|f?puts|f?putc|putchar|perror|_?exit|system|popen|g_print|g_printerr"
    r"|g_message|g_info|g_warning|g_critical)\s*\("
)
LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b(?!\s*\(?\s*#\d+)")
MACHINE_PATH = re.compile(r"(?<![\w./:}$*-])/(?:work|root|home|tmp)(?:/|\b)(?!-)")
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# A character to measure by, and a language's name for itself.
NO_TEXTS = re.compile('"(?:\u56fd|\u4e2d\u6587)"|>\u4e2d\u6587 / English<')
SHOWN = re.compile(
    r'<(?:property|attribute) name="(?:label|title|subtitle|tooltip-text|placeholder-text|description|text)"'
    r"[^>]*>(?P<text>[^<]+)<"
)
PLAIN_VERB = re.compile(r"_(new|free|get|get_\w+|is_\w+|error_quark)$")
DIRECTIVE = re.compile(r"^#.*(?:\\\n.*)*", re.M)
MACRO_LINE = re.compile(r"^G_[A-Z_0-9]+( \([^;]*\))?$", re.M)


class Tree:
    """The files under a root that belong to the project: what git knows or would add."""

    def __init__(self, root):
        self.root = root
        self.paths = sorted(p for p in self._list() if os.path.isfile(os.path.join(root, p)))
        self._text = {}
        self._bare = {}

    def _list(self):
        if os.path.exists(os.path.join(self.root, ".git")):
            command = ["git", "-C", self.root, "ls-files", "-z", "-c", "-o", "--exclude-standard"]
            answer = subprocess.run(command, capture_output=True, check=False)
            if answer.returncode == 0:
                return set(answer.stdout.decode().split("\0")) - {""}
        found = []
        for folder, folders, names in os.walk(self.root):
            if folder == self.root:
                folders[:] = [f for f in folders if not re.match(r"build|out$|\.git$|subproj", f)]
            folders[:] = [f for f in folders if f != "__pycache__"]
            found += [os.path.relpath(os.path.join(folder, n), self.root) for n in names]
        return found

    def text(self, path):
        """The text of a file, or nothing for a file that is not text."""
        if path not in self._text:
            with open(os.path.join(self.root, path), "rb") as file:
                data = file.read()
            try:
                self._text[path] = "" if b"\0" in data else data.decode("utf-8")
            except UnicodeDecodeError:
                self._text[path] = ""
        return self._text[path]

    def lines(self, path):
        return enumerate(self.text(path).splitlines(), 1)

    def bare(self, path):
        """C without comments and without what stands between quotes; lines keep their numbers."""
        if path not in self._bare:
            self._bare[path] = strip_c(self.text(path), keep_line_comments=False)
        return self._bare[path]

    def c_files(self, *folders):
        return self._named((".c", ".h"), folders)

    def sources(self, *folders):
        return self._named((".c",), folders)

    def headers(self, *folders):
        return self._named((".h",), folders)

    def meson_files(self):
        return [p for p in self.paths if os.path.basename(p) == "meson.build"]

    def code(self):
        """What a licence line can stand in: sources, build files, scripts of any name."""
        ends = (".c", ".h", ".py", ".sh", "meson.build", "meson_options.txt")
        return [p for p in self.paths if p.endswith(ends) or self.text(p).startswith("#!")]

    def _named(self, ends, folders):
        starts = tuple(f + "/" for f in folders)
        return [p for p in self.paths if p.endswith(ends) and (not starts or p.startswith(starts))]


C_TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"' + r"|'(?:\\.|[^'\\\n])*'", re.S
)


def strip_c(text, keep_line_comments):
    def blank(match):
        token = match.group()
        if token.startswith("//") and keep_line_comments:
            return token
        if token[0] in "\"'":
            return token[0] * 2
        return "\n" * token.count("\n")

    return C_TOKEN.sub(blank, text)


def meson_words(tree, path):
    """The quoted strings of a build file, comments aside."""
    if path not in tree.paths:
        return set()
    text = "\n".join(line.split("#", 1)[0] for _, line in tree.lines(path))
    return set(re.findall(r"'([^'\n]*)'", text))


def floors(tree):
    """src/ includes from its own folder and from lower floors, by folder and file"""
    for path in tree.c_files("src"):
        folder = path.split("/")[1]
        for number, line in tree.lines(path):
            found = INCLUDE.match(line)
            if not found:
                continue
            style, name = found.groups()
            if name.startswith(WINDOW_HEADERS):
                yield path, number, f"{name} belongs to ui/"
            if style == "<":
                continue
            other = name.split("/")[0]
            if "/" not in name or other not in FLOORS:
                yield path, number, f'"{name}" is not written as "folder/file.h" from src/'
            elif folder not in FLOORS:
                yield path, number, f"src/{folder} has no floor in tests/tidy.py"
            elif other != folder and FLOORS[other] >= FLOORS[folder]:
                yield path, number, f"{folder} ({FLOORS[folder]}) may not include {name}" + (
                    f" ({FLOORS[other]})"
                )


def faces(tree):
    """ui/ includes from its own folder, what opens in it, ui/common and src/, by folder and file"""
    for path in tree.c_files("ui"):
        face = path.split("/")[1]
        own = {face, SHARED} | WITHIN.get(face, set())
        for number, line in tree.lines(path):
            found = INCLUDE.match(line)
            if not found or found.group(1) == "<":
                continue
            other = found.group(2).split("/")[0]
            if other in NOT_FOR_FACES or other not in own | set(FLOORS):
                yield path, number, f'"{found.group(2)}" is not for this file'


def strip_comments(tree, path):
    """A file of ui/ without what only translators and readers see; lines keep their numbers."""
    text = tree.text(path)
    hidden = r'<!--.*?-->|\bcomments="[^"]*"' if path.endswith(".ui") else r"/\*.*?\*/"
    return re.sub(hidden, lambda match: "\n" * match.group().count("\n"), text, flags=re.S)


def translated(tree):
    """texts of ui/ are English in the source, and marked for translation in templates"""
    for path in tree.paths:
        if not path.startswith("ui/") or not path.endswith((".c", ".ui")):
            continue
        for number, line in enumerate(strip_comments(tree, path).split("\n"), 1):
            line = NO_TEXTS.sub("", line)
            if HAN.search(line):
                yield path, number, "Chinese belongs to data/po/zh_CN.po"
            found = SHOWN.search(line) if path.endswith(".ui") else None
            if found and "translatable=" not in found.group() and re.search("[a-z]", found.group("text")):
                yield path, number, f"{found.group('text')} is not translatable"


def templates_built(tree):
    """every template is in a list of resources of its folder"""
    for path in tree.paths:
        if not path.startswith("ui/") or not path.endswith(".ui"):
            continue
        folder, name = os.path.split(path)
        lists = [p for p in tree.paths if os.path.dirname(p) == folder and p.endswith(".gresource.xml")]
        if not any(f">{name}<" in tree.text(p) for p in lists):
            yield path, 1, f"is in no .gresource.xml of {folder}"


def banks_built(tree):
    """every question bank is built and tested, and its drawings have a licence"""
    for path in tree.paths:
        found = re.match(r"question-banks/([^/]+)/([^/]+)$", path)
        if not found:
            continue
        bank, name = found.groups()
        if name == "bank.ini" and bank not in meson_words(tree, "question-banks/meson.build"):
            yield path, 1, "is not among the banks of question-banks/meson.build"
        if name == "bank.ini" and f'"{bank}"' not in tree.text("tests/bank/test-shipped.c"):
            yield path, 1, "is not among the banks of tests/bank/test-shipped.c"
        if name.endswith(".svg") and "SPDX-License-Identifier: Apache-2.0" not in tree.text(path):
            yield path, 1, "no SPDX-License-Identifier: Apache-2.0"


def externals(tree):
    """foreign headers and libraries stay in the folders that may use them"""
    for path in tree.c_files("src", "ui"):
        for number, line in tree.lines(path):
            found = INCLUDE.match(line)
            if found and found.group(1) == "<" and found.group(2) in EXTERNALS:
                if not path.startswith(EXTERNALS[found.group(2)]):
                    yield path, number, f"<{found.group(2)}> is not for this file"
    for path in tree.meson_files():
        if path.startswith(("src/", "ui/")):
            yield from external_deps(tree, path)


def external_deps(tree, path):
    passed_on = False
    for number, line in tree.lines(path):
        line = line.split("#", 1)[0]
        passed_on = (passed_on or "declare_dependency(" in line) and not line.startswith(")")
        for name in re.findall(r"\w+_dep\b", line):
            if name not in EXTERNAL_DEPS:
                continue
            if not path.startswith(EXTERNAL_DEPS[name]):
                yield path, number, f"{name} is not for this folder"
            elif passed_on:
                yield path, number, f"{name} is passed on to higher floors"


def own_includes(tree):
    """no folder of src/ is in its own include path, where limits.h would hide the system's"""
    for path in tree.meson_files():
        if not path.startswith("src/"):
            continue
        text = "\n".join(line.split("#", 1)[0] for _, line in tree.lines(path))
        for found in re.finditer(r"\b(static_library|executable)\(", text):
            call = text[found.start() :].split("\n)", 1)[0]
            if "implicit_include_directories: false" not in call:
                number = text[: found.start()].count("\n") + 1
                yield path, number, f"{found.group(1)} lacks implicit_include_directories: false"


def sources_built(tree):
    """every source is named in the meson.build of its folder"""
    for path in tree.sources("src", "ui"):
        folder, name = os.path.split(path)
        if name not in meson_words(tree, folder + "/meson.build"):
            yield path, 1, f"is not in {folder}/meson.build"


def sources_tested(tree):
    """src/x/y.c has tests/x/test-y.c, unless it defines no function (an error domain)"""
    for path in tree.sources("src"):
        folder, name = os.path.split(path[len("src/") :])
        test = f"tests/{folder}/test-{name}"
        if path in UNTESTED or not re.search(r"^\{", tree.bare(path), re.M):
            continue
        if test not in tree.paths:
            yield path, 1, f"has no {test}"


def tests_registered(tree):
    """every test is named in the meson.build of its folder"""
    for path in tree.paths:
        folder, name = os.path.split(path)
        stem, end = os.path.splitext(name)
        if not path.startswith("tests/") or not stem.startswith("test-") or end not in (".c", ".py"):
            continue
        words = meson_words(tree, folder + "/meson.build")
        if not words & {name, stem, stem[len("test-") :]}:
            yield path, 1, f"is not in {folder}/meson.build"


def file_length(tree):
    """a .c file has at most 500 lines"""
    for path in tree.sources():
        count = len(tree.text(path).splitlines())
        if count > FILE_LINES_MAX:
            yield path, FILE_LINES_MAX + 1, f"has {count} lines, at most {FILE_LINES_MAX}"


def function_length(tree):
    """a function has at most 70 lines"""
    for path in tree.c_files():
        start = 0
        for number, line in enumerate(tree.bare(path).split("\n"), 1):
            if line.rstrip() == "{":
                start = number
            elif line.startswith("}") and start:
                count = number - start + 1
                if count > FUNCTION_LINES_MAX:
                    yield path, start, f"function of {count} lines, at most {FUNCTION_LINES_MAX}"
                start = 0


def licence(tree):
    """every code file says SPDX-License-Identifier: Apache-2.0 at its head"""
    for path in tree.code():
        head = tree.text(path).splitlines()[:2]
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
            yield path, 1, "has no SPDX line"


def block_comments(tree):
    """comments in C are /* */"""
    for path in tree.c_files():
        text = strip_c(tree.text(path), keep_line_comments=True)
        for number, line in enumerate(text.split("\n"), 1):
            if "//" in line:
                yield path, number, "line comment"


def work_left(tree):
    """what is left to do has an issue number"""
    for path in tree.paths:
        if path in tree.code() or path.endswith(".md"):
            for number, line in tree.lines(path):
                found = LATER.search(line)
                if found:
                    yield path, number, f"{found.group(1)} without #number"


def pragma_once(tree):
    """every header has #pragma once"""
    for path in tree.headers():
        if not re.search(r"^#pragma once$", tree.text(path), re.M):
            yield path, 1, "has no #pragma once"


def no_goto(tree):
    """no goto"""
    for path in tree.c_files():
        for number, line in enumerate(tree.bare(path).split("\n"), 1):
            if re.search(r"\bgoto\b", line):
                yield path, number, "goto"


def one_reader_of_numbers(tree):
    """numbers are read by base/number.h, which no other thread disturbs"""
    for path in tree.c_files("src") + tree.c_files("ui"):
        for number, line in enumerate(tree.bare(path).split("\n"), 1):
            if "g_ascii_string_to_" in line:
                yield path, number, "g_ascii_string_to_... fails when two threads use it first; see base/number.h"


def quiet_library(tree):
    """src/ outside src/tool neither prints nor exits nor logs above debug"""
    for path in tree.c_files("src"):
        if path.startswith("src/tool/"):
            continue
        for number, line in enumerate(tree.bare(path).split("\n"), 1):
            found = LOUD.search(line)
            if found:
                yield path, number, f"calls {found.group(1)}"


def machine_paths(tree):
    """no path of one machine outside tests, .ci and question banks"""
    for path in tree.paths:
        if path.startswith(("tests/", ".ci/", "question-banks/")):
            continue
        for number, line in tree.lines(path):
            found = MACHINE_PATH.search(line)
            if found:
                yield path, number, f"{found.group()} is a path of one machine"


def declarations(tree, path):
    """(line, name, documented) of each function a header declares or defines.

    A comment speaks for what follows it up to the next blank line; a comment at the end of a
    line speaks for that line. Verbs with a fixed meaning speak for themselves as long as they
    cannot fail, and so does a function whose body is there to read.
    """
    text = tree.text(path)
    bare = DIRECTIVE.sub(lambda m: "\n" * m.group().count("\n"), tree.bare(path))
    bare = MACRO_LINE.sub(";", bare)
    while re.search(r"\{[^{}]*\}", bare):
        bare = re.sub(r"\{[^{}]*\}", lambda m: "\n" * m.group().count("\n") + ";", bare)
    spoken = spoken_lines(text)
    position = 0
    for part in bare.split(";"):
        found = re.search(r"\b(?!G_|JK_)(\w+)\s*\(", part)
        head = part.lstrip()
        if found and not head.startswith("typedef") and "=" not in part:
            first = bare[: position + len(part) - len(head)].count("\n") + 1
            name = found.group(1)
            plain = PLAIN_VERB.search(name) and "GError" not in part
            inline = head.startswith("static inline")
            yield first, name, bool(first in spoken or plain or inline)
        position += len(part) + 1


def spoken_lines(text):
    spoken = set()
    inside = covered = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() and not inside:
            covered = False
        if "/*" in line:
            inside = covered = True
        if covered:
            spoken.add(number)
        if "*/" in line:
            inside = False
    return spoken


def documented(tree):
    """every function a header of src/ declares is explained there"""
    for path in tree.headers("src"):
        for number, name, is_documented in declarations(tree, path):
            if not is_documented:
                yield path, number, f"{name} has no comment before it"


def prefixed(tree):
    """every function a header of src/ declares is called jk_..."""
    for path in tree.headers("src"):
        for number, name, _ in declarations(tree, path):
            if not name.startswith("jk_"):
                yield path, number, f"{name} does not start with jk_"


def find_formatter():
    """clang-format of the version .clang-format is written for, else None."""
    for name in ("clang-format-" + FORMATTER_MAJOR, "clang-format"):
        if shutil.which(name):
            answer = subprocess.run([name, "--version"], capture_output=True, check=False)
            if f"version {FORMATTER_MAJOR}.".encode() in answer.stdout:
                return name
    return None


def formatted(tree):
    """clang-format changes nothing"""
    paths = tree.c_files()
    if not paths:
        return
    command = [find_formatter(), "--dry-run", "-Werror", "--ferror-limit=1"]
    answer = subprocess.run(
        command + paths, cwd=tree.root, capture_output=True, text=True, check=False
    )
    found = re.findall(r"^(\S+):(\d+):\d+: error: (.*)$", answer.stderr, re.M)
    for path, number, what in found:
        yield path, int(number), what
    if answer.returncode != 0 and not found:
        yield ".clang-format", 1, answer.stderr.strip().split("\n")[0]


RULES = [
    floors,
    faces,
    translated,
    templates_built,
    banks_built,
    externals,
    own_includes,
    sources_built,
    sources_tested,
    tests_registered,
    file_length,
    function_length,
    licence,
    block_comments,
    work_left,
    pragma_once,
    no_goto,
    one_reader_of_numbers,
    quiet_library,
    machine_paths,
    documented,
    prefixed,
    formatted,
]


def skip_reason(rule):
    if rule is formatted and find_formatter() is None:
        return f"no clang-format {FORMATTER_MAJOR} here"
    return None


def check(root):
    tree = Tree(root)
    failed = 0
    print(f"1..{len(RULES)}")
    for number, rule in enumerate(RULES, 1):
        title = rule.__doc__
        if skip_reason(rule):
            print(f"ok {number} - {title} # SKIP {skip_reason(rule)}")
            continue
        offences = list(rule(tree))
        print(f"{'not ' if offences else ''}ok {number} - {title}")
        for path, line, what in offences:
            print(f"# {path}:{line}: {what}")
        failed += bool(offences)
    return 1 if failed else 0


SPDX = "/* SPDX-License-Identifier: Apache-2.0 */\n"
HASH_SPDX = "# SPDX-License-Identifier: Apache-2.0\n"
BANK_C = SPDX + '#include "bank/item.h"\n\nint\njk_item_count (void)\n{\n  return 0;\n}\n'
BANK_H = (
    SPDX
    + '#pragma once\n\n#include "base/text.h"\n\n'
    + "/* How many. */\nint jk_item_count (void);\n"
)
LIBRARY = (
    "bank_lib = static_library(\n  'jk-bank',\n  files('error.c', 'item.c'),\n"
    "  implicit_include_directories: false,\n)\n"
)

PAGE_UI = """<interface>
  <!-- \u767b\u5f55 -->
  <property name="label" translatable="yes" comments="zh: \u767b\u5f55">Log in</property>
  <property name="label">\u2212</property>
  <property name="label">\u4e2d\u6587 / English</property>
  <property name="name">page</property>
</interface>
"""

CLEAN = {
    "src/bank/item.c": BANK_C,
    "src/bank/error.c": SPDX + "#include <glib.h>\n\nG_DEFINE_QUARK (jk_bank, jk_bank)\n",
    "src/bank/item.h": BANK_H,
    "src/base/text.h": SPDX
    + "#pragma once\n\ntypedef int (*JkCall) (void);\n\ntypedef struct {\n  int a;\n} JkText;\n\n"
    + "#define JK_TEXT_ERROR (jk_text_error_quark ())\nint jk_text_error_quark (void);\n\n"
    + "/* One block\n *\n * for two. https://example.org */\nint jk_text_a (void);\n"
    + "int jk_text_b (JkText a, JkText b);\n\nint jk_text_get_size (JkText a);\n\n"
    + "void jk_text_free (void); /* NULL is fine */\n"
    + "G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkText, jk_text_free)\n",
    "src/crypto/meson.build": HASH_SPDX
    + "crypto_lib = static_library(\n  'jk-crypto',\n  implicit_include_directories: false,\n"
    + "  dependencies: [base_dep, sodium_dep],\n)\n"
    + "crypto_dep = declare_dependency(\n  dependencies: [base_dep],\n)\n",
    "src/bank/meson.build": HASH_SPDX + LIBRARY,
    "ui/station/page.c": SPDX
    + '#include "common/theme.h"\n#include "bank/item.h"\n#include "station/page.h"\n\n'
    + '/* Translators: zh: \u767b\u5f55 */\nconst char *label = N_ ("Log in");\n'
    + 'const char *own = "\u4e2d\u6587";\n',
    "ui/station/page.ui": PAGE_UI,
    "ui/station/meson.build": HASH_SPDX + "files('page.c')\n",
    "ui/station/station.gresource.xml": '<file preprocess="xml-stripblanks">page.ui</file>\n',
    "tests/ui/test-way.py": HASH_SPDX,
    "tests/ui/meson.build": HASH_SPDX + "foreach name : [\n  'way',\n]\nendforeach\n",
    "tests/bank/test-item.c": SPDX + "int\nmain (void)\n{\n  return 0;\n}\n",
    "tests/bank/meson.build": HASH_SPDX + "foreach name : [\n  'item',\n  'shipped',\n]\nendforeach\n",
    "question-banks/meson.build": HASH_SPDX + "banks = ['demo']\n",
    "question-banks/demo/bank.ini": "[bank]\n",
    "question-banks/demo/b.svg": "<!-- SPDX-License-Identifier: Apache-2.0 -->\n<svg/>\n",
    "tests/bank/test-shipped.c": SPDX + 'static const char *const banks[] = { "demo" };\n',
    "run": "#!/bin/sh\n" + HASH_SPDX + "# TO" + "DO #12: counted\necho $HOME/tmp /tmpfs\n",
    "README.md": "# Clean\n",
}

LONG_BODY = "  (void) 0;\n" * (FUNCTION_LINES_MAX - 1)

# Each rule: files laid over the clean tree, one offence each; None takes a file away.
PLANTS = {
    floors: [
        {"src/base/text.h": SPDX + '#pragma once\n#include "bank/item.h"\n'},
        {"src/bank/item.h": SPDX + '#pragma once\n#include "plan/plan.h"\n'},
        {"src/bank/item.h": SPDX + '#pragma once\n#include "item.h"\n'},
        {"src/bank/item.h": SPDX + "#pragma once\n#include <gtk/gtk.h>\n"},
        {"src/attic/a.h": SPDX + '#pragma once\n#include "base/text.h"\n'},
    ],
    faces: [
        {"ui/common/theme.h": SPDX + '#pragma once\n#include "station/page.h"\n'},
        {"ui/station/page.c": SPDX + '#include "page.h"\n'},
        {"ui/station/page.c": SPDX + '#include "tool/inputs.h"\n'},
        {"ui/panel/home.h": SPDX + '#pragma once\n#include "station/page.h"\n'},
    ],
    translated: [
        {"ui/station/page.c": SPDX + 'const char *label = "\u767b\u5f55";\n'},
        {"ui/station/page.ui": PAGE_UI.replace(">Log in<", ">\u767b\u5f55<")},
        {"ui/station/page.ui": PAGE_UI.replace(' translatable="yes"', "")},
    ],
    templates_built: [
        {"ui/station/station.gresource.xml": "<file>other-page.ui</file>\n"},
        {"ui/station/station.gresource.xml": None},
    ],
    banks_built: [
        {"question-banks/meson.build": HASH_SPDX},
        {"tests/bank/test-shipped.c": SPDX + "int n;\n"},
        {"question-banks/demo/a.svg": "<svg/>\n"},
    ],
    externals: [
        {"src/bank/item.h": SPDX + "#pragma once\n#include <sodium.h>\n"},
        {"src/bank/item.h": SPDX + "#pragma once\n#include <sqlite3.h>\n"},
        {"src/base/text.h": SPDX + "#pragma once\n#include <csv.h>\n"},
        {"ui/proctor/seat.h": SPDX + "#pragma once\n#include <sqlite3.h>\n"},
        {"src/bank/meson.build": HASH_SPDX + LIBRARY.replace(",\n)", ",\n  d: [sqlite_dep],\n)")},
        {
            "src/crypto/meson.build": HASH_SPDX
            + "crypto_dep = declare_dependency(\n  dependencies: [sodium_dep],\n)\n"
        },
    ],
    own_includes: [
        {"src/bank/meson.build": HASH_SPDX + "x = static_library(\n  'x',\n)\n"},
    ],
    sources_built: [
        {"src/bank/meson.build": HASH_SPDX + "files('error.c') # 'item.c'\n"},
        {"ui/station/meson.build": HASH_SPDX + "files('window.c')\n"},
    ],
    sources_tested: [{"tests/bank/test-item.c": None}],
    tests_registered: [
        {"tests/bank/meson.build": HASH_SPDX + "# 'item'\n"},
        {"tests/bank/meson.build": None},
        {"tests/ui/meson.build": HASH_SPDX + "foreach name : [\n]\nendforeach\n"},
    ],
    file_length: [{"src/bank/item.c": BANK_C + "\n" * (FILE_LINES_MAX - 7)}],
    function_length: [
        {"src/bank/item.c": SPDX + "int\njk_item_count (void)\n{\n" + LONG_BODY + "}\n"}
    ],
    licence: [
        {"src/bank/item.c": BANK_C[len(SPDX) :]},
        {"run": "#!/bin/sh\n"},
        {"tests/bank/meson.build": "x = 'item'\n"},
    ],
    block_comments: [
        {"src/bank/item.c": BANK_C + "// no\n"},
        {"tests/bank/test-item.c": SPDX + 'char *a = "/*"; // no\n'},
    ],
    work_left: [
        {"src/bank/item.c": BANK_C + "/* TO" + "DO: later */\n"},
        {"run": "#!/bin/sh\n" + HASH_SPDX + "# FIX" + "ME\n"},
        {"README.md": "XX" + "X\n"},
    ],
    pragma_once: [{"src/bank/item.h": BANK_H.replace("#pragma once\n", "")}],
    one_reader_of_numbers: [
        {"src/bank/item.c": BANK_C.replace("return 0", 'return g_ascii_string_to_signed ("1")')}
    ],
    no_goto: [{"src/bank/item.c": BANK_C.replace("return 0", "goto end")}],
    quiet_library: [
        {"src/bank/item.c": BANK_C.replace("return 0", 'g_print ("a")')},
        {"src/bank/item.c": BANK_C.replace("return 0", "exit (1)")},
        {"src/bank/item.c": BANK_C.replace("return 0", 'g_warning ("a")')},
    ],
    machine_paths: [
        {"README.md": "see /work/shared\n"},
        {"run": "#!/bin/sh\n" + HASH_SPDX + "cd /tmp/x\n"},
        {"src/bank/item.c": BANK_C.replace("return 0", 'open ("/root/a")')},
    ],
    documented: [
        {"src/bank/item.h": BANK_H.replace("/* How many. */\n", "")},
        {"src/bank/item.h": BANK_H + "\nint jk_item_more (void);\n"},
        {"src/bank/item.h": BANK_H.replace("many. */\n", "many. */\n\n")},
        {"src/bank/item.h": BANK_H + "\nint jk_item_get_a (GError **error);\n"},
        {"src/base/text.h": CLEAN["src/base/text.h"] + "\nint *\njk_text_more (int a,\n int b);\n"},
    ],
    prefixed: [
        {"src/bank/item.h": BANK_H.replace("jk_item_count", "item_count")},
        {"src/bank/item.h": BANK_H + "static inline int\nitem (void)\n{\n  return 1;\n}\n"},
    ],
    formatted: [{"src/bank/item.c": BANK_C.replace("  return 0", "    return 0")}],
}


def lay(root, files):
    for path, text in files.items():
        full = os.path.join(root, path)
        if text is None:
            os.unlink(full)
            continue
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def offences_in(rule, plant):
    with tempfile.TemporaryDirectory() as root:
        own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".clang-format")
        shutil.copy(own, os.path.join(root, ".clang-format"))
        lay(root, CLEAN)
        lay(root, plant)
        return list(rule(Tree(root)))


def self_test():
    failed = 0
    print(f"1..{2 * len(RULES)}")
    for number, rule in enumerate(RULES):
        faults = []
        skip = skip_reason(rule)
        clean = [] if skip else offences_in(rule, {})
        if not skip:
            plants = PLANTS.get(rule, [])
            faults += ["no plant"] if not plants else []
            faults += [f"not seen: {list(p)[0]}" for p in plants if not offences_in(rule, p)]
        for offset, what, wrong in (
            (1, "is green on a clean tree", clean),
            (2, "goes red on each plant", faults),
        ):
            end = f" # SKIP {skip}" if skip else ""
            verdict = "not ok" if wrong else "ok"
            print(f"{verdict} {2 * number + offset} - {rule.__name__} {what}{end}")
            for line in wrong:
                print(f"# {line}")
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(self_test() if sys.argv[1] == "--self-test" else check(sys.argv[1]))
