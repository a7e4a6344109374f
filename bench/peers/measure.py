"""What all peers share: their options, the clock, and the one line of JSON that each prints.

A peer prepares, warms up and measures one turn. With --turns it then waits: every line on its standard input is one
more turn and one more line, until the input ends. So compare.py measures many in turn without starting them anew.
"""

import argparse
import dataclasses
import importlib.metadata
import importlib.util
import json
import os
import resource
import statistics
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MISSING = 3  # exit status where a package is not installed
# max|difference| / RMS of logits against this folder's network in float32. Float32 noise is 1e-5 to 6e-5
# (docs/fidelity.md); bfloat16 on seeded weights is 0.06 to 0.12 away.
TOLERANCE = {"fp32": 3e-4, "bf16": 0.2}


@dataclasses.dataclass
class Work:
    """A unit of work, called with the number of its stream, and what one does."""

    unit: object
    pictures: int  # in one unit
    versions: tuple  # packages to name
    distance: float = None  # of the answers from the reference's


def options(peer, modes):
    """The options of a peer; the threads of the native libraries follow from them, so import those later."""
    parser = argparse.ArgumentParser(description=f"Measures {peer}; prints one line of JSON.")
    parser.add_argument("--mode", choices=modes, default="infer")
    parser.add_argument("--arch", default="R50x1")
    parser.add_argument("--weights", required=True, help="npz in the published layout (weights.py writes one)")
    parser.add_argument("--reference", help="logits of the first picture, to check against (reference.py)")
    parser.add_argument("--picture", help="encoded picture, for --mode start")
    parser.add_argument("--size", type=int, default=224, help="side in pixels")
    parser.add_argument("--batch", type=int, default=8, help="pictures in one call of one stream")
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--precision", choices=("fp32", "bf16"), default="fp32")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--streams", type=int, default=1, help="calls at a time, each on its share of the threads")
    parser.add_argument("--runs", type=int, default=10, help="timed units of one turn")
    parser.add_argument("--warm-up", type=int, default=2, help="untimed units before the first turn")
    parser.add_argument("--turns", action="store_true", help="one more turn for every line of input")
    return parser


def parse(parser):
    args = parser.parse_args()
    if args.mode == "latency":
        args.batch, args.streams = 1, 1
    args.per_stream = max(1, args.threads // args.streams)
    for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[variable] = str(args.per_stream)
    return args


def install(*packages):
    """The command that brings packages, named as they are imported, in the versions of requirements.txt."""
    names = {"tensorflow": "tensorflow-cpu", "PIL": "pillow"}
    with open(os.path.join(HERE, "requirements.txt"), encoding="utf-8") as lines:
        pinned = {line.split("==")[0]: line.strip() for line in lines if "==" in line}
    wanted = [names.get(package, package) for package in packages]
    return "pip install " + " ".join(pinned.get(name, name) for name in wanted)


def need(*packages):
    """Ends this process, saying how to install them, where packages are missing."""
    missing = [package for package in packages if importlib.util.find_spec(package) is None]
    if missing:
        print(json.dumps({"missing": missing, "install": install(*missing)}), flush=True)
        sys.exit(MISSING)


def check(args, logits):
    """Distance of the first row from the reference; ends this process where it is not the same network."""
    import numpy as np

    logits = np.asarray(logits, np.float32)
    if not np.isfinite(logits).all():
        sys.exit(f"expected finite logits, found {logits[0][:4]}; do not trust this installation")
    if args.reference is None:
        return None
    expected = np.load(args.reference)
    distance = float(np.abs(logits[0] - expected).max() / np.sqrt(np.mean(np.square(expected, dtype=np.float64))))
    if not distance <= TOLERANCE[args.precision]:
        sys.exit(
            f"expected logits within {TOLERANCE[args.precision]} of {args.reference}, found a distance of "
            f"{distance}; weights, size and classes must be the reference's"
        )
    return distance


def peak_mib():
    """The most memory this process has had resident, in MiB."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def turn(unit, streams, runs):
    """Seconds of each of runs units, by each of the streams."""
    seconds = []
    failures = []
    together = threading.Barrier(streams)

    def stream(number):
        try:
            together.wait()
            for _ in range(runs):
                start = time.perf_counter()
                unit(number)
                seconds.append(time.perf_counter() - start)
        except Exception as failure:  # a thread's failure is its process's
            failures.append(failure)

    threads = [threading.Thread(target=stream, args=(number,)) for number in range(1, streams)]
    for thread in threads:
        thread.start()
    stream(0)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return seconds


def report(args, peer, work, seconds):
    median = statistics.median(seconds)
    line = {
        "peer": peer,
        "mode": args.mode,
        "architecture": args.arch,
        "batch": args.batch,
        "size": args.size,
        "precision": args.precision,
        "threads": args.threads,
        "streams": args.streams,
        "runs": args.runs,
        "seconds": median,
        "spread": (max(seconds) - min(seconds)) / median,
    }
    if work.pictures:
        line["images_per_second"] = args.streams * work.pictures / median
    line.update(
        distance=work.distance,
        peak_mib=peak_mib(),
        device=f"cpu, {args.threads} threads",
        versions={package: importlib.metadata.version(package) for package in work.versions},
    )
    print(json.dumps(line), flush=True)


def run(args, peer, work):
    """Warms up and measures; work's unit runs in streams threads at a time."""
    for _ in range(args.warm_up):
        for stream in range(args.streams):
            work.unit(stream)
    if not args.turns:
        report(args, peer, work, turn(work.unit, args.streams, args.runs))
        return
    print(json.dumps({"ready": peer}), flush=True)
    for _ in sys.stdin:
        report(args, peer, work, turn(work.unit, args.streams, args.runs))
