import type { Trainer } from "@gen/core";
import { counting } from "../counting.js";
import type { ComplementNaiveBayes } from "./model.js";

/** Counting: one sweep over the rows that have a label, and it is complete. */
export const trainer = (model: ComplementNaiveBayes): Trainer => counting(model);
