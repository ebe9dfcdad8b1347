import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../ports/free-port.ts';
import { makeBacklog, seededRandom } from './conversations.ts';
import { percentile } from './figures.ts';
import { type House, openHouse } from './house.ts';
import type { BenchOptions } from './options.ts';
import { verifyPortal } from './oracle.ts';
import { openReception, type Reception, type SkillRun } from './reception.ts';
import type { Simulator } from './simulator.ts';
import type { Stage } from './stage.ts';
import { connectByOAuth, recordAll } from './tenant.ts';

export interface SkillsResult {
  latencyMs: number;
  idle: SkillsState;
  draining: SkillsState;
  /** What was written while skills ran. */
  backlog: { conversations: number; seconds: number; perSecond: number };
}

/** A portal in one state, and how skills are answered in it. */
export interface SkillsState {
  skills: SkillFigures[];
  calls: number;
  searches: number;
  refused429: number;
  peakPer10s: number;
  peakSearchesPer1s: number;
}

export interface SkillFigures {
  skill: string;
  runs: number;
  /** Of them, those that got what they asked for without being told to try again: the times are theirs. */
  answered: number;
  /** From the first call to the last answer; of a write that is the question, and the same call with its token. */
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  slowestMs: number;
  /** How often 3002 was the answer, by reason. */
  again: Readonly<Record<string, number>>;
}

/** Between two runs of a skill. Three callers that never paused would be at the limit of five searches a second by themselves. */
const PAUSE_MS = { least: 500, most: 900 };

/**
 * Skills as three callers at once run them, one skill each, first on a portal where nothing else happens and then while a
 * backlog of conversations drains at the portal's limit, at one latency.
 */
export async function measureSkills(stage: Stage, options: BenchOptions, latencyMs: number): Promise<SkillsResult> {
  const { simulator } = stage;
  const port = await findFreePort();
  const publicUrl = `http://localhost:${port}`;
  const app = await simulator.createApp(`${publicUrl}/integrations/hubspot/oauth/callback`);
  const portal = await simulator.createPortal({ latencyMs });
  const house = await openHouse(stage, { backend: 'postgresql', app, port });
  await connectByOAuth(house.tenant, portal, { simulator, app, publicUrl, admin: house.admin });
  const reception = await openReception(house.tenant, simulator, portal.hubId);
  const random = seededRandom(options.seed);

  const worker = await house.startWorker();
  await simulator.resetStats(portal.hubId);
  const idle = await answerCalls(reception, random, (runs) => runs >= options.runs);
  const idleState = await stateOf(simulator, portal.hubId, idle);

  await worker.stop();
  const backlog = await makeBacklog(simulator, portal.hubId, {
    size: options.beside,
    seed: options.seed,
    tag: `beside${latencyMs}`,
  });
  await recordAll(
    house.tenant,
    backlog.map(({ conversation }) => conversation),
  );
  await simulator.resetStats(portal.hubId);
  await house.startWorker();
  const drained = await whileDraining(house, (isOver) => answerCalls(reception, random, isOver));
  const drainingState = await stateOf(simulator, portal.hubId, drained.result);
  await house.stop();
  await verifyPortal(simulator, portal.hubId, backlog, { others: await reception.verify() });
  const { seconds, conversations } = drained;
  return {
    latencyMs,
    idle: idleState,
    draining: drainingState,
    backlog: { conversations, seconds, perSecond: conversations / seconds },
  };
}

/** @param during begins when the first conversation was seen to be written, and is to end when told that all are. */
async function whileDraining<T>(
  house: House,
  during: (isOver: () => boolean) => Promise<T>,
): Promise<{ result: T; conversations: number; seconds: number }> {
  const { promise: flowing, resolve: begin } = Promise.withResolvers<void>();
  let isOver = false;
  let begun: { at: number; open: number } | undefined;
  let seconds = 0;
  const settled = house
    .settled({
      onCount: ({ written, open }) => {
        if (written === 0) return;
        begun ??= { at: performance.now(), open };
        begin();
      },
    })
    .finally(() => {
      seconds = (performance.now() - (begun?.at ?? 0)) / 1_000;
      isOver = true;
      begin();
    });
  const [result] = await Promise.all([flowing.then(() => during(() => isOver)), settled]);
  return { result, conversations: begun?.open ?? 0, seconds };
}

/** One caller for each skill, until it is over for them, and at least once. */
async function answerCalls(
  { callers }: Reception,
  random: () => number,
  isOver: (runs: number) => boolean,
): Promise<SkillFigures[]> {
  return Promise.all(
    callers.map(async ({ skill, call }) => {
      const runs: SkillRun[] = [];
      do {
        runs.push(await call());
        await delay(PAUSE_MS.least + random() * (PAUSE_MS.most - PAUSE_MS.least));
      } while (!isOver(runs.length));
      return figuresOf(skill, runs);
    }),
  );
}

function figuresOf(skill: string, runs: readonly SkillRun[]): SkillFigures {
  const took = runs.filter(({ again }) => again.length === 0).map(({ ms }) => ms);
  const again: Record<string, number> = {};
  for (const reason of runs.flatMap((run) => run.again)) again[reason] = (again[reason] ?? 0) + 1;
  return {
    skill,
    runs: runs.length,
    answered: took.length,
    p50Ms: percentile(took, 0.5),
    p95Ms: percentile(took, 0.95),
    p99Ms: percentile(took, 0.99),
    slowestMs: percentile(took, 1),
    again,
  };
}

async function stateOf(simulator: Simulator, hubId: number, skills: SkillFigures[]): Promise<SkillsState> {
  const { totalCalls, searches, refused429, peaks } = await simulator.stats(hubId);
  return {
    skills,
    calls: totalCalls,
    searches,
    refused429,
    peakPer10s: peaks.per10s,
    peakSearchesPer1s: peaks.searchesPer1s,
  };
}
