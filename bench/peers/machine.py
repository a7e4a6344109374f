"""What the comparison runs on, and who else does."""

import os
import platform
import time


def busy(seconds=0.5):
    """Share of all processors' time that is taken while this waits: what others take, as our sides wait too."""

    def ticks():
        with open("/proc/stat", encoding="ascii") as lines:
            fields = [int(field) for field in lines.readline().split()[1:9]]
        return sum(fields), fields[3] + fields[4]

    if not os.path.exists("/proc/stat"):
        return float("nan")
    total, idle = ticks()
    time.sleep(seconds)
    total_after, idle_after = ticks()
    return 1 - (idle_after - idle) / max(1, total_after - total)


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
