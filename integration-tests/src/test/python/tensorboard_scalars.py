"""tensorboard_scalars.py EVENTS OUT: what the real TensorBoard reads from a folder of events, as JSON."""
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events, out = sys.argv[1:]
run = EventAccumulator(events)
run.Reload()
tags = run.Tags()
scalars = {tag: [[e.step, e.value] for e in run.Scalars(tag)] for tag in tags["scalars"]}
texts = [t for t in tags["tensors"] if run.SummaryMetadata(t).plugin_data.plugin_name == "text"]
with open(out, "w", encoding="utf-8") as file:
    json.dump({"scalars": scalars, "texts": texts}, file)
