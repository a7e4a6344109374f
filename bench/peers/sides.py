"""The processes that are compared, tfbit among them: started, asked for a turn, ended."""

import json
import os
import queue
import re
import subprocess
import threading
import time

import machine
import measure

PATIENCE = 1200  # seconds for one turn or one start: compilation of a training step takes minutes


class Gone(Exception):
    """A side gives no figures; says why."""


def reason(status, said, errors):
    """Why a process ended, in one line: from the last object that it printed, and from its errors' lines."""
    if status == measure.MISSING and said and "install" in said:
        return f"not installed: {said['install']}"
    lines = [line.strip() for line in errors if line.strip()]
    told = ([line for line in lines if "not there yet" in line] or lines[-1:] or ["nothing said"])[0]
    module = re.search(r"No module named '(\w+)", told)
    return f"not installed: {measure.install(module[1])}" if module else f"ended with status {status}: {told}"


def lines_of(log):
    with open(log, encoding="utf-8", errors="replace") as file:
        return file.readlines()


def last_json(lines):
    """The last line that is a JSON object, and when it came."""
    for line, at in reversed(lines):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            return found, at
    return None, None


class Fresh:
    """A process for every turn; its line gains wall (seconds from start to that line) and peak_mib."""

    def __init__(self, label, command, log, counted=True):
        self.label, self.command, self.log, self.counted = label, command, log, counted
        self.seconds = 0.0

    def start(self):
        pass

    def used(self):
        """Processor seconds of all turns so far."""
        return self.seconds

    def turn(self):
        started = time.perf_counter()
        with open(self.log, "w", encoding="utf-8") as log:
            process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, cwd=measure.HERE
            )
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        try:
            lines = [(line, time.perf_counter()) for line in process.stdout]
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
            process.stdout.close()
        self.seconds += usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        said, at = last_json(lines)
        if process.returncode != 0 or said is None:
            raise Gone(reason(process.returncode, said, lines_of(self.log)))
        said.update(wall=at - started, peak_mib=usage.ru_maxrss / 1024)
        return said

    def end(self):
        pass


class Kept:
    """One process that has warmed up and waits; a line to it is a turn."""

    def __init__(self, label, command, log, counted=True):
        self.label, self.command, self.log, self.counted = label, [*command, "--turns"], log, counted
        self.process, self.reader, self.lines = None, None, queue.Queue()

    def start(self):
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=measure.HERE
            )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.answer()

    def used(self):
        """Processor seconds of this process so far."""
        return machine.used(self.process.pid)

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def answer(self):
        try:
            line = self.lines.get(timeout=PATIENCE)
        except queue.Empty:
            self.process.kill()
            raise Gone(f"no answer in {PATIENCE} s") from None
        said = json.loads(line) if line else None
        if said is None or "missing" in said:
            raise Gone(reason(self.process.wait(), said, lines_of(self.log)))
        return said

    def turn(self):
        try:
            self.process.stdin.write("turn\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Gone(reason(self.process.wait(), None, lines_of(self.log))) from None
        return self.answer()

    def end(self):
        if self.process is None:
            return
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        self.process.stdout.close()
