"""Writes the pictures beside it that ImageIO cannot write. Needs numpy and Pillow.

The colours of the lossless ones follow a formula, which PicturesTest repeats:
(10 x, 20 y, 7 (x + y)) modulo 256, alpha 255 - 12 x, of frame k 40 k more red.
"""
import os

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 20, 12


def pixels(frame=0):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return (np.stack([10 * x + 40 * frame, 20 * y, 7 * (x + y)], -1) % 256).astype(np.uint8)


def transparent():
    alpha = np.tile(255 - 12 * np.arange(WIDTH), (HEIGHT, 1)).astype(np.uint8)
    return Image.fromarray(np.dstack([pixels(), alpha]))


def save(image, name, **options):
    image.save(os.path.join(HERE, name), **options)


opaque = Image.fromarray(pixels())
orientation = Image.Exif()
orientation[0x0112] = 6
save(opaque, "lossless.webp", lossless=True)
save(transparent(), "lossless-alpha.webp", lossless=True, exact=True)
save(opaque, "exif6.webp", lossless=True, exif=orientation)
save(opaque, "animated.webp", lossless=True, save_all=True,
     append_images=[Image.fromarray(pixels(k)) for k in (1, 2)], duration=50)
flat = Image.new("RGB", (WIDTH, HEIGHT), (200, 100, 50))
save(flat, "lossy.webp", quality=90)
flat.putalpha(128)
save(flat, "lossy-alpha.webp", quality=90)
save(Image.new("CMYK", (WIDTH, HEIGHT), (0, 128, 255, 51)), "cmyk.jpg", quality=95)
save(Image.new("RGB", (WIDTH, HEIGHT), (200, 100, 50)), "progressive.jpg", quality=95,
     progressive=True)
