"""From turns to ratios, and from ratios to a table."""

import statistics

import architecture
import kinds


def spread(values):
    """Largest less smallest, as a share of the median."""
    return (max(values) - min(values)) / statistics.median(values)


def ratios(preset, ours, theirs):
    """How much better tfbit was, pair by pair; of the ceiling and of memory, the share of theirs that tfbit takes."""
    if preset.passes:
        work = preset.passes * architecture.gflop(preset.arch, preset.size)
        return [mine * work / machine for mine, machine in zip(ours, theirs)]
    share = preset.metric.more_is_better or preset.goal_is_most
    return [mine / yours if share else yours / mine for mine, yours in zip(ours, theirs)]


def metric(preset, of_tfbit):
    return kinds.GFLOPS if preset.passes and not of_tfbit else preset.metric


def summary(preset, sides):
    """A row's result from its sides: label, counted, lines of all turns or why there are none; tfbit is the first."""
    results = []
    for number, side in enumerate(sides):
        kind = metric(preset, number == 0)
        values = [kind.value(line) for line in side["lines"]]
        result = {
            "label": side["label"],
            "counted": side["counted"],
            "unit": kind.unit,
            "values": values,
            "gone": side["gone"],
        }
        if values:
            result.update(
                median=statistics.median(values),
                spread=spread(values),
                peak_mib=(
                    max(line["peak_mib"] for line in side["lines"] if "peak_mib" in line)
                    if any("peak_mib" in line for line in side["lines"])
                    else None
                ),
                distance=side["lines"][-1].get("distance"),
                versions=side["lines"][-1].get("versions"),
            )
        results.append(result)
    ours, peers = results[0], results[1:]
    for peer in peers:
        if ours["values"] and peer["values"]:
            peer["ratios"] = ratios(preset, ours["values"], peer["values"])
            peer["ratio"] = statistics.median(peer["ratios"])
    found = [peer for peer in peers if peer["values"] and peer["counted"]]
    better = max if metric(preset, False).more_is_better else min
    best = better(found, key=lambda peer: peer["median"]) if found else None
    result = {
        "title": preset.title,
        "architecture": preset.arch,
        "size": preset.size,
        "batch": preset.batch,
        "precision": preset.precision,
        "goal": preset.goal,
        "goal_is_most": preset.goal_is_most,
        "tfbit": ours,
        "peers": peers,
        "best": best and best["label"],
    }
    if best and "ratio" in best:
        result["ratio"] = best["ratio"]
        result["reached"] = best["ratio"] <= preset.goal if preset.goal_is_most else best["ratio"] >= preset.goal
    # By pair, the most that others took in any side's turn.
    turns = zip(*([line.get("others") for line in side["lines"]] for side in sides if side["lines"]))
    result["others"] = [max(pair) for pair in turns if None not in pair]
    answers = {line["answer"] for side in sides for line in side["lines"] if "answer" in line}
    if len(answers) > 1:
        result["warning"] = f"the sides do not answer alike: classes {sorted(answers)}"
    return result


def number(value):
    return f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def line(side, best):
    """A side as a line of the table."""
    if not side["values"]:
        return f"| {side['label']} | {side['gone']} | | | |"
    label = side["label"] + ("" if side["counted"] else " (not counted)")
    name = f"**{label}**" if side["label"] == best else label
    pairs = ", ".join(f"{ratio:.2f}" for ratio in side.get("ratios", ()))
    if pairs:
        pairs = f"{side['ratio']:.2f} ({pairs})"
    peak = side["peak_mib"]
    return (
        f"| {name} | {number(side['median'])} {side['unit']} | {100 * side['spread']:.0f} % | "
        f"{'' if peak is None else number(peak)} | {pairs} |"
    )


def verdict(result):
    goal = f"at {'most' if result['goal_is_most'] else 'least'} {result['goal']}"
    if "ratio" in result:
        reached = "reached" if result["reached"] else "not reached"
        return f"{result['ratio']:.2f} of {result['best']}; {goal} is asked for: {reached}."
    return f"No ratio: {result['tfbit']['gone'] or 'no peer gave figures'}. Asked for: {goal}."


def disturbance(others):
    """What others took of the processors, by pair."""
    if not others:
        return "What others took of the processors is not known."
    return "At most taken by others in a turn, by pair: " + ", ".join(f"{100 * share:.0f} %" for share in others) + "."


def markdown(run):
    """The whole run as one table a row, machine and load first."""
    out = [
        "# tfbit and its peers, in turn",
        "",
        f"{run['date']}, {run['machine']}, {run['threads']} threads, {run['pairs']} pairs.",
        "A ratio is tfbit against that side: the median, and pair by pair. Above 1 tfbit is better; of memory, and",
        "of a ceiling, it is the share that tfbit takes.",
    ]
    for name, result in run["rows"].items():
        out += [
            "",
            f"## {name}",
            "",
            f"{result['title']}: {result['architecture']}, {result['size']} px, batch {result['batch']}, "
            f"{result['precision']}. {disturbance(result['others'])}",
            "",
            "| side | median | spread | peak MiB | tfbit against it |",
            "|---|---|---|---|---|",
        ]
        out += [line(side, result["best"]) for side in [result["tfbit"], *result["peers"]]]
        out += ["", verdict(result)] + ([f"Warning: {result['warning']}."] if "warning" in result else [])
    return "\n".join(out) + "\n"
