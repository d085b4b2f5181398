"""The types of arrays that understanding works with."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

FEW = 4


def product(rows: Floats, weights: Floats) -> Floats:
    """
    Multiply a few *rows* by *weights*, one at a time: laying out a large matrix for a product of matrices costs more than
    the product itself (two rows by 1280 × 512: 0.5 ms against 0.1).
    """
    return np.stack([row @ weights for row in rows]) if 0 < len(rows) <= FEW else rows @ weights
