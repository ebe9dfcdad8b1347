import { setTimeout as delay } from 'node:timers/promises';
import { PlainFailure } from '../errors/plain-failure.ts';
import { makeBacklog, seededRandom } from './conversations.ts';
import { percentile } from './figures.ts';
import { type Backend, openHouse } from './house.ts';
import type { BenchOptions } from './options.ts';
import { verifyPortal } from './oracle.ts';
import type { Stage } from './stage.ts';
import { callApi, connectByToken } from './tenant.ts';

export interface IdleResult {
  backend: Backend;
  closes: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  slowestMs: number;
  callsPerConversation: number;
}

const WITHIN_MS = 30_000;
const POLL_MS = 20;
/** Between two conversations, so that none meets the sweep, which comes every two seconds, at the same place. */
const PAUSE_MS = { least: 50, most: 250 };

/**
 * One conversation at a time in a portal where nothing else happens: from just before the call that closes it to the moment
 * its note stands in HubSpot (by the simulator, whose clock is this machine's), with HubSpot answering at once.
 */
export async function measureIdle(stage: Stage, options: BenchOptions, backend: Backend): Promise<IdleResult> {
  const { simulator } = stage;
  const house = await openHouse(stage, { backend });
  const portal = await simulator.createPortal({ limited: false });
  await connectByToken(house.tenant, portal);
  await house.startWorker();
  const sample = await makeBacklog(simulator, portal.hubId, {
    size: options.closes,
    seed: options.seed,
    tag: `idle${backend}`,
  });
  await simulator.resetStats(portal.hubId);
  const random = seededRandom(options.seed);
  const closedAt = new Map<string, number>();
  for (const [index, { conversation }] of sample.entries()) {
    await delay(PAUSE_MS.least + random() * (PAUSE_MS.most - PAUSE_MS.least));
    closedAt.set(conversation.externalId, Date.now());
    await callApi(house.tenant, 'POST', '/conversations', {
      ...conversation,
      closedAt: new Date().toISOString(),
    });
    const deadline = Date.now() + WITHIN_MS;
    while ((await house.countDeliveries()).written <= index) {
      if (Date.now() > deadline) throw new PlainFailure(`${conversation.externalId} was not written within 30 s`);
      await delay(POLL_MS);
    }
  }
  const { totalCalls } = await simulator.stats(portal.hubId);
  await house.stop();
  const notes = await verifyPortal(simulator, portal.hubId, sample);
  const took = notes.map(({ externalId, createdAt }) => createdAt - (closedAt.get(externalId) ?? 0));
  return {
    backend,
    closes: took.length,
    p50Ms: percentile(took, 0.5),
    p95Ms: percentile(took, 0.95),
    p99Ms: percentile(took, 0.99),
    slowestMs: percentile(took, 1),
    callsPerConversation: totalCalls / took.length,
  };
}
