# SPDX-License-Identifier: Apache-2.0
"""Drives a real window as a person does: own X server, own buses, real keys and clicks, and the
accessibility bus to find and to read. Needs the Python that has gi (/usr/bin/python3), Xvfb, xdotool,
ImageMagick, dbus-daemon, at-spi2-core and its typelib.

A test program is a file test-NAME.py beside this one:

    import uitest

    def test_a_wrong_number_is_told(display):
        with uitest.Program(display, [uitest.JIKAO, "--demo"]) as program:
            program.click(program.find("push button", "^登录$"))
            program.find("label", "准考证号")

    if __name__ == "__main__":
        uitest.main()

main() runs each test_... function, or those whose name holds an argument, in a process and on a display
of its own, for libatspi keeps its first bus for ever and may crash. It prints TAP, and of a program whose
test fails log and tree; a picture is left in meson-logs/ui of the build folder. Waits poll;
JIKAO_UI_PATIENCE=3 makes each three times as long.
"""

import contextlib
import inspect
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("JIKAO_BUILD_ROOT", os.path.join(HERE, "../../build")))
JIKAO = os.path.join(BUILD, "ui/station/jikao")
PICTURES = os.path.join(BUILD, "meson-logs/ui")
CHINESE = "zh_CN.UTF-8"
ENGLISH = "C.UTF-8"

PATIENCE = float(os.environ.get("JIKAO_UI_PATIENCE", "1"))
WAIT_S = 10 * PATIENCE
TEST_S = float(os.environ.get("JIKAO_UI_TEST_S", "120"))
POLL_S = 0.03
MANY_CHILDREN = 20
NOBODY = 65534

# What must not lead out of the test, or into the caller's own desktop.
FOREIGN = ("DISPLAY", "WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "LANGUAGE", "GTK_THEME", "XAUTHORITY")
SETTINGS = "[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\n"


def wait_until(what, look, seconds=WAIT_S, alive=lambda: None):
    """Looks until it sees something and gives that; what it looks at may come and go. alive() raises when
    there is nothing left to wait for."""
    end = time.monotonic() + seconds
    reason = None
    while True:
        alive()
        try:
            seen = look()
            if seen:
                return seen
        except Exception as error:  # gi.repository.GLib.Error, of an object that went away
            reason = error
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}" + (f": {reason}" if reason else ""))
        time.sleep(POLL_S)


class Display:
    """An X server and a session bus nobody else uses. accessible=False leaves the buses out: what a test
    in C needs. wm="openbox" where a window must fill the screen."""

    def __init__(
        self, size=(1280, 800), language=CHINESE, accessible=True, wm=None, env=None, name="test", beside=None
    ):
        """name is what pictures of a failure are called by. beside: another display, whose buses this one
        shares; so that one process reads the windows of several PCs."""
        self.name, self.size, self.wm, self.accessible = name, size, wm, accessible
        self.processes, self.programs_begun = [], 0
        self.hand = None  # the process that types and clicks
        self.beside = beside
        self.folder = tempfile.mkdtemp(prefix="jikao-ui.")
        for name in ("run", "config/gtk-4.0", "data", "log"):
            os.makedirs(os.path.join(self.folder, name), mode=0o700)
        with open(os.path.join(self.folder, "config/gtk-4.0/settings.ini"), "w", encoding="ascii") as file:
            file.write(SETTINGS)
        self.env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.env.update(
            HOME=self.folder,
            XDG_RUNTIME_DIR=os.path.join(self.folder, "run"),
            XDG_CONFIG_HOME=os.path.join(self.folder, "config"),
            XDG_DATA_HOME=os.path.join(self.folder, "data"),
            DBUS_SESSION_BUS_ADDRESS="disabled:",
            LANG=language,
            LC_ALL=language,
            # Cairo without GL is what a lab PC has, and it does not load llvmpipe.
            GSK_RENDERER="cairo",
            GDK_DEBUG="gl-disable",
            GDK_BACKEND="x11",
            GSETTINGS_BACKEND="memory",
            GTK_IM_MODULE="gtk-im-context-simple",
            GTK_A11Y="atspi" if accessible else "test",
            JIKAO_LOCALE_DIR=os.path.join(BUILD, "data/po"),
            JIKAO_BUILD_ROOT=BUILD,
        )
        self._set_sanitizer()
        self.env.update(env or {})

    def _set_sanitizer(self):
        """Where the program is built with one: GTK's accessibility leaks a little by itself, so leaks are
        the business of tests in C; those are found with malloc alone, and fontconfig's are not ours."""
        if self.accessible:
            options, more = "ASAN_OPTIONS", "detect_leaks=0"
        else:
            options, more = "LSAN_OPTIONS", f"suppressions={os.path.join(HERE, 'lsan.supp')}:print_suppressions=0"
            self.env["G_SLICE"] = "always-malloc"
        self.env[options] = ":".join(filter(None, [self.env.get(options), more]))

    def __enter__(self):
        try:
            screen = f"{self.size[0]}x{self.size[1]}x24"
            # Without -noreset it resets between two programs, and refuses one that comes just then.
            server = ["Xvfb", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
            self.env["DISPLAY"] = ":" + self._start_telling(server, "-displayfd")
            if self.beside is not None:
                self.env.update({name: self.beside.env[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")})
            elif self.accessible:
                bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile"]
                self.env["DBUS_SESSION_BUS_ADDRESS"] = self._start_telling(bus, "--print-address")
                # libatspi in this process reads them, once.
                os.environ.update({name: self.env[name] for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")})
                os.environ["XDG_RUNTIME_DIR"] = self.env["XDG_RUNTIME_DIR"]
                os.environ.pop("AT_SPI_BUS_ADDRESS", None)
            if self.wm:
                self.start([self.wm], "wm")
                wait_until(f"{self.wm} to manage windows", self._is_managed)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in reversed(self.processes):
            end_group(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, command, log, env=None, **options):
        """Starts a process that ends when this one does; what it says is in self.read_log(log)."""
        with open(os.path.join(self.folder, "log", log), "ab") as file:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *command],
                env={**self.env, **(env or {})},
                start_new_session=True,
                **{"stdin": subprocess.DEVNULL, "stdout": file, "stderr": file, **options},
            )
        self.processes.append(process)
        return process

    def _start_telling(self, command, option):
        """Starts a server that tells its address on a descriptor, and gives that."""
        reading, writing = os.pipe()
        name = command[0]
        given = [option, str(writing)] if option == "-displayfd" else [f"{option}={writing}"]
        process = self.start(command + given, name, pass_fds=(writing,))
        os.close(writing)
        told = b""
        end = time.monotonic() + WAIT_S
        while not told.endswith(b"\n"):
            ready = select.select([reading], [], [], max(0, end - time.monotonic()))[0]
            more = os.read(reading, 4096) if ready else b""
            if not more:
                raise AssertionError(f"{name} does not start ({process.poll()}): {self.read_log(name)}")
            told += more
        os.close(reading)
        return told.decode().strip()

    def _is_managed(self):
        return b"window id" in self._run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"])

    def _run(self, command, **options):
        done = subprocess.run(command, env=self.env, stdout=subprocess.PIPE, timeout=3 * WAIT_S, check=True, **options)
        return done.stdout

    def read_log(self, log):
        with open(os.path.join(self.folder, "log", log), encoding="utf-8", errors="replace") as file:
            return file.read()

    def xdotool(self, *words):
        """Gives what it prints. One process for all commands, for to begin takes it 80 ms; the size of the
        screen, asked for after each, tells that it is done. (The place of the pointer would not do: xdotool
        looks at the window there, and ends with BadWindow where the click has just closed it.)"""
        if self.hand is None:
            command = ["stdbuf", "-oL", "xdotool", "-"]
            self.hand = self.start(command, "xdotool", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.hand.stdin.write(" ".join(map(str, words)) + "\ngetdisplaygeometry\n")
        self.hand.stdin.flush()
        lines = []
        for line in self.hand.stdout:
            if re.fullmatch(r"\d+ \d+\n", line):
                return "".join(lines)
            lines.append(line)
        raise AssertionError(f"xdotool ended at {words}: {self.read_log('xdotool')}")

    def key(self, *keys):
        """Presses keys as xdotool names them: "Tab", "ctrl+Return", "a"."""
        self.xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        """Types what an ordinary keyboard has; xdotool loses Chinese characters under load: set_text."""
        assert text.isascii() and text.isprintable() and "'" not in text, text
        self.xdotool("type", "--clearmodifiers", "--delay", "8", f"'{text}'")

    def take_picture(self, name):
        """A picture of the whole screen in meson-logs/ui; gives its path."""
        os.makedirs(PICTURES, exist_ok=True)
        path = os.path.join(PICTURES, name + ".png")
        self._run(["import", "-window", "root", path])
        return path


class Program:
    """A program on a display, by what it tells the accessibility bus. Names are regular expressions, sought
    anywhere in the name; roles are those of AT-SPI ("push button", "label", "text", "password text",
    "radio button", "check box", "panel")."""

    def __init__(self, display, command, env=None, name=None):
        """name is that of the application on the bus, where it is not the process started here that
        shows the window: a compositor or a wrapper does not."""
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self.atspi, self.display, self.name = Atspi, display, name
        display.programs_begun += 1
        self.log = f"{os.path.basename(command[0])}-{display.programs_begun}"
        Atspi.init()
        Atspi.set_timeout(2000, 15000)
        self.process = display.start(command, self.log, env)
        self.root = None
        self.find_root()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self._leave_traces()
        end_group(self.process)

    def _leave_traces(self):
        """What a person wants to see of a failure; none of it may hide the failure itself."""
        with contextlib.suppress(Exception):
            print("# see", self.display.take_picture(f"failed-{self.display.name}"))
        with contextlib.suppress(Exception):
            print_as_comment("log:", self.read_log())
        with contextlib.suppress(Exception):
            print_as_comment("tree:", self.describe())

    def find_root(self, seconds=WAIT_S):
        """Looks the application up on the bus; again, when another process took its place."""
        self.root = self.wait("the program on the accessibility bus", self.look_up, seconds)
        # Else a name or a state is what it was when first read.
        self.root.set_cache_mask(self.atspi.Cache.NONE)

    def look_up(self):
        desktop = self.atspi.get_desktop(0)
        # The last first: one that was killed may still be listed.
        for index in reversed(range(desktop.get_child_count())):
            found = desktop.get_child_at_index(index)
            if found is None:
                continue
            if self.name is None and found.get_process_id() == self.process.pid:
                return found
            if self.name is not None and found.get_name() == self.name and is_running(found.get_process_id()):
                return found
        return None

    def wait(self, what, look, seconds=WAIT_S):
        return wait_until(what, look, seconds, self._must_run)

    def _must_run(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}: {self.read_log()}")

    def wait_exit(self, seconds=WAIT_S):
        """Waits for the end and gives the exit status."""
        return self.process.wait(seconds)

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        return self.wait_exit()

    def read_log(self):
        return self.display.read_log(self.log)

    # Reading

    def walk(self, start=None):
        """Every object, near ones first, and last the insides of large tables: each costs a round trip."""
        near, far = [start or self.root], []
        while near or far:
            seen = near.pop(0) if near else far.pop(0)
            yield seen
            children = self.get_children(seen)
            (far if len(children) > MANY_CHILDREN else near).extend(children)

    def get_children(self, parent):
        children = (parent.get_child_at_index(index) for index in range(parent.get_child_count()))
        return [child for child in children if child is not None]

    def find_all(self, role=None, name=None, state=None, within=None):
        """What is there now, in no time."""
        for seen in self.walk(within):
            if role is not None and seen.get_role_name() != role:
                continue
            if name is not None and not re.search(name, seen.get_name() or ""):
                continue
            if state is None or self.has_state(seen, state):
                yield seen

    def find(self, role, name=None, state=None, within=None, seconds=WAIT_S):
        """Waits for an object and gives it."""
        what = f"{role} {name or ''} {state or ''}"
        return self.wait(what, lambda: next(self.find_all(role, name, state, within), None), seconds)

    def wait_gone(self, role, name=None, seconds=WAIT_S):
        self.wait(f"{role} {name} to go", lambda: not any(self.find_all(role, name)), seconds)

    def has_state(self, seen, state):
        """state as AT-SPI names it: "focused", "checked", "sensitive"."""
        return seen.get_state_set().contains(getattr(self.atspi.StateType, state.upper()))

    def get_focused(self):
        """The object that has the keyboard, or None."""
        return next(self.find_all(state="focused"), None)

    def get_text(self, seen):
        """The text in an entry; of a label its name."""
        if "Text" not in seen.get_interfaces():
            return seen.get_name()
        return self.atspi.Text.get_text(seen, 0, self.atspi.Text.get_character_count(seen))

    def list_names(self, within=None):
        """All that is written on the window, in reading order."""
        ahead, names = [within or self.root], []
        while ahead:
            seen = ahead.pop()
            if seen.get_name():
                names.append(seen.get_name())
            ahead.extend(reversed(self.get_children(seen)))
        return names

    def describe(self):
        """The tree, one object a line; of many alike the first."""
        lines, ahead = [], [(self.root, 0)]
        while ahead:
            seen, depth = ahead.pop()
            states = [name for name in ("focused", "checked") if self.has_state(seen, name)]
            off = "" if self.has_state(seen, "sensitive") else " insensitive"
            lines.append(f"{'  ' * depth}{seen.get_role_name()} {seen.get_name()!r} {' '.join(states)}{off}".rstrip())
            children = self.get_children(seen)
            if len(children) > MANY_CHILDREN:
                lines.append(f"{'  ' * (depth + 1)}{len(children)} objects, of which the first")
                del children[1:]
            ahead.extend((child, depth + 1) for child in reversed(children))
        return "\n".join(lines)

    # Acting

    def click(self, seen):
        """Moves the pointer to the middle of it, once it stands still, and clicks."""
        place = self.wait(f"a place of {seen.get_name()}", lambda: self._get_place(seen))
        window = [] if self.name else ["--window", self.wait("an X window", lambda: self._get_window(seen))]
        self.display.xdotool("mousemove", *window, *place, "click", "--delay", 0, 1)

    def _get_place(self, seen):
        before = self.get_extents(seen)
        time.sleep(POLL_S)
        if before != self.get_extents(seen) or before[2] <= 0:
            return None
        return before[0] + before[2] // 2, before[1] + before[3] // 2

    def get_extents(self, seen):
        # GTK 4.8 answers in coordinates of the window only.
        found = self.atspi.Component.get_extents(seen, self.atspi.CoordType.WINDOW)
        return found.x, found.y, found.width, found.height

    def _get_window(self, seen):
        top = seen
        while top.get_parent() is not None and top.get_parent().get_role_name() != "application":
            top = top.get_parent()
        owned = ("search", "--onlyvisible", "--all", "--pid", self.process.pid)
        ids = self.display.xdotool(*owned).split()
        # By its title where there are several: one that announces something has another name on the bus.
        if len(ids) > 1:
            ids = self.display.xdotool(*owned, "--name", f"'^{re.escape(top.get_name())}$'").split()
        return ids[-1]

    def act(self, seen, action=None):
        """What a screen reader does instead of a click: an action by name, or the first."""
        count = self.atspi.Action.get_n_actions(seen)
        names = [self.atspi.Action.get_action_name(seen, index) for index in range(count)]
        index = names.index(action) if action else 0
        assert self.atspi.Action.do_action(seen, index), f"{action} of {names}"

    def set_text(self, seen, text):
        assert self.atspi.EditableText.set_text_contents(seen, text), seen.get_name()


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def end_group(process):
    """Ends a process of Display.start and what it started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
            return


def on(**options):
    """Options of the display a test runs on: @uitest.on(language=uitest.ENGLISH)."""

    def keep(test):
        test.display_options = options
        return test

    return keep


def lasting(seconds):
    """A test that takes longer than others."""

    def keep(test):
        test.seconds = seconds
        return test

    return keep


def unprivileged(*paths, prepare=None):
    """A test that must not run as root runs as nobody, in a folder with copies of these files: nobody may
    not be able to read where they lie. What prepare(folder) makes there before, and may make as root, is
    nobody's too; what it gives, the test gets."""

    def keep(test):
        test.copies, test.prepare = paths, prepare
        return test

    return keep


def become_nobody(test, folder):
    """Gives what the test gets. Pictures go where nobody can write; run_apart brings them home."""
    global PICTURES
    os.chdir(folder)
    for path in test.copies:
        shutil.copy(path, folder)
    PICTURES = os.path.join(folder, "pictures")
    os.mkdir(PICTURES)
    given = [] if test.prepare is None else [test.prepare(folder)]
    if os.getuid() == 0:
        for parent, _, names in os.walk(folder):
            for name in [".", *names]:
                os.chown(os.path.join(parent, name), NOBODY, NOBODY)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    return given


def find_reason_to_skip():
    for tool in ("Xvfb", "xdotool", "import", "dbus-daemon", "setpriv"):
        if shutil.which(tool) is None:
            return f"no {tool} here"
    try:
        import gi

        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError) as error:
        return str(error)
    return None


def print_as_comment(*words):
    print("#", " ".join(words).strip().replace("\n", "\n# "))


def run_here(name, test, folder):
    tempfile.tempdir = folder
    try:
        given = become_nobody(test, folder) if hasattr(test, "copies") else []
        with Display(name=name, **getattr(test, "display_options", {})) as display:
            test(display, *given)
    except BaseException:
        print_as_comment(traceback.format_exc())
        return 1
    return 0


def run_apart(name, test):
    """Runs a test in a process of its own; gives whether it passed."""
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="jikao-ui.", ignore_cleanup_errors=True) as folder:
        child = os.fork()
        if child == 0:
            code = 1
            with contextlib.suppress(BaseException):
                code = run_here(name, test, folder)
            sys.stdout.flush()
            os._exit(code)
        passed = wait_for_child(child, getattr(test, "seconds", TEST_S) * PATIENCE)
        if os.path.isdir(os.path.join(folder, "pictures")):
            shutil.copytree(os.path.join(folder, "pictures"), PICTURES, dirs_exist_ok=True)
        return passed


def wait_for_child(child, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            if os.WIFSIGNALED(status):
                print(f"# killed by signal {os.WTERMSIG(status)}")
            return status == 0
        time.sleep(POLL_S)
    os.kill(child, signal.SIGKILL)  # its processes follow: pdeathsig
    os.waitpid(child, 0)
    print(f"# not done after {seconds:g} s")
    return False


def main():
    """Runs the tests of the calling file."""
    module = inspect.getmodule(inspect.stack()[1].frame)
    tests = {name: thing for name, thing in vars(module).items() if name.startswith("test_")}
    if sys.argv[1:]:
        tests = {name: test for name, test in tests.items() if any(part in name for part in sys.argv[1:])}
    reason = find_reason_to_skip()
    if reason:
        print(f"1..0 # SKIP {reason}")
        sys.exit(0)
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, test) in enumerate(tests.items(), 1):
        passed = run_apart(name.replace("_", "-"), test)
        failed += not passed
        print(f"{'' if passed else 'not '}ok {number} - {name[5:].replace('_', ' ')}", flush=True)
    sys.exit(1 if failed else 0)
