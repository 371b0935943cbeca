"""Makes the small model files that the format tests read, and the outputs they must give.

Run it in an environment with tensorflow-cpu 2.16 (Keras 3), tf_keras 2.16 (Keras 2):

    python packages/core/scripts/make-format-fixtures.py

Every model takes the same image, so the expected outputs are independent of this project's code.
"""

import gzip
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras as keras3
import numpy as np
import tensorflow as tf
import tf_keras as keras2

formats = pathlib.Path(__file__).parent.parent / "src" / "formats"
size = 12


def image():
    """The formula image of the other references, scaled to [-1, 1]."""
    row, column, channel = np.meshgrid(np.arange(size), np.arange(size), np.arange(3), indexing="ij")
    pixel = (7 * row + 13 * column + 29 * channel + row * column // 17) % 256
    return (pixel / 127.5 - 1).astype("float32")[None]


def randomise(model, seed):
    """Weights as training leaves them: batch-norm statistics away from their defaults."""
    generator = np.random.default_rng(seed)
    for weight in model.weights:
        name = getattr(weight, "path", weight.name)
        values = generator.normal(0, 0.4, weight.shape)
        if "variance" in name or "gamma" in name:
            values = 0.5 + np.abs(values)
        if "count" in name or "seed" in name:
            continue
        weight.assign(values.astype("float32"))


def save(model, path, seed, **facts):
    randomise(model, seed)
    model.save(path)
    write_outputs(path, np.asarray(model(image(), training=False)), facts)
    compress(path)


def compress(path):
    """HDF5 files are mostly padding: a tenth of their size says the same."""
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    path.unlink()


def write_outputs(path, output, facts):
    text = json.dumps({**facts, "shape": list(output.shape[1:]), "output": output.ravel().tolist()})
    path.with_suffix(".json").write_text(text + "\n")


def sequential(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.InputLayer(input_shape=(size, size, 3)),
            layers.Rescaling(0.5, offset=0.1),
            layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.Activation(tf.nn.relu6),
            layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same"),
            layers.BatchNormalization(scale=False),
            layers.ReLU(6.0),
            layers.SeparableConv2D(6, 3, padding="same", activation="swish"),
            layers.BatchNormalization(center=False, epsilon=1e-2),
            layers.MaxPooling2D(2, padding="same"),
            layers.SpatialDropout2D(0.1),
            layers.Conv2D(5, (1, 2), activation="selu"),
            layers.Dropout(0.2),
            layers.Flatten(),
            layers.Dense(3, activation="softmax"),
        ],
        name="small_sequential",
    )


def functional_keras2():
    keras, layers = keras2, keras2.layers
    stem = keras.Sequential(
        [layers.ZeroPadding2D(((0, 1), (1, 0))), layers.Conv2D(4, 3, strides=2, activation="relu")], name="stem"
    )
    shared = layers.Conv2D(4, 3, padding="same", name="shared")
    inputs = keras.Input((size, size, 3))
    x = stem(inputs)
    y = layers.BatchNormalization(axis=3)(shared(x))
    y = layers.LeakyReLU(0.1)(y)
    x = layers.Add()([x, y])
    y = layers.ELU()(shared(x))
    gate = layers.GlobalAveragePooling2D()(y)
    gate = layers.Reshape((1, 1, -1))(gate)
    gate = layers.Dense(2, activation="relu")(gate)
    gate = layers.Dense(4, activation="hard_sigmoid", use_bias=False)(gate)
    y = layers.Multiply()([y, gate])
    x = layers.Concatenate()([x, y])
    x = layers.AveragePooling2D(3, strides=2, padding="same")(x)
    x = layers.GlobalMaxPooling2D()(x)
    x = layers.Dense(5)(x)
    return keras.Model(inputs, layers.Softmax()(x), name="small_functional")


def functional_keras3():
    keras, layers = keras3, keras3.layers
    inputs = keras.Input((size, size, 3), name="image")
    x = layers.RandomFlip("horizontal")(inputs)
    x = layers.Normalization(mean=[0.1, 0.2, 0.3], variance=[0.5, 1.0, 2.0])(x)
    inner = keras.Sequential(
        [layers.Conv2D(4, 3, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(6)],
        name="inner",
    )
    x = inner(x)
    y = layers.Conv2D(4, 3, padding="same", activation="hard_silu")(x)
    x = x + y
    gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
    gate = layers.Conv2D(4, 1, activation="hard_sigmoid")(gate)
    x = layers.Multiply()([x, gate])
    x = layers.LeakyReLU(negative_slope=0.2)(x)
    x = layers.DepthwiseConv2D(3, strides=2, padding="valid")(x)
    x = layers.Identity()(x)
    x = layers.Activation("gelu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.3)(x)
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(x), name="small_functional_3")


def tflite_model():
    keras, layers = keras2, keras2.layers
    inputs = keras.Input((size, size, 3), batch_size=1, name="image")
    x = layers.Rescaling(0.5, offset=0.25)(inputs)
    x = layers.ZeroPadding2D(((0, 1), (1, 1)))(x)
    x = layers.Conv2D(4, 3, strides=2, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU(6.0)(x)
    y = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(x)
    y = tf.nn.relu6(y + 3.0) * y * (1.0 / 6.0)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(y)
    gate = layers.Conv2D(8, 1, activation="sigmoid")(gate)
    y = layers.Multiply()([y, gate])
    y = layers.Conv2D(4, 1)(y)
    x = layers.Add()([x, y])
    z = layers.AveragePooling2D(2, strides=1, padding="same")(x)
    x = layers.Concatenate()([layers.MaxPooling2D(2, strides=1, padding="same")(x), z])
    x = layers.LeakyReLU(0.1)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(6, activation="tanh")(x)
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(x))


def save_tflite(model, path, configure):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    configure(converter)
    path.write_bytes(converter.convert())
    interpreter = tf.lite.Interpreter(model_path=str(path))
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image())
    interpreter.invoke()
    output = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    write_outputs(path, output, {"made_with": f"tensorflow lite {tf.__version__}"})


def half_precision(converter):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_types = [tf.float16]


def dynamic_range(converter):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]


def integers(converter):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([image() * scale] for scale in (0.5, 1.0))
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.float32


def main():
    h5 = formats / "keras-h5" / "fixtures"
    h5.mkdir(exist_ok=True)
    keras2_version = f"keras {keras2.__version__}"
    keras3_version = f"keras {keras3.__version__}"
    save(sequential(keras2), h5 / "keras-2-sequential.h5", 1, made_with=keras2_version)
    save(functional_keras2(), h5 / "keras-2-functional.h5", 2, made_with=keras2_version)
    model = functional_keras3()
    save(model, h5 / "keras-3-functional.h5", 3, made_with=keras3_version)
    keras3.Sequential([keras3.Input((2,)), keras3.layers.Dense(1)]).save_weights(h5 / "keras-3.weights.h5")
    compress(h5 / "keras-3.weights.h5")

    tflite = formats / "tflite" / "fixtures"
    tflite.mkdir(exist_ok=True)
    model = tflite_model()
    randomise(model, 4)
    save_tflite(model, tflite / "float32.tflite", lambda converter: None)
    save_tflite(model, tflite / "float16.tflite", half_precision)
    save_tflite(model, tflite / "dynamic-range.tflite", dynamic_range)
    save_tflite(model, tflite / "int8.tflite", integers)
    for name in ("dynamic-range", "int8"):
        (tflite / f"{name}.json").unlink()


main()
