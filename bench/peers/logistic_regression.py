#!/usr/bin/env python3
"""Softmax regression alone, with its objective: lbfgs, C = 1, at most 100 iterations (--steps), value/255 in float64."""
import time

import common
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.exceptions import ConvergenceWarning
import warnings

warnings.simplefilter("ignore", ConvergenceWarning)
ITEM = "logistic-regression"


def objective(clf, x, y):
    """sum of the losses + ||w||^2 / 2, as scikit-learn minimises it"""
    total = 0.0
    for i in range(0, len(x), 5000):
        z = x[i:i + 5000] @ clf.coef_.T + clf.intercept_
        z -= z.max(1, keepdims=True)
        total += (np.log(np.exp(z).sum(1)) - z[np.arange(len(z)), y[i:i + 5000]]).sum()
    return float(total + 0.5 * (clf.coef_ ** 2).sum())


def main():
    args = common.parser(ITEM).parse_args()
    tr, ytr, te, yte = common.mnist(args.data)
    x = (tr.reshape(-1, 784) / np.float32(255)).astype(np.float64)
    xt = (te.reshape(-1, 784) / np.float32(255)).astype(np.float64)
    clf = LogisticRegression(max_iter=args.steps or 100, solver="lbfgs", tol=1e-4)
    cpu, wall = time.process_time(), time.perf_counter()
    clf.fit(x, ytr)
    out = {"fitSeconds": time.perf_counter() - wall, "fitCpuSeconds": time.process_time() - cpu}
    out.update(objective=objective(clf, x, ytr), accuracy=float(clf.score(xt, yte)), iterations=int(clf.n_iter_[0]))
    common.emit(ITEM, args, common.peer_sklearn(), **out)


if __name__ == "__main__":
    main()
