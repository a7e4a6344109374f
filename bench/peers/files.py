"""What the rows read: seeded weights, reference logits, exports, a picture. Each is made once, when first asked for."""

import os
import subprocess

import sides

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURE = """
import sys, numpy as np
from PIL import Image
drawn = np.random.Generator(np.random.PCG64(1)).integers(0, 255, (6, 8, 3), dtype=np.uint8)
Image.fromarray(drawn).resize((500, 375), Image.Resampling.BICUBIC).save(sys.argv[1], "JPEG", quality=92)
"""


# What each script imports, and what makes the files that it reads: weights, reference logits, a picture.
ALL = ("numpy", "PIL", "torch")
NEEDS = {
    "port.py": ALL,
    "timm_peer.py": (*ALL, "torchvision", "timm"),
    "onnxruntime_peer.py": (*ALL, "onnx", "onnxscript", "onnxruntime"),
    "tensorflow_peer.py": (*ALL, "tensorflow"),
    "ceiling.py": ("numpy", "torch"),
}


def missing(python, script):
    """Packages that a script needs and this interpreter lacks."""
    look = "import importlib.util, sys; print(*[p for p in sys.argv[1:] if importlib.util.find_spec(p) is None])"
    found = subprocess.run([python, "-c", look, *NEEDS[script]], capture_output=True, text=True, check=True)
    return found.stdout.split()


class Unmade(Exception):
    """A file could not be made; says why."""


class Files:
    """A mapping from names in a row's arguments to values; files lie in folder."""

    def __init__(self, folder, python, tfbit, preset, threads):
        self.folder, self.python, self.tfbit = folder, python, tfbit
        self.row = {
            "arch": preset.arch,
            "size": preset.size,
            "batch": preset.batch,
            "classes": preset.classes,
            "precision": preset.precision,
            "runs": preset.runs,
            "threads": threads,
        }
        self.model = f"{preset.arch}-{preset.classes}"
        self.sized = f"{self.model}-{preset.size}"

    def __getitem__(self, name):
        return self.row[name] if name in self.row else getattr(self, name)()

    def fill(self, arguments):
        """Arguments with all names in them replaced."""
        return [argument.format_map(self) for argument in arguments]

    def weights(self):
        return self.made(
            self.model + ".npz",
            lambda out: [self.python, "weights.py", self.row["arch"], out, str(self.row["classes"])],
        )

    def reference(self):
        return self.made(
            self.sized + ".npy",
            lambda out: [
                self.python,
                "reference.py",
                self.row["arch"],
                self.weights(),
                str(self.row["classes"]),
                str(self.row["size"]),
                out,
            ],
        )

    def onnx(self):
        return self.made(
            self.sized + ".onnx",
            lambda out: [
                self.python,
                "onnxruntime_peer.py",
                "--export",
                "--onnx",
                out,
                "--weights",
                self.weights(),
                "--arch",
                self.row["arch"],
                "--size",
                str(self.row["size"]),
                "--classes",
                str(self.row["classes"]),
            ],
        )

    def saved_model(self):
        size = str(self.row["size"])
        base = self.made(
            self.sized + "-export",
            lambda out: [self.tfbit, "export", "--model", self.weights(), "--out", out, "--size", size, size],
        )
        return os.path.join(base, "1")

    def picture(self):
        return self.made("picture.jpg", lambda out: [self.python, "-c", PICTURE, out])

    def made(self, name, command):
        path = os.path.join(self.folder, name)
        if os.path.exists(path):
            return path
        os.makedirs(self.folder, exist_ok=True)
        done = subprocess.run(command(path), cwd=HERE, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode != 0 or not os.path.exists(path):
            said, _ = sides.last_json([(line, 0) for line in done.stdout.splitlines()])
            why = sides.reason(done.returncode, said, done.stderr.splitlines())
            raise Unmade(f"{name} could not be made: {why}")
        return path
