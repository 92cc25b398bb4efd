export { maximumLikelihood as trainer } from "../flow/trainer.js";
