"""The rows of the comparison: which work, how tfbit does it, which peers do it, and what is asked for.

In arguments {weights}, {reference}, {onnx}, {saved_model} and {picture} are files that files.py makes; {arch}, {size},
{batch}, {precision}, {threads} and {runs} are the row's.
"""

from kinds import MEMORY, MILLISECONDS, RATE, SECONDS, WALL, Peer, Preset

NETWORK = (
    "--weights {weights} --reference {reference} --arch {arch} --classes {classes} --size {size}"
    " --precision {precision} --threads {threads} --runs {runs}"
)
BENCH = "--arch {arch} --size {size} --precision {precision} --threads {threads} --runs {runs} --json"


def script(label, name, mode, more="", counted=True):
    return Peer(label, (name, *f"--mode {mode} {NETWORK} {more}".split()), counted)


def torch(base, mode, batch, *variants):
    """port.py or timm_peer.py: eager, and in other ways."""
    flags = {
        "": "",
        "channels_last": "--channels-last",
        "compiled": "--compiled",
        "frozen": "--frozen",
        "channels_last compiled": "--channels-last --compiled",
    }
    name = {"port": "port.py", "timm": "timm_peer.py"}[base]
    return tuple(
        script(f"{base} {variant}".strip(), name, mode, f"--batch {batch} {flags[variant]}") for variant in variants
    )


def onnx(mode, *arrangements, counted=True):
    """One session, or as many as there are threads: (streams, batch) each."""
    return tuple(
        script(
            f"ONNX Runtime, {'a session a thread' if streams else 'one session'}, batch {batch}",
            "onnxruntime_peer.py",
            mode,
            f"--onnx {{onnx}} --batch {batch}" + (" --streams {threads}" if streams else ""),
            counted,
        )
        for streams, batch in arrangements
    )


def tensorflow(mode, *arrangements):
    return tuple(
        script(
            f"TensorFlow Python, {'a call a thread' if streams else 'one call'}, batch {batch}",
            "tensorflow_peer.py",
            mode,
            f"--saved-model {{saved_model}} --batch {batch}" + (" --streams {threads}" if streams else ""),
        )
        for streams, batch in arrangements
    )


def training(title, goal, batch, compiled, **row):
    ways = ("", "channels_last") + (("compiled", "channels_last compiled") if compiled else ())
    return Preset(
        title,
        row.pop("metric", RATE),
        goal,
        f"bench --mode train {BENCH} --batch {{batch}}",
        torch("port", "train", batch, *ways) + torch("timm", "train", batch, *ways[:3]),
        batch=batch,
        **row,
    )


def loading(architecture, goal=3.0):
    return Preset(
        f"{architecture}, npz to ready model",
        SECONDS,
        goal,
        "bench --mode load --arch {arch} --json",
        torch("port", "load", 1, "") + torch("timm", "load", 1, ""),
        arch=architecture,
        classes=21843,
        batch=1,
        runs=1,
        fresh=True,
    )


CEILING = (
    Peer(
        "matrix products, one thread each",
        ("ceiling.py", *"--weights - --precision {precision} --threads {threads} --runs 20".split()),
    ),
)
INFER = f"bench --mode infer {BENCH} --batch {{batch}}"
ONE_AND_ALL = ((False, 8), (True, 1), (True, 4))

PRESETS = {
    "infer-fp32": Preset(
        "inference, fp32",
        RATE,
        1.2,
        INFER,
        onnx("infer", *ONE_AND_ALL)
        + torch("port", "infer", 8, "", "channels_last", "compiled", "frozen")
        + torch("timm", "infer", 8, "", "channels_last")
        + tensorflow("infer", (False, 8), (True, 1)),
    ),
    "infer-bf16": Preset(
        "inference, bf16",
        RATE,
        1.25,
        INFER,
        torch("port", "infer", 8, "", "channels_last", "compiled", "frozen")
        + torch("timm", "infer", 8, "channels_last", "channels_last compiled")
        + tensorflow("infer", (False, 8), (True, 1)),
        precision="bf16",
    ),
    "latency": Preset(
        "one picture at a time",
        MILLISECONDS,
        1.0,
        INFER + " --streams 1",
        onnx("latency", (False, 1))
        + torch("port", "latency", 1, "", "channels_last", "frozen")
        + torch("timm", "latency", 1, "")
        + tensorflow("latency", (False, 1)),
        batch=1,
        runs=30,
    ),
    "infer-R50x3": Preset(
        "inference, fp32",
        RATE,
        1.1,
        INFER,
        onnx("infer", *ONE_AND_ALL[:2]) + torch("port", "infer", 8, "channels_last", "frozen"),
        arch="R50x3",
        runs=3,
    ),
    "train-128": training("training step, fp32", 1.15, 32, True, size=128, runs=4),
    "train-128-bf16": training("training step, bf16", 1.2, 32, True, size=128, precision="bf16", runs=4),
    "train-384": training("training step, fp32", 1.1, 8, True, size=384, runs=3),
    "memory-384": training(
        "peak memory of training", 1.0, 8, False, size=384, runs=2, fresh=True, metric=MEMORY, goal_is_most=True
    ),
    "load": loading("R50x1"),
    "load-R152x4": loading("R152x4"),
    "start": Preset(
        "cold process to the first answer, one picture",
        WALL,
        2.0,
        "predict --model {weights} --size {size} {size} --threads {threads} --json {picture}",
        tensorflow("start", (False, 1))
        + (script("timm", "timm_peer.py", "start"), script("port", "port.py", "start", counted=False))
        + onnx("start", (False, 1), counted=False),
        batch=1,
        fresh=True,
    ),
    "ceiling": Preset("share of the ceiling, inference", RATE, 0.9, INFER, CEILING, passes=1),
    "ceiling-train": Preset(
        "share of the ceiling, training step",
        RATE,
        0.75,
        f"bench --mode train {BENCH} --batch {{batch}}",
        CEILING,
        size=128,
        batch=32,
        runs=4,
        passes=3,
    ),
}
