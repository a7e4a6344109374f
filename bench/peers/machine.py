"""What the comparison runs on, and who else does."""

import os
import platform


def ticks():
    """(processor seconds that were taken, all of them) since the machine started; none where there is no /proc."""
    try:
        with open("/proc/stat", encoding="ascii") as lines:
            fields = [int(field) / os.sysconf("SC_CLK_TCK") for field in lines.readline().split()[1:9]]
    except OSError:
        return None
    return sum(fields) - fields[3] - fields[4], sum(fields)


def used(pid):
    """Processor seconds that a living process has taken, with its children that have ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as line:
            fields = line.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def others(before, after, own):
    """Share of all processors' time between two ticks that was taken by others than who took own seconds."""
    if before is None or after is None or after[1] <= before[1]:
        return None
    return max(0.0, after[0] - before[0] - own) / (after[1] - before[1])


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
