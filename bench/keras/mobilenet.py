"""MobileNetV2 of Keras Applications with random weights, and TensorFlow on as many threads as asked for."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf  # noqa: E402


def use_threads(count):
    tf.config.threading.set_intra_op_parallelism_threads(count)
    tf.config.threading.set_inter_op_parallelism_threads(count)


def base(side):
    return tf.keras.applications.MobileNetV2(
        input_shape=(side, side, 3), weights=None, include_top=False, pooling="avg"
    )
