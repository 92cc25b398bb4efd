import { InputError, type NamedArray } from "@gen/core";
import type { Moments } from "../em/moments.js";
import type { Mixture } from "../mixture/mixture.js";
import { joinMixtures, splitMixtures } from "../mixture/state.js";
import type { ByCourse } from "./collect.js";
import type { Learner } from "./learner.js";

/** One course of learning of one class, from one start. */
export interface Course {
  /** A mixture, or a posterior over mixtures. */
  learned: Mixture;
  /** Its objective per row at the last sweep, in nats. */
  objective: number;
  /** Mean log p(x) per row at the last sweep, in nats. */
  logLikelihood: number;
  /** Σ responsibility · log responsibility at the last sweep. */
  negentropy: number;
  isFinished: boolean;
  /** How often a dead component may still be put elsewhere. */
  lives: number;
}

const numbers = ["objective", "logLikelihood", "negentropy", "lives"] as const;

export interface CoursesOptions {
  readonly tolerance: number;
  /** Whether the classes learn as one, and so finish together. */
  readonly isJoint: boolean;
  /** How many rows a class has, or the sum of their weights. */
  readonly rows: (c: number) => number;
  /** The learner's, so that resumed training goes on by the same prior. */
  readonly learner: Learner;
}

/** Courses of learning, by class and start; those of a class differ in their start only. */
export class Courses {
  readonly all: readonly (readonly Course[])[];
  private readonly options: CoursesOptions;

  constructor(like: readonly Mixture[], restarts: number, options: CoursesOptions) {
    this.options = options;
    this.all = like.map((mixture) =>
      Array.from({ length: restarts }, () => ({
        learned: mixture,
        objective: -Infinity,
        logLikelihood: -Infinity,
        negentropy: 0,
        isFinished: false,
        lives: mixture.components,
      })),
    );
  }

  /** The mixtures that the next sweep runs on. */
  mixtures(): ByCourse<Mixture> {
    const { learner } = this.options;
    return this.all.map((courses, c) =>
      courses.map(({ isFinished, learned }) => (isFinished ? undefined : learner.expected(c, learned))),
    );
  }

  /** Learns from the moments that were taken on `mixtures()`. */
  advance(mixtures: ByCourse<Mixture>, moments: ByCourse<Moments>): void {
    const { learner, tolerance, isJoint, rows } = this.options;
    const gains = this.all.map((courses, c) =>
      courses.map((course, start) => {
        const own = moments[c]![start];
        if (own === undefined) return 0;
        const before = course.objective;
        course.objective = (own.logLikelihood - learner.penalty(c, course.learned)) / own.rows;
        course.logLikelihood = own.logLikelihood / own.rows;
        course.negentropy = own.negentropy;
        course.learned = learner.update(c, mixtures[c]![start]!, own);
        return course.objective - before;
      }),
    );
    const total = gains.reduce((sum, _, c) => sum + rows(c), 0);
    gains.forEach((starts, c) =>
      starts.forEach((gain, start) => {
        const relevant = isJoint
          ? gains.reduce((sum, of, other) => sum + (of[start]! * rows(other)) / total, 0)
          : gain;
        if (Math.abs(relevant) < tolerance) this.all[c]![start]!.isFinished = true;
      }),
    );
  }

  /** The start that has gone best for each class, or for all classes together. */
  best(): readonly Course[] {
    const { isJoint, rows } = this.options;
    const value = (c: number, start: number): number =>
      isJoint
        ? this.all.reduce((sum, courses, other) => sum + courses[start]!.objective * rows(other), 0)
        : this.all[c]![start]!.objective;
    return this.all.map((courses, c) =>
      courses.reduce((best, course, start) =>
        value(c, start) > value(c, courses.indexOf(best)) ? course : best,
      ),
    );
  }

  get allFinished(): boolean {
    return this.all.every((courses) => courses.every(({ isFinished }) => isFinished));
  }

  state(): ReadonlyMap<string, NamedArray> {
    const flat = this.all.flat();
    const shape = [this.all.length, this.all[0]!.length];
    const learned = joinMixtures(
      flat.map((course) => course.learned),
      new Float64Array(flat.length),
    );
    return new Map<string, NamedArray>([
      ...learned,
      ...numbers.map((name): [string, NamedArray] => [
        name,
        { dtype: "F64", shape, data: Float64Array.from(flat, (course) => course[name]) },
      ]),
      [
        "finished",
        { dtype: "U8", shape, data: Uint8Array.from(flat, (course) => Number(course.isFinished)) },
      ],
    ]);
  }

  /** @throws InputError when an array is missing or has the wrong size. */
  restore(state: ReadonlyMap<string, NamedArray>): void {
    const flat = this.all.flat();
    const saved = (name: string): NamedArray["data"] => {
      const data = state.get(name)?.data;
      if (data?.length === flat.length) return data;
      throw new InputError(
        `The file's state of expectation maximisation has no usable "${name}": train from the start.`,
      );
    };
    const { mixtures } = splitMixtures(
      state,
      flat.map((course) => course.learned),
    );
    const columns = numbers.map((name) => [name, saved(name)] as const);
    const finished = saved("finished");
    flat.forEach((course, i) => {
      course.learned = mixtures[i]!;
      for (const [name, data] of columns) course[name] = data[i]!;
      course.isFinished = finished[i] === 1;
    });
  }
}
