"""The forward pass of a frozen MobileNetV2 in a tf.function: trunk.py SIDE BATCH RUNS THREADS"""

import sys

from mobilenet import base, tf, use_threads
from serve import serve

side, batch, runs, threads = (int(argument) for argument in sys.argv[1:5])
use_threads(threads)
network = base(side)
images = tf.random.stateless_uniform((batch, side, side, 3), (1, 2), -1, 1)


@tf.function
def forward():
    return network(images, training=False)


def run():
    for _ in range(runs):
        forward().numpy()


run()
serve(run)
