import { parseArgs } from 'node:util';
import { PlainFailure } from '../errors/plain-failure.ts';
import { type Backend, BACKENDS } from './house.ts';

/** In the order in which they run: first what has a target. */
export const PARTS = ['post', 'idle', 'backlog', 'skills', 'memory', 'content', 'ledger', 'portals'] as const;

export type Part = (typeof PARTS)[number];

/** How much of everything is measured. The defaults are the figures of docs/performance.md. */
export interface BenchOptions {
  parts: readonly Part[];
  /** Where the queue lives; portals, idle and post are measured on each. */
  backends: readonly Backend[];
  seed: number;
  /** Conversations of one portal's backlog. */
  size: number;
  /** ms that HubSpot takes for each call of the backlog and of skills; a run for each. */
  latencies: readonly number[];
  /** Runs of each skill on an idle portal. */
  runs: number;
  /** Conversations of the backlog that drains beside skills. */
  beside: number;
  /** Conversations the naive connector is measured by. */
  naive: number;
  portals: number;
  /** Conversations in each of them. */
  perPortal: number;
  /** Conversations closed one at a time, for each queue backend. */
  closes: number;
  /** Rounds of `POST /conversations`, and as many of the bare route. */
  rounds: number;
  roundSeconds: number;
  connections: number;
  /** Transcripts of 5 MB. */
  large: number;
  /** Deliveries over which the worker's memory is watched. */
  deliveries: number;
  /** Conversations in the ledger that is asked. */
  rows: number;
}

const USAGE = `npm run bench -- [options]
  --only post,idle,backlog,skills,memory,content,ledger,portals   some parts only
  --backends postgresql,redis               portals, idle, post: where the queue lives
  --seed 20261121        of conversations and their order
  --size 10000           backlog: conversations of one portal
  --latencies 0,150      backlog, skills: simulated latency of HubSpot in ms, a run for each
  --runs 60              skills: runs of each on an idle portal
  --beside 20000         skills: conversations of the backlog that drains beside them
  --naive 80             backlog: conversations of the naive connector
  --portals 20           portals: how many at once
  --per-portal 500       portals: conversations in each
  --closes 120           idle: conversations closed one at a time, for each backend
  --rounds 4             post: rounds for each route
  --round-seconds 5      post: length of a round
  --connections 32       post: requests under way at once
  --large 20             memory: transcripts of 5 MB
  --deliveries 10000     memory: deliveries the worker is watched over
  --rows 1000000         ledger: conversations of the tenant that asks`;

/** @throws PlainFailure with the usage when an argument can't be used. */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        only: text,
        backends: text,
        seed: text,
        size: text,
        latencies: text,
        runs: text,
        beside: text,
        naive: text,
        portals: text,
        'per-portal': text,
        closes: text,
        rounds: text,
        'round-seconds': text,
        connections: text,
        large: text,
        deliveries: text,
        rows: text,
      },
    }));
  } catch (error) {
    throw new PlainFailure(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
  if (values['help'] === true) throw new PlainFailure(USAGE);
  const whole = (name: string, fallback: number): number => readWhole(name, values[name] ?? String(fallback), 1);
  return {
    parts: readNames('only', values['only'], PARTS),
    backends: readNames('backends', values['backends'], BACKENDS),
    seed: whole('seed', 20_261_121),
    size: whole('size', 10_000),
    latencies: String(values['latencies'] ?? '0,150')
      .split(',')
      .map((entry) => readWhole('latencies', entry, 0)),
    runs: whole('runs', 60),
    beside: whole('beside', 20_000),
    naive: whole('naive', 80),
    portals: whole('portals', 20),
    perPortal: whole('per-portal', 500),
    closes: whole('closes', 120),
    rounds: whole('rounds', 4),
    roundSeconds: whole('round-seconds', 5),
    connections: whole('connections', 32),
    large: whole('large', 20),
    deliveries: whole('deliveries', 10_000),
    rows: whole('rows', 1_000_000),
  };
}

function readNames<T extends string>(
  name: string,
  text: string | boolean | undefined,
  all: readonly T[],
): readonly T[] {
  if (typeof text !== 'string') return all;
  const asked = text.split(',').map((entry) => entry.trim());
  const unknown = asked.filter((entry) => !all.some((known) => known === entry));
  if (unknown.length > 0) throw new PlainFailure(`--${name}: there is no ${unknown.join(', ')}\n\n${USAGE}`);
  return all.filter((known) => asked.includes(known));
}

function readWhole(name: string, text: string | boolean, least: number): number {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  if (Number.isInteger(value) && value >= least) return value;
  throw new PlainFailure(`--${name} must be a whole number from ${least}\n\n${USAGE}`);
}
