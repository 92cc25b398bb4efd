/** Maximises the likelihood of images by Adam. */
export { maximumLikelihood as trainer } from "../maximum-likelihood.js";
