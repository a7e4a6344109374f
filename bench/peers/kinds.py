"""What a row of the comparison is made of: figures, peers, and what is asked for."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Metric:
    """A figure: where it comes from, and whether more of it is better."""

    unit: str
    more_is_better: bool
    value: object  # from a turn's line


RATE = Metric("images/s", True, lambda line: line["images_per_second"])
MILLISECONDS = Metric("ms", False, lambda line: 1000 * line["batch"] / line["images_per_second"])
SECONDS = Metric("s", False, lambda line: line["seconds"])
WALL = Metric("s", False, lambda line: line["wall"])
MEMORY = Metric("MiB", False, lambda line: line["peak_mib"])
GFLOPS = Metric("GFLOP/s", True, lambda line: line["gflops"])


@dataclasses.dataclass(frozen=True)
class Peer:
    """A script of this folder with its arguments; counted False is shown beside the peers that the goal is about."""

    label: str
    command: tuple
    counted: bool = True


@dataclasses.dataclass(frozen=True)
class Preset:
    """A row. The ratio is how much better tfbit is: ours by theirs of rates, theirs by ours of times."""

    title: str
    metric: Metric
    goal: float
    tfbit: str
    peers: tuple
    arch: str = "R50x1"
    size: int = 224
    batch: int = 8
    classes: int = 10
    precision: str = "fp32"
    runs: int = 10
    fresh: bool = False  # a process for every turn, and one turn that does not count
    passes: int = 0  # forward passes that a picture costs, where the peer is the machine itself
    goal_is_most: bool = False  # the goal is the most that tfbit may take of the peer's
