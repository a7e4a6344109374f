"""Measures tfbit and its peers in turn, in one run, and writes one table.

    python compare.py [ROW...] [--pairs 5] [--only ONNX] [--official DIR] [--list]

In every pair each side has one turn: tfbit, then one peer after the other. Peers are started and warmed up before the
first pair and wait for their turns; tfbit, which has no such mode, is started anew and warms up by itself.
"""

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys

import files
import machine
import measure
import presets
import sides
import table

ROOT = os.path.dirname(os.path.dirname(measure.HERE))


def sides_of(name, preset, args):
    """tfbit and the peers of a row; what cannot be prepared is gone from the start."""
    made = files.Files(args.folder, args.python, args.tfbit, preset, args.threads)
    entries = []
    for label, program, command, counted in commands(preset, args):
        entry = {"label": label, "counted": counted, "lines": [], "gone": None, "side": None}
        entries.append(entry)
        lacking = files.missing(args.python, command[0]) if command[0] in files.NEEDS else []
        if lacking:
            entry["gone"] = f"not installed: {measure.install(*lacking)}"
            continue
        kind = sides.Fresh if preset.fresh or label == "tfbit" else sides.Kept
        log = os.path.join(args.folder, "logs", f"{name} {label}.log".replace(",", "").replace(" ", "-"))
        try:
            entry["side"] = kind(label, [program, *made.fill(command)], log, counted)
        except files.Unmade as unmade:
            entry["gone"] = str(unmade)
    return entries


def commands(preset, args):
    """(label, program, arguments, whether the goal is about it) of tfbit and of the peers that are wanted."""
    yield "tfbit", args.tfbit, preset.tfbit.split(), True
    for peer in preset.peers:
        if args.only and not any(part in peer.label for part in args.only):
            continue
        label, command = peer.label, list(peer.command)
        if "start" in command:
            command += ["--picture", "{picture}"]
        if args.official and command[0] == "port.py":
            command += ["--official", args.official]
            label = "official " + label
        yield label, args.python, command, peer.counted


def attempt(entry, action):
    """What a side does, or none, and why it is gone from now on."""
    if entry["gone"]:
        return None
    try:
        return action(entry["side"])
    except sides.Gone as gone:
        entry["gone"], entry["lines"] = str(gone), []
        say(f"  {entry['label']}: {gone}")
        return None


def turn(side, metric):
    """A turn's line, in which the metric is found, with the share of the processors that others took meanwhile."""
    before, used = machine.ticks(), side.used()
    said = side.turn()
    said["others"] = machine.others(before, machine.ticks(), side.used() - used)
    if "predictions" in said:
        said["answer"] = said["predictions"][0]["top"][0]["index"]
    try:
        metric.value(said)
    except KeyError as missing:
        raise sides.Gone(f"its answer has no {missing}") from None
    return said


def measured(name, preset, args):
    """One row: every side's turns."""
    say(f"{name}: {preset.title}, {preset.arch}")
    entries = sides_of(name, preset, args)
    try:
        for entry in entries:
            attempt(entry, lambda side: side.start())
        for pair in range(-1 if preset.fresh else 0, args.pairs):
            for number, entry in enumerate(entries):
                metric = table.metric(preset, number == 0)
                said = attempt(entry, lambda side: turn(side, metric))
                if said is None:
                    continue
                say(f"  {pair + 1:2d}  {entry['label']}: {table.number(metric.value(said))} {metric.unit}")
                if pair >= 0:
                    entry["lines"].append(said)
    finally:
        for entry in entries:
            if entry["side"]:
                entry["side"].end()
    return table.summary(preset, entries)


def say(text):
    print(text, file=sys.stderr, flush=True)


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows of presets.py; all of them if none is named")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--only", action="append", help="peers whose label has this in it; may be given again")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers (requirements.txt)")
    parser.add_argument("--tfbit", default=os.path.join(ROOT, "bin", "tfbit"))
    parser.add_argument(
        "--official", help="checkout of google-research/big_transfer, measured instead of our rendering"
    )
    parser.add_argument(
        "--folder", default=os.path.join(ROOT, "bench", "target"), help="for weights, exports, logs, results"
    )
    parser.add_argument("--list", action="store_true", help="name the rows and their peers")
    args = parser.parse_args()
    unknown = [row for row in args.rows if row not in presets.PRESETS]
    if unknown:
        parser.error(f"expected rows of {', '.join(presets.PRESETS)}; found {', '.join(unknown)}")
    if args.pairs < 1 or args.threads < 1:
        parser.error("expected --pairs and --threads of 1 or more")
    for name in ("folder", "official", "tfbit"):
        setattr(args, name, getattr(args, name) and os.path.abspath(getattr(args, name)))
    args.python = shutil.which(args.python) or parser.error(f"expected a Python interpreter, found no {args.python}")
    return args


def built(tfbit):
    """What tfbit says of itself; asked before anything is timed, as its launcher builds it where it is not built."""
    try:
        return subprocess.run([tfbit, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError) as failure:
        sys.exit(f"expected tfbit's launcher to run, found: {failure}; name it with --tfbit")


def main():
    args = options()
    if args.list:
        for name, preset in presets.PRESETS.items():
            print(f"{name}: {preset.title}, {preset.arch}; " + "; ".join(peer.label for peer in preset.peers))
        return
    version = built(args.tfbit)
    os.makedirs(os.path.join(args.folder, "logs"), exist_ok=True)
    now = datetime.datetime.now().replace(microsecond=0)
    out = os.path.join(args.folder, f"results-{now:%Y%m%d-%H%M%S}")
    run = {
        "date": now.isoformat(" "),
        "machine": f"{os.cpu_count()} cores of {machine.processor()}",
        "threads": args.threads,
        "pairs": args.pairs,
        "tfbit": version,
        "load_before": os.getloadavg(),
        "rows": {},
    }
    for name in args.rows or presets.PRESETS:
        run["rows"][name] = measured(name, presets.PRESETS[name], args)
        for ending, text in ((".json", json.dumps(run, indent=1)), (".md", table.markdown(run))):
            with open(out + ending + ".part", "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(out + ending + ".part", out + ending)
    print(table.markdown(run), end="")
    say(f"{out}.md and .json")


if __name__ == "__main__":
    main()
