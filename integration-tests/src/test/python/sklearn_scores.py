"""sklearn_scores.py IN OUT: what scikit-learn makes of the answers in IN, as JSON."""
import json
import sys
import warnings

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")
given = json.load(open(sys.argv[1], encoding="utf-8"))
logits = np.array(given["logits"], np.float64)
classes = logits.shape[1]
every = list(range(classes))
single = np.array(given["labels"])
answer = logits.argmax(1)
p = np.exp(logits - logits.max(1, keepdims=True))
p /= p.sum(1, keepdims=True)
precision, recall, f1, _ = metrics.precision_recall_fscore_support(
    single, answer, labels=every, average="macro", zero_division=0)

many = np.zeros(logits.shape, int)
for row, labels in enumerate(given["many"]):
    many[row, labels] = 1
sigmoid = 1 / (1 + np.exp(-np.array(given["coarse"], np.float64)))
marked = (sigmoid >= np.array(given["thresholds"])).astype(int)
result = {
    "top1": metrics.accuracy_score(single, answer),
    "top5": metrics.top_k_accuracy_score(single, p, k=5, labels=every),
    "precision": precision,
    "recall": recall,
    "f1": f1,
    "log_loss": metrics.log_loss(single, p, labels=every),
    "confusion": metrics.confusion_matrix(single, answer, labels=every).tolist(),
    "ap": [metrics.average_precision_score(many[:, c], sigmoid[:, c]) for c in every],
    "label_f1": metrics.f1_score(many, marked, average=None, zero_division=0).tolist(),
    "micro_f1": metrics.f1_score(many, marked, average="micro", zero_division=0),
}
json.dump(result, open(sys.argv[2], "w", encoding="utf-8"))
