"""The peers compute one network: python -m unittest in this folder, with requirements.txt installed."""

import os
import subprocess
import sys
import tempfile
import types
import unittest

import numpy as np

import weights

NOISE = 6e-5  # max|difference| / RMS of float32 renderings of R50x1; measured here 1.5e-6 to 2.4e-5
CLASSES, SIDE = 10, 96
HERE = os.path.dirname(os.path.abspath(__file__))


class NetworksTest(unittest.TestCase):
    """A missing package fails: who runs this test has asked for the comparison."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.file = os.path.join(cls.folder.name, "seeded.npz")
        weights.write(cls.file, "R50x1", CLASSES, seed=3)
        cls.pictures = weights.pixels(2, SIDE, seed=4)
        cls.args = types.SimpleNamespace(
            arch="R50x1", classes=CLASSES, weights=cls.file, official=os.environ.get("BIT_OFFICIAL")
        )

    def logits(self, network):
        import torch

        with torch.no_grad():
            return network.eval()(torch.from_numpy(self.pictures.transpose(0, 3, 1, 2).copy())).numpy()

    def ours(self):
        import port

        return self.logits(port.rendering(self.args))

    def assert_alike(self, found, expected):
        distance = np.abs(found - expected).max() / np.sqrt(np.mean(np.square(expected)))
        self.assertTrue(distance <= NOISE, f"{distance} apart")

    def test_timm_answers_as_the_port_does(self):
        import timm_peer

        self.assert_alike(self.logits(timm_peer.build(self.args)), self.ours())

    def test_the_official_code_answers_as_the_port_does(self):
        if not self.args.official:
            self.skipTest("BIT_OFFICIAL names no checkout of google-research/big_transfer")
        import port

        self.assert_alike(self.logits(port.official(self.args)), self.ours())

    def test_standardising_once_changes_nothing(self):
        import port

        folded = port.rendering(self.args)
        folded.fold()
        self.assert_alike(self.logits(folded), self.ours())

    def test_the_onnx_export_answers_as_the_port_does_with_any_batch(self):
        import onnxruntime_peer

        file = os.path.join(self.folder.name, "seeded.onnx")
        subprocess.run(
            [
                sys.executable,
                os.path.join(HERE, "onnxruntime_peer.py"),
                "--export",
                "--onnx",
                file,
                "--weights",
                self.file,
                "--size",
                str(SIDE),
                "--classes",
                str(CLASSES),
            ],
            check=True,
            capture_output=True,
        )
        session = onnxruntime_peer.session(types.SimpleNamespace(onnx=file), 2)
        images = self.pictures.transpose(0, 3, 1, 2).copy()
        expected = self.ours()
        self.assert_alike(session.run(None, {"images": images})[0], expected)
        self.assert_alike(session.run(None, {"images": images[:1]})[0], expected[:1])

    def test_the_export_of_tfbit_answers_as_the_port_does(self):
        tfbit = os.environ.get("TFBIT")
        if not tfbit:
            self.skipTest("TFBIT names no bin/tfbit")
        import tensorflow_peer

        base = os.path.join(self.folder.name, "export")
        subprocess.run(
            [tfbit, "export", "--model", self.file, "--out", base, "--size", str(SIDE), str(SIDE)],
            check=True,
            capture_output=True,
        )
        args = types.SimpleNamespace(saved_model=os.path.join(base, "1"), per_stream=2, streams=1, precision="fp32")
        tf, model = tensorflow_peer.load(args)
        found = model.signatures["images"](images=tf.constant(self.pictures))["logits"].numpy()
        self.assert_alike(found, self.ours())


if __name__ == "__main__":
    unittest.main()
