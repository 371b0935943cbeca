"""Training steps of a whole MobileNetV2 with ten classes: training_step.py SIDE BATCH STEPS THREADS BATCH_NORM"""

import sys

from mobilenet import base, tf, use_threads
from serve import serve

side, batch, steps, threads = (int(argument) for argument in sys.argv[1:5])
in_training_mode = sys.argv[5] == "train"
use_threads(threads)

network = base(side)
image = tf.keras.Input((side, side, 3))
features = network(image, training=in_training_mode)
model = tf.keras.Model(image, tf.keras.layers.Dense(10)(features))
loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimiser = tf.keras.optimizers.SGD(1e-3, momentum=0.9, weight_decay=0.01, global_clipnorm=1.0)
images = tf.random.stateless_uniform((batch, side, side, 3), (1, 2), -1, 1)
labels = tf.range(batch) % 10
variables = model.trainable_variables


@tf.function
def step():
    with tf.GradientTape() as tape:
        value = loss(labels, model(images, training=in_training_mode))
    optimiser.apply_gradients(zip(tape.gradient(value, variables), variables))
    return value


def run():
    for _ in range(steps):
        step().numpy()


run()
serve(run)
