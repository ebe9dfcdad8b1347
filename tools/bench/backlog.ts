import { findFreePort } from '../ports/free-port.ts';
import { type Expected, makeBacklog } from './conversations.ts';
import { ARITHMETIC_LIMIT, soonestMs, steadyRate } from './figures.ts';
import { openHouse } from './house.ts';
import { NaiveConnector } from './naive-connector.ts';
import type { BenchOptions } from './options.ts';
import { verifyPortal } from './oracle.ts';
import type { PortalStats } from './simulator.ts';
import type { Stage } from './stage.ts';
import { connectByOAuth, recordAll } from './tenant.ts';

export interface BacklogResult {
  latencyMs: number;
  conversations: number;
  seconds: number;
  perSecond: number;
  /** Over whole windows of 10 s after the first; none when the backlog was gone by then. */
  steadyPerSecond?: number;
  callsPerConversation: number;
  /** Calls by route. */
  calls: Readonly<Record<string, number>>;
  burstCalls: number;
  searches: number;
  refused429: number;
  peakPer10s: number;
  peakSearchesPer1s: number;
  /** What the burst calls that were used can't be sent in less than. */
  soonestSeconds: number;
  arithmeticLimit: number;
  steadyOfArithmeticLimit?: number;
  workerCpuSeconds: number;
  naive: NaiveResult;
  timesNaive: number;
}

export interface NaiveResult {
  conversations: number;
  seconds: number;
  perSecond: number;
  callsPerConversation: number;
}

const REMEMBERED_CALLS = 10_000;

/** One portal's backlog with HubSpot's limits on, at one latency; and the naive connector on a portal like it. */
export async function measureBacklog(stage: Stage, options: BenchOptions, latencyMs: number): Promise<BacklogResult> {
  const { simulator } = stage;
  const port = await findFreePort();
  const publicUrl = `http://localhost:${port}`;
  const app = await simulator.createApp(`${publicUrl}/integrations/hubspot/oauth/callback`);
  const portal = await simulator.createPortal({ latencyMs });
  const house = await openHouse(stage, { backend: 'postgresql', app, port });
  await connectByOAuth(house.tenant, portal, { simulator, app, publicUrl, admin: house.admin });
  const backlog = await makeBacklog(simulator, portal.hubId, { ...options, tag: `backlog${latencyMs}` });
  await recordAll(
    house.tenant,
    backlog.map(({ conversation }) => conversation),
  );
  await simulator.resetStats(portal.hubId);
  const cpuBefore = stage.meter.cpuSeconds('worker');
  await house.startWorker();
  await house.settled();
  const workerCpuSeconds = stage.meter.cpuSeconds('worker') - cpuBefore;
  const stats = await simulator.stats(portal.hubId, { last: REMEMBERED_CALLS });
  await house.stop();
  const notes = await verifyPortal(simulator, portal.hubId, backlog);

  // From the first call, which follows the first claim by milliseconds, to the answer of the last one.
  const first = Math.min(...stats.lastCalls.map(({ at }) => at));
  const last = Math.max(...stats.lastCalls.map(({ at, durationMs }) => at + durationMs));
  const naive = await measureNaive(stage, options, latencyMs);
  return {
    ...describe(
      backlog,
      stats,
      (last - first) / 1_000,
      notes.map(({ createdAt }) => createdAt - first),
    ),
    latencyMs,
    workerCpuSeconds,
    naive,
    timesNaive: backlog.length / ((last - first) / 1_000) / naive.perSecond,
  };
}

function describe(
  backlog: readonly Expected[],
  stats: PortalStats,
  seconds: number,
  writtenAt: readonly number[],
): Omit<BacklogResult, 'latencyMs' | 'workerCpuSeconds' | 'naive' | 'timesNaive'> {
  const perSecond = backlog.length / seconds;
  const steadyPerSecond = steadyRate(writtenAt);
  return {
    conversations: backlog.length,
    seconds,
    perSecond,
    steadyPerSecond,
    callsPerConversation: stats.totalCalls / backlog.length,
    calls: Object.fromEntries(Object.entries(stats.routes).map(([route, { calls }]) => [route, calls])),
    burstCalls: stats.burstCalls,
    searches: stats.searches,
    refused429: stats.refused429,
    peakPer10s: stats.peaks.per10s,
    peakSearchesPer1s: stats.peaks.searchesPer1s,
    soonestSeconds: soonestMs(stats.burstCalls) / 1_000,
    arithmeticLimit: ARITHMETIC_LIMIT,
    steadyOfArithmeticLimit: steadyPerSecond === undefined ? undefined : steadyPerSecond / ARITHMETIC_LIMIT,
  };
}

/**
 * A sample is enough for a rate that doesn't change: one conversation after another. What slows it
 * down at once is the latency of its calls and HubSpot's limit of five searches a second.
 */
async function measureNaive(stage: Stage, options: BenchOptions, latencyMs: number): Promise<NaiveResult> {
  const { simulator } = stage;
  const portal = await simulator.createPortal({ latencyMs });
  const sample = await makeBacklog(simulator, portal.hubId, {
    size: options.naive,
    seed: options.seed,
    tag: `naive${latencyMs}`,
  });
  await simulator.resetStats(portal.hubId);
  const naive = new NaiveConnector(simulator, portal);
  const begun = performance.now();
  for (const { conversation } of sample) await naive.write(conversation);
  const seconds = (performance.now() - begun) / 1_000;
  await verifyPortal(simulator, portal.hubId, sample);
  const { totalCalls } = await simulator.stats(portal.hubId);
  return {
    conversations: sample.length,
    seconds,
    perSecond: sample.length / seconds,
    callsPerConversation: totalCalls / sample.length,
  };
}
