/** The only source of time in the libs, so that tests can own it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Nest injection token. */
export const CLOCK = Symbol('Clock');
