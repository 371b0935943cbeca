"""Writes evaluation-reference.json: metrics of scikit-learn and NumPy for src/evaluation/evaluate-predictions.test.ts.

    pip install numpy scikit-learn && python evaluation-reference.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics

random = np.random.default_rng(7)
classes, size = 4, 160
labels = random.choice(classes, size, p=[0.4, 0.3, 0.25, 0.05])
logits = random.normal(size=(size, classes)) * 1.5
logits[np.arange(size), labels] += 1.8
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
probabilities = probabilities.astype(np.float32)
probabilities /= probabilities.sum(1, keepdims=True)
predicted = probabilities.argmax(1)


def calibration_error(bins=15):
    """Guo et al. 2017, equation 5."""
    confidence = probabilities.max(1)
    edges = np.linspace(0, 1, bins + 1)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap = (predicted == labels)[inside].mean() - confidence[inside].astype(np.float64).mean()
            total += inside.mean() * abs(gap)
    return total


def percentile_bootstrap(statistic, resamples=20000):
    draws = random.integers(0, size, (resamples, size))
    return np.percentile([statistic(draw) for draw in draws], [2.5, 97.5]).tolist()


losses = -np.log(probabilities[np.arange(size), labels])
precision, recall, f1, support = metrics.precision_recall_fscore_support(labels, predicted, labels=range(classes))
reference = {
    "made_with": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}",
    "labels": labels.tolist(),
    "probabilities": [float(f"{value:.9g}") for value in probabilities.ravel()],
    "accuracy": metrics.accuracy_score(labels, predicted),
    "balancedAccuracy": metrics.balanced_accuracy_score(labels, predicted),
    "logLoss": metrics.log_loss(labels, probabilities),
    "calibrationError": calibration_error(),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
    "support": support.tolist(),
    "confusion": metrics.confusion_matrix(labels, predicted).tolist(),
    "accuracyInterval": percentile_bootstrap(lambda draw: (predicted == labels)[draw].mean()),
    "logLossInterval": percentile_bootstrap(lambda draw: losses[draw].mean()),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(reference) + "\n")
