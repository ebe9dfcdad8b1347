import { type Expected, type Message, makeBacklog, markOf } from './conversations.ts';
import { openHouse } from './house.ts';
import type { BenchOptions } from './options.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import { verifyPortal } from './oracle.ts';
import type { Stage } from './stage.ts';
import { callApi, connectByToken, recordAll } from './tenant.ts';
import { residentMb } from './usage.ts';

export interface MemoryResult {
  deliveries: number;
  /** MB resident when so many deliveries were written. */
  atTenth: number;
  atEnd: number;
  /** `atEnd` by `atTenth`: 1 is flat. */
  growth: number;
  peakMb: number;
  large: { transcripts: number; megabytesEach: number; notes: number; seconds: number; peakMb: number };
}

const LARGE_BYTES = 5_000_000;
const LARGE_MESSAGE_BYTES = 10_000;

/** The worker's resident memory: over many deliveries, and (another worker) while it writes very large transcripts. */
export async function measureMemory(stage: Stage, options: BenchOptions): Promise<MemoryResult> {
  const overMany = await watchMany(stage, options);
  return { ...overMany, large: await watchLarge(stage, options) };
}

async function watchMany(stage: Stage, options: BenchOptions): Promise<Omit<MemoryResult, 'large'>> {
  const { simulator } = stage;
  const house = await openHouse(stage, { backend: 'postgresql' });
  const portal = await simulator.createPortal({ limited: false });
  await connectByToken(house.tenant, portal);
  const backlog = await makeBacklog(simulator, portal.hubId, {
    size: options.deliveries,
    seed: options.seed,
    tag: 'many',
  });
  await recordAll(
    house.tenant,
    backlog.map(({ conversation }) => conversation),
  );
  const worker = await house.startWorker();
  const samples: { written: number; mb: number }[] = [];
  await house.settled({ onCount: ({ written }) => samples.push({ written, mb: residentMb(worker.pid) ?? 0 }) });
  const atTenth = samples.find(({ written }) => written >= options.deliveries / 10)?.mb ?? 0;
  const atEnd = samples.at(-1)?.mb ?? 0;
  await house.stop();
  await verifyPortal(simulator, portal.hubId, backlog);
  return {
    deliveries: options.deliveries,
    atTenth,
    atEnd,
    growth: atEnd / atTenth,
    peakMb: samples.reduce((most, { mb }) => Math.max(most, mb), 0),
  };
}

async function watchLarge(stage: Stage, options: BenchOptions): Promise<MemoryResult['large']> {
  const { simulator } = stage;
  const house = await openHouse(stage, { backend: 'postgresql' });
  const portal = await simulator.createPortal({ limited: false });
  await connectByToken(house.tenant, portal);
  const backlog = await makeBacklog(simulator, portal.hubId, { size: options.large, seed: options.seed, tag: 'large' });
  for (const item of backlog) {
    await callApi(house.tenant, 'POST', '/conversations', { ...item.conversation, messages: manyMessages(item) });
  }
  const worker = await house.startWorker();
  const begun = performance.now();
  let peakMb = 0;
  const done = await house.settled({
    onCount: () => {
      peakMb = Math.max(peakMb, residentMb(worker.pid) ?? 0);
    },
  });
  const seconds = (performance.now() - begun) / 1_000;
  // By the kernel's own mark: what fell between two looks counts too.
  const marked = stage.meter.peakMb(worker.pid);
  await house.stop();
  if (done.written !== options.large) throw new PlainFailure(`Not all were written: ${JSON.stringify(done)}`);
  const notes = await simulator.records(portal.hubId, 'notes');
  verifyWhole(backlog, notes);
  return {
    transcripts: options.large,
    megabytesEach: LARGE_BYTES / 1_000_000,
    notes: notes.length,
    seconds,
    peakMb: Math.max(peakMb, marked),
  };
}

function manyMessages({ conversation }: Expected): Message[] {
  const [pattern] = conversation.messages;
  if (pattern === undefined) throw new Error('a conversation has messages');
  return Array.from({ length: LARGE_BYTES / LARGE_MESSAGE_BYTES }, (_, index) => {
    const mark = markOf(conversation.externalId, index);
    const filler = 'A long story, told at length. '.repeat(LARGE_MESSAGE_BYTES / 30);
    return { ...pattern, id: `m${index}`, text: `${filler.slice(0, LARGE_MESSAGE_BYTES - mark.length - 1)} ${mark}` };
  });
}

/** Every message of every conversation is in the portal, once. */
function verifyWhole(
  backlog: readonly Expected[],
  notes: readonly { properties: Readonly<Record<string, string | null>> }[],
): void {
  const all = notes.map(({ properties }) => properties['hs_note_body'] ?? '').join('\n');
  const counts = new Map<string, number>();
  for (const [mark] of all.matchAll(/\b[a-z0-9]+q\d{6}x\d+end\b/g)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  for (const { conversation } of backlog) {
    for (let index = 0; index < LARGE_BYTES / LARGE_MESSAGE_BYTES; index++) {
      const mark = markOf(conversation.externalId, index);
      const found = counts.get(mark) ?? 0;
      if (found !== 1) throw new PlainFailure(`Message ${mark} was written ${found} times`);
    }
  }
}
