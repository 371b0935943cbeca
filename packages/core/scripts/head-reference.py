"""Writes head-reference.json: scikit-learn's ridge-penalised softmax regression, for src/training/head/fit-head.test.ts.

Features are standardised, fitted to a tight tolerance, and the coefficients folded back to raw features.

    pip install numpy scikit-learn && python head-reference.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

classes = 3


def make_data(rows, features):
    """The formula of head-reference.ts: exact in both languages."""
    row, column = np.meshgrid(np.arange(rows), np.arange(features), indexing="ij")
    labels = (np.arange(rows) * 7) % 10 % classes
    noise = ((row * 37 + column * 71 + row * column * 13) % 101) / 101 - 0.5
    signal = ((labels[:, None] + column) % classes == 0) * 0.25
    scale = 1 + column % 4
    return ((noise + signal) * scale + column % 3).astype(np.float32).astype(np.float64), labels


def fit(rows, features, regularisation, class_weight):
    x, labels = make_data(rows, features)
    mean, deviation = x.mean(0), x.std(0)
    model = LogisticRegression(
        C=1 / regularisation, class_weight=class_weight, solver="newton-cg", tol=1e-10, max_iter=10000
    )
    z = (x - mean) / deviation
    model.fit(z, labels)
    kernel = model.coef_ / deviation
    bias = model.intercept_ - kernel @ mean
    return {
        "rows": rows,
        "features": features,
        "regularisation": regularisation,
        "classWeights": class_weight or "none",
        "kernel": np.round(kernel.T, 7).ravel().tolist(),
        "bias": np.round(bias, 7).tolist(),
        "probabilities": np.round(model.predict_proba(z)[:10], 7).ravel().tolist(),
    }


reference = {
    "made_with": f"scikit-learn {sklearn.__version__}",
    "fits": [
        fit(60, 5, 1.0, None),
        fit(60, 5, 0.1, "balanced"),
        fit(120, 80, 4.0, None),
        fit(90, 100, 50.0, "balanced"),
    ],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(reference) + "\n")
