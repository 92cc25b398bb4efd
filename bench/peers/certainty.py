#!/usr/bin/env python3
"""How many images of each .npy file the CNN of item 10 (2 epochs, seed 0) is sure of, and which classes it sees in them.

    python3 certainty.py --data DIR [--cache DIR] [--threads 2] FILE.npy ...

A file holds images [n, 28, 28] or [n, 28, 28, 1]: levels from 0 to 255, or numbers from 0 to 1 (black and white too).
The first 1000 test images are looked at as well, by the name `test`: the most that can be asked for.
"""
import os

import common
from common import log
import numpy as np
import torch

import logistic_features

ITEM, SURE = "certainty", 0.9


def images(path):
    """-> (n, 28, 28) float32 in [0, 1]"""
    x = np.load(path)
    if x.shape[1:] not in ((28, 28), (28, 28, 1)):
        raise SystemExit(f"{path} holds an array of shape {x.shape}, not images [n, 28, 28]; give samples of 28 x 28 images.")
    x = x.reshape(-1, 28, 28).astype(np.float32)
    return np.clip(x / 255 if x.max() > 1 else x, 0, 1)


@torch.inference_mode()
def judged(model, x):
    p = torch.cat([model(b).softmax(1) for b in torch.from_numpy(x)[:, None].split(500)])
    best, which = p.max(1)
    counts = torch.bincount(which, minlength=10)
    return {"samples": len(x), "share": float((best >= SURE).double().mean()),
            "classes": {str(c): int(n) for c, n in enumerate(counts)}}


def main():
    p = common.parser(ITEM)
    p.add_argument("files", nargs="+", help=".npy files of images")
    args = p.parse_args()
    common.setup_torch(args)
    train, labels, test, _ = common.mnist(args.data)
    model = logistic_features.extractor(args, train, labels)
    given = {os.path.splitext(os.path.basename(f))[0]: images(f) for f in args.files}
    results = {name: judged(model, x) for name, x in {**given, "test": test[:1000] / np.float32(255)}.items()}
    for name, r in results.items():
        log(f"{name}: sure of {100 * r['share']:.1f} % of {r['samples']}; classes 0 to 9: "
            + " ".join(str(n) for n in r["classes"].values()))
    common.emit(ITEM, args, common.peer_torch(), judged=results)


if __name__ == "__main__":
    main()
