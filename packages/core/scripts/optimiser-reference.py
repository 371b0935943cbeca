"""Writes optimiser-reference.json: AdamW and SGD written out in NumPy, for src/training/optimiser.test.ts.

The update rules as in Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithms 1 and 2, with
the decay multiplied by the learning rate as in PyTorch; two parameters decay, two don't; one has half the rate.

    pip install numpy && python optimiser-reference.py
"""

import json
from pathlib import Path

import numpy as np

rates = np.array([1.0, 1.0, 0.5, 1.0])
decays = np.array([1.0, 0.0, 1.0, 0.0])
start = np.array([0.5, -1.0, 2.0, 0.1])
steps = 20


def gradient(parameters, step):
    """Of a fixed quadratic, moved by the step."""
    return parameters * np.array([1.0, 2.0, 0.3, 5.0]) + np.sin(step + np.arange(4.0))


def learning_rate(step):
    return 0.1 / (1 + step)


def adamw(weight_decay):
    parameters, mean, square, path = start.copy(), np.zeros(4), np.zeros(4), []
    for step in range(steps):
        slope, rate = gradient(parameters, step), learning_rate(step) * rates
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        parameters = parameters - rate * weight_decay * decays * parameters
        parameters -= rate * (mean / (1 - 0.9 ** (step + 1))) / (np.sqrt(square / (1 - 0.999 ** (step + 1))) + 1e-8)
        path.append(parameters.tolist())
    return path


def sgd(momentum, weight_decay):
    parameters, velocity, path = start.copy(), np.zeros(4), []
    for step in range(steps):
        slope, rate = gradient(parameters, step), learning_rate(step) * rates
        velocity = momentum * velocity + slope
        parameters = parameters - rate * weight_decay * decays * parameters - rate * velocity
        path.append(parameters.tolist())
    return path


reference = {
    "made_with": f"numpy {np.__version__}",
    "rates": rates.tolist(),
    "decays": decays.tolist(),
    "start": start.tolist(),
    "adamw": adamw(0.1),
    "sgd": sgd(0.9, 0.1),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(reference) + "\n")
