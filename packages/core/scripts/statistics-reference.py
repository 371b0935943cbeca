"""Writes statistics-reference.json: what numpy and SciPy make of the definitions, for the tests of src/statistics,
src/advice and src/trust.

    pip install numpy scipy && python statistics-reference.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import optimize, special, stats


def make_features(rows, features, classes):
    """The formula of formulaFeatures in src/testing: exact in both languages."""
    row, column = np.meshgrid(np.arange(rows), np.arange(features), indexing="ij")
    labels = (np.arange(rows) * 7) % 10 % classes
    noise = ((row * 37 + column * 71 + row * column * 13) % 101) / 101 - 0.5
    signal = ((labels[:, None] + column) % classes == 0) * 0.25
    return (noise + signal + 0.3).astype(np.float32).astype(np.float64), labels


def distributions():
    return {
        "beta": [
            [x, a, b, float(special.betainc(a, b, x))]
            for x, a, b in [(0.5, 3, 4), (0.01, 0.5, 20), (0.99, 7.5, 0.5), (0.3, 200, 400), (0.05, 1, 1)]
        ],
        "binomial": [
            [k, n, p, float(stats.binom.pmf(k, n, p)), float(stats.binom.cdf(k, n, p))]
            for k, n, p in [(0, 5, 0.5), (3, 10, 0.5), (40, 100, 0.5), (5, 5, 0.5), (480, 1000, 0.45)]
        ],
        "lowerBound": [
            [k, n, risk, float(stats.beta.ppf(risk, k, n - k + 1))]
            for k, n, risk in [(59, 59, 0.05), (90, 100, 0.05), (1, 3, 0.01), (950, 1000, 0.005)]
        ],
        "student": [
            [t, degrees, float(2 * stats.t.sf(t, degrees))]
            for t, degrees in [(2.0, 3), (0.1, 1), (4.5, 12.5), (1.96, 400)]
        ],
        "normal": [[x, float(stats.norm.cdf(x))] for x in [-8.5, -3, -1, 0, 0.5, 1.959963984540054, 6]],
    }


def spectrum():
    size = 23
    i, j = np.meshgrid(np.arange(size), np.arange(size), indexing="ij")
    matrix = ((i * j * 7 + 3 * (i + j)) % 29) / 29 - 0.5
    vector = (np.arange(size) * 11) % 13 - 6.0
    values, vectors = np.linalg.eigh(matrix)
    return {"values": values.tolist(), "squares": ((vectors.T @ vector) ** 2).tolist()}


def log_me(rows, features, classes):
    """The log evidence of You et al. by its definition: labels of a class are drawn from N(0, I / beta + F F' / alpha)."""
    f, labels = make_features(rows, features, classes)
    gram = f @ f.T
    evidences = []
    for label in range(classes):
        y = (labels == label).astype(float)

        def negative(logs):
            covariance = np.eye(rows) * np.exp(-logs[1]) + gram * np.exp(-logs[0])
            _, determinant = np.linalg.slogdet(covariance)
            return 0.5 * (determinant + y @ np.linalg.solve(covariance, y) + rows * np.log(2 * np.pi)) / rows

        fits = [
            optimize.minimize(negative, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000})
            for start in ([0, 0], [4, 2], [-3, 4])
        ]
        evidences.append(-min(fit.fun for fit in fits))
    return {"rows": rows, "features": features, "classes": classes, "value": float(np.mean(evidences))}


def temperature(scale):
    """Guo et al.'s temperature of logits by a formula, `scale` times as sure as they ought to be."""
    rows, classes = 200, 4
    row, column = np.meshgrid(np.arange(rows), np.arange(classes), indexing="ij")
    logits = scale * (((row * 37 + column * 71 + row * column * 13) % 101) / 50.5 - 1)
    labels = np.array([(3 * r) % classes if r % 3 == 0 else logits[r].argmax() for r in range(rows)])
    logits = np.log(special.softmax(logits, axis=1).astype(np.float32).astype(np.float64))

    def loss(t):
        scaled = special.log_softmax(logits / t, axis=1)
        return -scaled[np.arange(rows), labels].mean()

    found = optimize.minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-12})
    return {"scale": scale, "temperature": float(found.x), "before": float(loss(1)), "after": float(found.fun)}


def power_law():
    sizes, errors, trials = [20, 40, 80, 160, 320], [0.31, 0.22, 0.19, 0.14, 0.125], 400
    smoothed = (np.array(errors) * trials + 1) / (trials + 2)
    deviations = np.sqrt(smoothed * (1 - smoothed) / trials)
    (a, b, c), _ = optimize.curve_fit(
        lambda n, a, b, c: a + b * (n / 320.0) ** -c,
        np.array(sizes, float), errors, [0.05, 0.1, 0.5], deviations, bounds=([0, 0, 0.05], [1, 10, 2]),
        xtol=1e-14, ftol=1e-14, gtol=1e-14,
    )
    return {"sizes": sizes, "errors": errors, "trials": trials, "floor": a, "exponent": c, "at1280": a + b * 4.0**-c}


reference = {
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "distributions": distributions(),
    "spectrum": spectrum(),
    "logMe": [log_me(60, 12, 3), log_me(12, 30, 3), log_me(40, 40, 2)],
    "temperature": [temperature(4), temperature(1)],
    "powerLaw": power_law(),
}
path = Path(__file__).with_name("statistics-reference.json")
path.write_text(json.dumps(reference, indent=1) + "\n")
