import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seededRandom } from './conversations.ts';

/** What becomes of texts before they leave, by the built product in this process. */
export interface ContentResult {
  what: string;
  megabytes: number;
  scrubMs: number;
  renderMs: number;
  /** The longest time in which nothing else got a turn at the event loop. */
  longestBlockMs: number;
}

/** Of the built product, as far as it is called here. */
interface Product {
  scrubInSteps: (conversation: object) => Generator<void, { conversation: object }>;
  renderInSteps: (conversation: object, options: object) => Generator<void, unknown[]>;
  LoopSlices: new () => { run: <T>(steps: Generator<void, T>) => Promise<T> };
}

const MEGABYTE = 1_000_000;
/** Warm code; the best of them, since whatever else runs on the machine only adds. */
const ROUNDS = 3;

const WORDS =
  'the order I placed last week has not arrived yet could you please look where it is my number is 4711 and thanks for your help with this card'.split(
    ' ',
  );

export async function measureContent(root: string, seed: number): Promise<ContentResult[]> {
  const product = await loadProduct(root);
  const random = seededRandom(seed);
  const pick = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  const prose = (units: number): string => fill(units, () => `${pick()}${random() < 0.02 ? '\n' : ' '}`);
  const announced = (units: number): string =>
    fill(
      units,
      () => `my SSN is 123-45-${1_000 + Math.floor(random() * 8_999)}, DNI 12345678Z, id card no. 12345678. `,
    );
  const texts: [string, string[]][] = [
    ['prose in messages of 200 characters', Array.from({ length: MEGABYTE / 200 }, () => prose(200))],
    ['nothing but numbers that words announce', Array.from({ length: MEGABYTE / 200 }, () => announced(200))],
    ['one message of prose', [prose(5 * MEGABYTE)]],
    ['one message of nothing but announced numbers', [announced(5 * MEGABYTE)]],
  ];
  const results: ContentResult[] = [];
  for (const [what, messages] of texts) results.push(await measureOne(product, what, messages));
  return results;
}

async function measureOne(product: Product, what: string, texts: readonly string[]): Promise<ContentResult> {
  const at = new Date('2026-11-21T10:00:00Z');
  const conversation = {
    id: 'c',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: at,
    closedAt: at,
    messages: texts.map((text, index) => ({ id: `m${index}`, author: 'customer', text, sentAt: at, attachments: [] })),
  };
  const rounds: { scrubMs: number; renderMs: number; longestBlockMs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const turns = watchTurns();
    const begun = performance.now();
    const { conversation: scrubbed } = await new product.LoopSlices().run(product.scrubInSteps(conversation));
    const scrubMs = performance.now() - begun;
    const options = { mode: 'transcript', referenceKey: Buffer.alloc(32, 1) };
    await new product.LoopSlices().run(product.renderInSteps(scrubbed, options));
    rounds.push({ scrubMs, renderMs: performance.now() - begun - scrubMs, longestBlockMs: turns.end() });
  }
  const least = (figure: 'scrubMs' | 'renderMs' | 'longestBlockMs'): number =>
    Math.min(...rounds.map((round) => round[figure]));
  return {
    what,
    megabytes: texts.reduce((sum, { length }) => sum + length, 0) / MEGABYTE,
    scrubMs: least('scrubMs'),
    renderMs: least('renderMs'),
    longestBlockMs: least('longestBlockMs'),
  };
}

/** Takes every turn of the event loop there is. `end` says how long the longest was awaited. */
function watchTurns(): { end: () => number } {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    end: () => {
      isOver = true;
      return Math.max(longest, performance.now() - last);
    },
  };
}

function fill(units: number, next: () => string): string {
  const pieces: string[] = [];
  for (let length = 0; length < units;) {
    const piece = next();
    pieces.push(piece);
    length += piece.length;
  }
  return pieces.join('').slice(0, units);
}

async function loadProduct(root: string): Promise<Product> {
  const load = (file: string): Promise<object> =>
    import(pathToFileURL(join(root, 'dist/libs/transcripts/src', file)).href) as Promise<object>;
  const parts = await Promise.all(
    ['scrub/scrub-conversation.js', 'render/render-entries.js', 'deliver/loop-slices.js'].map(load),
  );
  return Object.assign({}, ...parts) as Product;
}
