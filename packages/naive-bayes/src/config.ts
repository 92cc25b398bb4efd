/** The settings of a naive Bayes model: see the manifest. */
export interface NaiveBayesConfig {
  readonly likelihood: "mixed" | "gaussian" | "multinomial" | "bernoulli" | "categorical";
  readonly columns: string;
  readonly alpha: number;
  readonly priors: string;
  readonly varianceSmoothing: number;
  readonly smoothingOf: "largest" | "own";
  readonly threshold: number;
  readonly bins: number;
  readonly minCategories: number;
}
