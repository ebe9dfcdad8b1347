import autocannon from 'autocannon';
import { PlainFailure } from '../errors/plain-failure.ts';
import { findFreePort } from '../ports/free-port.ts';
import { externalIdOf, makeBacklog } from './conversations.ts';
import { median } from './figures.ts';
import { type Backend, type House, openHouse } from './house.ts';
import type { BenchOptions } from './options.ts';
import type { Stage } from './stage.ts';
import { connectByToken } from './tenant.ts';

export interface PostResult {
  backend: Backend;
  connections: number;
  bodyBytes: number;
  rounds: { ours: Round; bare: Round; ratio: number }[];
  perSecond: number;
  p99Ms: number;
  barePerSecond: number;
  bareP99Ms: number;
  /** The median of the rounds' own ratios: what disturbs the machine disturbs both halves of a round. */
  ratio: number;
  /** Of a request: what tells most where other work on the machine disturbs the rates. */
  cpu: { ours: Cpu; bare: Cpu };
}

interface Cpu {
  ownCpuMs: number;
  postgresqlCpuMs: number;
}

interface Round extends Cpu {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Both processes have compiled what they need, and filled their pools, after this long. */
const LONGEST_WARM_UP_SECONDS = 3;

/**
 * `POST /conversations` with a whole closed conversation, beside a route that only inserts the body: same database, same
 * size of pool, same load, in turns. No worker runs, since a real one would have another machine.
 */
export async function measurePost(stage: Stage, options: BenchOptions, backend: Backend): Promise<PostResult> {
  const house = await openHouse(stage, { backend });
  const portal = await stage.simulator.createPortal({ limited: false });
  await connectByToken(house.tenant, portal);
  const barePort = await findFreePort();
  const bareUrl = `http://127.0.0.1:${barePort}`;
  const bareRoute = await stage.start('bare route', {
    entry: 'tools/bench/bare-route.ts',
    env: { DATABASE_URL: (await stage.makeDatabase()).url, PORT: String(barePort) },
    ready: { answers: `${bareUrl}/ready` },
  });
  const load = await makeLoad(stage, options, portal.hubId);
  const fireAt = async (name: string, seconds: number, url: string, apiKey?: string): Promise<Round> => {
    const names = [name, 'postgresql'];
    const before = names.map((each) => stage.meter.cpuSeconds(each));
    const { answered, ...round } = await fire(url, { load, options, seconds, apiKey });
    const [own = 0, postgresql = 0] = names.map(
      (each, index) => ((stage.meter.cpuSeconds(each) - (before[index] ?? 0)) * 1_000) / answered,
    );
    return { ...round, ownCpuMs: own, postgresqlCpuMs: postgresql };
  };
  const ours = (seconds: number): Promise<Round> => fireAt('api', seconds, house.tenant.url, house.tenant.apiKey);
  const bare = (seconds: number): Promise<Round> => fireAt('bare route', seconds, bareUrl);

  const warmUpSeconds = Math.min(LONGEST_WARM_UP_SECONDS, options.roundSeconds);
  await bare(warmUpSeconds);
  await ours(warmUpSeconds);
  const rounds: PostResult['rounds'] = [];
  for (let round = 0; round < options.rounds; round++) {
    // The other one first in every second round, so that neither always has the warmer machine.
    const first = round % 2 === 0 ? await bare(options.roundSeconds) : undefined;
    const mine = await ours(options.roundSeconds);
    const other = first ?? (await bare(options.roundSeconds));
    rounds.push({ ours: mine, bare: other, ratio: mine.perSecond / other.perSecond });
  }
  await verifyRecorded(house, load.sent());
  await Promise.all([house.stop(), bareRoute.stop()]);
  const of = (figure: (round: PostResult['rounds'][number]) => number): number => median(rounds.map(figure));
  return {
    backend,
    connections: options.connections,
    bodyBytes: load.bytes,
    rounds,
    perSecond: of(({ ours }) => ours.perSecond),
    p99Ms: of(({ ours }) => ours.p99Ms),
    barePerSecond: of(({ bare }) => bare.perSecond),
    bareP99Ms: of(({ bare }) => bare.p99Ms),
    ratio: of(({ ratio }) => ratio),
    cpu: {
      ours: { ownCpuMs: of(({ ours }) => ours.ownCpuMs), postgresqlCpuMs: of(({ ours }) => ours.postgresqlCpuMs) },
      bare: { ownCpuMs: of(({ bare }) => bare.ownCpuMs), postgresqlCpuMs: of(({ bare }) => bare.postgresqlCpuMs) },
    },
  };
}

interface Load {
  bytes: number;
  /** A body that was never sent before. */
  next: () => string;
  /** Answered with success, by the API. */
  sent: () => number;
  answered: (count: number) => void;
}

/** One conversation of ten messages, whose id is another one in each request. */
async function makeLoad(stage: Stage, options: BenchOptions, hubId: number): Promise<Load> {
  const tag = 'post';
  const [sample] = await makeBacklog(stage.simulator, hubId, { size: 1, seed: options.seed, tag });
  if (sample === undefined) throw new Error('a backlog of one has one conversation');
  const text = JSON.stringify({ ...sample.conversation, closedAt: new Date().toISOString() });
  const [head = '', tail = ''] = text.split(`"${sample.conversation.externalId}"`);
  let number = 0;
  let sent = 0;
  return {
    bytes: Buffer.byteLength(text),
    next: () => `${head}"${externalIdOf(number++, tag)}"${tail}`,
    sent: () => sent,
    answered: (count) => {
      sent += count;
    },
  };
}

async function fire(
  url: string,
  { load, options, seconds, apiKey }: { load: Load; options: BenchOptions; seconds: number; apiKey?: string },
): Promise<Omit<Round, keyof Cpu> & { answered: number }> {
  const result = await autocannon({
    url: `${url}/conversations`,
    method: 'POST',
    connections: options.connections,
    duration: seconds,
    headers: {
      'content-type': 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    },
    requests: [{ setupRequest: (request) => ({ ...request, body: load.next() }) }],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new PlainFailure(`${url}: ${result.non2xx} requests were refused, ${result.errors} failed`);
  }
  if (apiKey !== undefined) load.answered(result['2xx']);
  return {
    answered: result['2xx'],
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}

/** What was answered must be there; requests cut off at the end of a round may be as well. */
async function verifyRecorded(house: House, answered: number): Promise<void> {
  const { open } = await house.countDeliveries();
  if (open < answered) throw new PlainFailure(`${answered} conversations were acknowledged, ${open} are there`);
}
