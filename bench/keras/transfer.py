"""
Transfer learning on a folder of class folders, a whole process: transfer.py FOLDER EPOCHS HOW

HOW is `frozen`, the loop of the Keras guide to transfer learning (a frozen base inside the model, images decoded anew in
each epoch), or `cached`, where the base's features are computed once and a dense layer is trained on them.
"""

import json
import sys
import time

from mobilenet import base, tf, use_threads

folder, epochs, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
side, batch = 224, 32
use_threads(2)


def dataset(subset):
    return tf.keras.utils.image_dataset_from_directory(
        folder, validation_split=0.15, subset=subset, seed=7, image_size=(side, side), batch_size=batch
    )


def compile_and_fit(model, training, validation):
    model.compile(
        optimizer=tf.keras.optimizers.Adam(1e-3),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model.fit(training, validation_data=validation, epochs=epochs, verbose=0)


training, validation = dataset("training"), dataset("validation")
classes = len(training.class_names)
network = base(side)
network.trainable = False
image = tf.keras.Input((side, side, 3))
features = network(tf.keras.layers.Rescaling(1 / 127.5, offset=-1)(image), training=False)

if how == "frozen":
    model = tf.keras.Model(image, tf.keras.layers.Dense(classes)(features))
    prefetched = [part.prefetch(tf.data.AUTOTUNE) for part in (training, validation)]
    history = compile_and_fit(model, *prefetched)
else:
    extractor = tf.keras.Model(image, features)

    def cached(part):
        rows = [(extractor(images, training=False), labels) for images, labels in part]
        whole = tuple(tf.concat(column, 0) for column in zip(*rows))
        return tf.data.Dataset.from_tensor_slices(whole).batch(batch)

    head = tf.keras.Sequential([tf.keras.Input((network.output_shape[-1],)), tf.keras.layers.Dense(classes)])
    history = compile_and_fit(head, cached(training), cached(validation))

print(json.dumps({"epochs": len(history.history["loss"]), "processor": time.process_time()}))
