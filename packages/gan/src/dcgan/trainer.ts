export { trainer, type GanTraining } from "../trainer.js";
