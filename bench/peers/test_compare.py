"""Turns, ratios and the table, on made-up sides; needs no package: python -m unittest test_compare in this folder."""

import dataclasses
import os
import sys
import tempfile
import types
import unittest

import architecture
import compare
import files
import kinds
import machine
import presets
import sides
import table

RATES = kinds.Preset("made up", kinds.RATE, 1.2, "bench", ())


def side(label, lines, gone=None, counted=True):
    return {"label": label, "lines": lines, "gone": gone, "counted": counted}


def rates(label, *values, **more):
    return side(label, [{"images_per_second": value, "batch": 8} for value in values], **more)


class ArchitectureTest(unittest.TestCase):
    def test_a_picture_costs_what_the_measured_ceiling_was_computed_with(self):
        self.assertAlmostEqual(architecture.gflop("R50x1", 224), 8.17, 2)

    def test_counts_the_parameters_of_the_published_r50x1(self):
        total = 0
        for _, shape in architecture.shapes("R50x1", 10):
            values = 1
            for dimension in shape:
                values *= dimension
            total += values
        self.assertEqual(total, 23_520_842)  # tfbit inspect, of a file in the published layout

    def test_names_what_it_does_not_know(self):
        with self.assertRaisesRegex(ValueError, "R50x1 to R152x4, found 'R34x1'"):
            architecture.parse("R34x1")


class TableTest(unittest.TestCase):
    def test_ratios_of_rates_are_ours_by_theirs_pair_by_pair(self):
        result = table.summary(
            RATES, [rates("tfbit", 20, 30, 22), rates("slow", 10, 10, 10), rates("fast", 20, 20, 20)]
        )
        self.assertEqual(result["best"], "fast")
        self.assertEqual(result["peers"][1]["ratios"], [1.0, 1.5, 1.1])
        self.assertEqual(result["ratio"], 1.1)
        self.assertFalse(result["reached"])

    def test_ratios_of_times_are_theirs_by_ours(self):
        preset = dataclasses.replace(RATES, metric=kinds.SECONDS, goal=3)
        result = table.summary(
            preset, [side("tfbit", [{"seconds": 1.0}]), side("a", [{"seconds": 5.0}]), side("b", [{"seconds": 4.0}])]
        )
        self.assertEqual((result["best"], result["ratio"], result["reached"]), ("b", 4.0, True))

    def test_of_memory_the_goal_is_the_most(self):
        preset = dataclasses.replace(RATES, metric=kinds.MEMORY, goal=1.0, goal_is_most=True)
        result = table.summary(preset, [side("tfbit", [{"peak_mib": 900}]), side("a", [{"peak_mib": 1000}])])
        self.assertEqual((result["ratio"], result["reached"]), (0.9, True))

    def test_the_ceiling_counts_every_pass(self):
        preset = dataclasses.replace(RATES, passes=3, goal=0.75)
        work = 3 * architecture.gflop("R50x1", 224)
        result = table.summary(preset, [rates("tfbit", 10), side("machine", [{"gflops": 20 * work}])])
        self.assertAlmostEqual(result["ratio"], 0.5)

    def test_a_peer_that_is_not_counted_is_shown_and_never_the_best(self):
        result = table.summary(RATES, [rates("tfbit", 20), rates("a", 10), rates("b", 40, counted=False)])
        self.assertEqual((result["best"], result["ratio"]), ("a", 2.0))
        self.assertIn("| b (not counted) | 40 images/s | 0 % |  | 0.50 (0.50) |", lines(result))

    def test_says_why_a_side_is_gone_and_claims_nothing_without_tfbit(self):
        result = table.summary(
            RATES,
            [
                side("tfbit", [], "train is not there yet"),
                rates("a", 10),
                side("b", [], "not installed: pip install b"),
            ],
        )
        self.assertNotIn("ratio", result)
        self.assertIn("| b | not installed: pip install b | | | |", lines(result))
        self.assertEqual(table.verdict(result), "No ratio: train is not there yet. Asked for: at least 1.2.")

    def test_warns_of_answers_that_differ(self):
        preset = dataclasses.replace(RATES, metric=kinds.WALL)
        result = table.summary(
            preset, [side("tfbit", [{"wall": 1.0, "answer": 6}]), side("a", [{"wall": 2.0, "answer": 5}])]
        )
        self.assertEqual(result["warning"], "the sides do not answer alike: classes [5, 6]")


def lines(result):
    return [table.line(peer, result["best"]) for peer in result["peers"]]


class SidesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = os.path.join(folder.name, "log")

    def made(self, kind, script):
        made = kind("made up", [sys.executable, "-c", script], self.log)
        self.addCleanup(made.end)
        return made

    def test_a_kept_process_gives_a_line_a_turn(self):
        kept = self.made(
            sides.Kept,
            "import sys\nprint('{\"ready\": 1}', flush=True)\n"
            "for n, _ in enumerate(sys.stdin): print('{\"n\": %d}' % n, flush=True)",
        )
        kept.start()
        self.assertEqual([kept.turn(), kept.turn()], [{"n": 0}, {"n": 1}])

    def test_a_fresh_process_gives_its_last_object_with_time_and_memory(self):
        said = self.made(sides.Fresh, "print('{\"n\": 1}'); print('{\"n\": 2}'); print('done')").turn()
        self.assertEqual(said["n"], 2)
        self.assertTrue(0 < said["wall"] < 60 and said["peak_mib"] > 1, said)

    def test_a_missing_package_is_named_with_how_to_install_it(self):
        script = 'print(\'{"missing": ["b"], "install": "pip install b==1"}\'); raise SystemExit(3)'
        with self.assertRaisesRegex(sides.Gone, "not installed: pip install b==1"):
            self.made(sides.Kept, script).start()
        with self.assertRaisesRegex(sides.Gone, "not installed: pip install b==1"):
            self.made(sides.Fresh, script).turn()

    def test_a_mode_that_tfbit_lacks_is_told_in_its_words(self):
        script = "import sys; print('train is not there yet; no more\\nusage', file=sys.stderr); sys.exit(2)"
        with self.assertRaisesRegex(sides.Gone, "status 2: train is not there yet"):
            self.made(sides.Fresh, script).turn()

    def test_a_process_that_dies_between_turns_is_gone(self):
        kept = self.made(sides.Kept, "print('{\"ready\": 1}', flush=True); input(); raise SystemExit('no memory')")
        kept.start()
        with self.assertRaisesRegex(sides.Gone, "status 1: no memory"):
            kept.turn()


class CommandsTest(unittest.TestCase):
    def labels(self, row, official, only):
        args = types.SimpleNamespace(python="python", tfbit="tfbit", official=official, only=only)
        return [label for label, *_ in compare.commands(presets.PRESETS[row], args)]

    def test_the_official_code_is_told_from_our_rendering(self):
        self.assertEqual(self.labels("load", None, None), ["tfbit", "port", "timm"])
        self.assertEqual(self.labels("load", "checkout", None), ["tfbit", "official port", "timm"])

    def test_only_the_peers_that_were_named_are_measured(self):
        self.assertEqual(
            self.labels("start", None, ["ONNX", "timm"])[1:], ["timm", "ONNX Runtime, one session, batch 1"]
        )


class TurnTest(unittest.TestCase):
    def test_without_tfbit_nothing_is_measured(self):
        with self.assertRaisesRegex(SystemExit, "found: .*No such file.*nowhere/tfbit.*; name it with --tfbit"):
            compare.built("nowhere/tfbit")

    def test_a_line_without_the_figure_is_no_turn(self):
        class Silent:
            def used(self):
                return 0.0

            def turn(self):
                return {"images_per_second": 1}

        with self.assertRaisesRegex(sides.Gone, "its answer has no 'seconds'"):
            compare.turn(Silent(), kinds.SECONDS)


class MachineTest(unittest.TestCase):
    def test_others_took_what_is_left_of_the_taken_time(self):
        self.assertAlmostEqual(machine.others((100.0, 1000.0), (103.0, 1010.0), 2.5), 0.05)

    def test_a_busy_neighbour_is_seen_by_pair(self):
        shares = [
            [{"images_per_second": 9, "others": share} for share in turns]
            for turns in ((0.01, 0.0, 0.02), (0.0, 0.0, 0.5))
        ]
        result = table.summary(RATES, [side("tfbit", shares[0]), side("a", shares[1])])
        self.assertEqual(
            table.disturbance(result["others"]), "At most taken by others in a turn, by pair: 1 %, 0 %, 50 %."
        )

    def test_a_process_is_told_from_its_neighbours(self):
        before = machine.used(os.getpid())
        sum(range(5_000_000))
        self.assertGreater(machine.used(os.getpid()), before)


class PresetsTest(unittest.TestCase):
    def test_every_name_in_arguments_is_known(self):
        for name, preset in presets.PRESETS.items():
            made = files.Files("folder", "python", "tfbit", preset, 2)
            made.made = lambda file, command: file
            for arguments in [preset.tfbit.split(), *(peer.command for peer in preset.peers)]:
                with self.subTest(row=name, arguments=arguments):
                    self.assertNotIn("{", " ".join(made.fill(arguments)))

    def test_every_script_says_what_it_needs(self):
        scripts = {peer.command[0] for preset in presets.PRESETS.values() for peer in preset.peers}
        self.assertEqual(scripts, set(files.NEEDS))

    def test_packages_that_an_interpreter_lacks_are_all_named(self):
        files.NEEDS["made up"] = ("json", "no_such_package", "nor_this")
        self.addCleanup(files.NEEDS.pop, "made up")
        self.assertEqual(files.missing(sys.executable, "made up"), ["no_such_package", "nor_this"])

    def test_labels_differ_within_a_row(self):
        for name, preset in presets.PRESETS.items():
            labels = [peer.label for peer in preset.peers]
            self.assertEqual(len(labels), len(set(labels)), name)

    def test_a_file_that_cannot_be_made_says_why(self):
        with tempfile.TemporaryDirectory() as folder:
            made = files.Files(folder, sys.executable, "tfbit", RATES, 2)
            with self.assertRaisesRegex(files.Unmade, "x could not be made: ended with status 1: no room"):
                made.made("x", lambda out: [sys.executable, "-c", "raise SystemExit('no room')"])

    def test_a_file_that_wants_a_package_says_how_to_install_it(self):
        with tempfile.TemporaryDirectory() as folder:
            made = files.Files(folder, sys.executable, "tfbit", RATES, 2)
            with self.assertRaisesRegex(files.Unmade, "not installed: pip install torch==2.13.0"):
                made.made(
                    "x", lambda out: [sys.executable, "-c", "raise ModuleNotFoundError(\"No module named 'torch'\")"]
                )


if __name__ == "__main__":
    unittest.main()
