/** What a figure is told apart by. Few values each, known beforehand or bounded; never what names a person. */
export type Labels = Readonly<Record<string, string>>;

/** Only grows, until the process ends. */
export interface Counter {
  add(labels?: Labels, by?: number): void;
}

/** How often a value was up to each of some bounds. */
export interface Histogram {
  record(value: number, labels?: Labels): void;
}

export interface Reading {
  value: number;
  labels?: Labels;
}

/** Where a process puts figures about itself. Names are `threadline_<what>_<unit>`, without `_total`. */
export interface Metrics {
  counter(name: string, help: string): Counter;
  histogram(name: string, help: string, upperBounds: readonly number[]): Histogram;
  /** Read at the moment someone looks; when reading fails, it is left out of that look. */
  gauge(name: string, help: string, read: () => Promise<readonly Reading[]>): void;
}

/** What someone who collects figures is answered. */
export interface MetricsPage {
  readonly contentType: string;
  render(): Promise<string>;
}

/** Nest injection tokens. */
export const METRICS = Symbol('Metrics');
export const METRICS_PAGE = Symbol('MetricsPage');

/** For programs that nobody looks into: commands, tests. */
export const NO_METRICS: Metrics = {
  counter: () => ({ add: () => undefined }),
  histogram: () => ({ record: () => undefined }),
  gauge: () => undefined,
};
