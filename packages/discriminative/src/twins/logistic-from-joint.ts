import { InputError, type DataSpec } from "@gen/core";
import { LogisticRegression } from "../logistic-regression/model.js";

/** What the classes of a naive Bayes model are like; logarithms and units as they are. */
export type JointNumbers = {
  /** [classes]: log p(class), up to a constant. */
  readonly logPriors: ArrayLike<number>;
  /** Names of the classes. */
  readonly classes?: readonly string[];
} & (
  | {
      /** Normals with one variance for all classes in each column. */
      readonly kind: "gaussian";
      /** [classes][columns] */
      readonly means: readonly ArrayLike<number>[];
      /** [columns] */
      readonly variances: ArrayLike<number>;
    }
  | {
      /** Columns that are 1 or 0. */
      readonly kind: "bernoulli";
      /** [classes][columns]: p(1 | class), between 0 and 1. */
      readonly probabilities: readonly ArrayLike<number>[];
    }
  | {
      /** Counts. */
      readonly kind: "multinomial";
      /** [classes][columns]: shares of each class, positive. */
      readonly probabilities: readonly ArrayLike<number>[];
    }
);

/**
 * The logistic regression of a naive Bayes model whose log-odds are linear: it has the same posteriors. Its data are
 * points of one column "x". @throws InputError for unlike sizes and for numbers out of range.
 * Source: On discriminative vs. generative classifiers: a comparison of logistic regression and naive Bayes (Ng &
 * Jordan, 2001).
 */
export function logisticFromJoint(joint: JointNumbers): LogisticRegression {
  const table = joint.kind === "gaussian" ? joint.means : joint.probabilities;
  const [classes, columns] = [joint.logPriors.length, table[0]?.length ?? 0];
  if (columns === 0 || table.length !== classes || table.some((row) => row.length !== columns))
    throw new InputError(
      `logisticFromJoint: ${classes} priors need as many rows of equal length, but there are ${table.length}.`,
    );
  const spec: DataSpec = {
    kind: "points",
    fields: {
      x: { type: "real", shape: [columns] },
      y: {
        type: "category",
        shape: [],
        levels: classes,
        ...(joint.classes && { names: joint.classes }),
        role: "y",
      },
    },
  };
  const model = new LogisticRegression(spec, { standardise: false, intercept: true });
  table.forEach((row, c) => {
    let intercept = joint.logPriors[c]!;
    for (let j = 0; j < columns; j++) {
      const { weight, constant } = terms(joint, row[j]!, j);
      if (!Number.isFinite(weight) || !Number.isFinite(constant))
        throw new InputError(
          `logisticFromJoint: column ${j + 1} of class ${c + 1} has no finite log-odds; smooth its numbers.`,
        );
      model.weights[j * classes + c] = weight;
      intercept += constant;
    }
    model.intercepts[c] = intercept;
  });
  return model;
}

/** log p(x | class) of one column as weight · x + constant, up to what is the same for all classes. */
function terms(joint: JointNumbers, parameter: number, column: number): { weight: number; constant: number } {
  switch (joint.kind) {
    case "gaussian": {
      const variance = joint.variances[column]!;
      return { weight: parameter / variance, constant: -(parameter ** 2) / (2 * variance) };
    }
    case "bernoulli":
      return {
        weight: Math.log(parameter) - Math.log1p(-parameter),
        constant: Math.log1p(-parameter),
      };
    case "multinomial":
      return { weight: Math.log(parameter), constant: 0 };
  }
}
