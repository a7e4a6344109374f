"""What Python's TensorFlow makes of pictures: decoded_pictures.py PICTURES OUT RED GREEN BLUE

For each file of the folder, OUT receives NAME.dropped and NAME.onto: height and width as int32, then
float32 [height, width, 3] from 0 to 255, with alpha dropped and before the background.
"""
import pathlib
import sys

import numpy as np
import tensorflow as tf


def write(path, pixels):
    with open(path, "wb") as file:
        file.write(np.array(pixels.shape[:2], "<i4").tobytes())
        file.write(np.ascontiguousarray(pixels, "<f4").tobytes())


def onto(pixels, background):
    pixels = pixels.astype(np.float64)
    channels = pixels.shape[-1]
    colours = pixels[..., : channels - 1] if channels in (2, 4) else pixels
    alpha = pixels[..., -1:] if channels in (2, 4) else np.full(pixels.shape[:2] + (1,), 255.0)
    return (colours * alpha + background * (255 - alpha)) / 255


def main(pictures, out, *background):
    for file in sorted(pathlib.Path(pictures).iterdir()):
        encoded = file.read_bytes()
        dropped = tf.io.decode_image(encoded, channels=3, expand_animations=False).numpy()
        every = tf.io.decode_image(encoded, channels=0, expand_animations=False).numpy()
        target = pathlib.Path(out)
        write(target / (file.name + ".dropped"), dropped)
        write(target / (file.name + ".onto"), onto(every, np.array(background, np.float64)))


main(*sys.argv[1:])
