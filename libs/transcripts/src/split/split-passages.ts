import { markUp, unitsOf, type MarkedText } from '../render/mark-up.js';
import { atOnce } from './at-once.js';
import { findCut } from './find-cut.js';

/** One thing on the pages (a message, a summary): what opens it, its text, what closes it. */
export interface Passage {
  /** HTML before the text. */
  readonly open: string;
  /** HTML before the rest of the text, when a part ended inside it. */
  readonly resume: string;
  readonly body: MarkedText;
  /** HTML after the text, and after each piece of it. */
  readonly close: string;
}

/**
 * With less room than this a long passage starts on a new part rather than leave a crumb behind: about five lines.
 */
const WORTH_STARTING_UNITS = 500;

/**
 * Lays passages out on parts of at most `capacity` UTF-16 units of HTML, in order, each passage's text exactly once. A
 * passage that fits on a part is never divided; a longer one starts where the previous ended and runs on. The same
 * passages give the same parts, always. Linear in time and memory; no passages give no parts.
 */
export function splitPassages(passages: Iterable<Passage>, capacity: number): string[] {
  return atOnce(splitInSteps(passages, capacity));
}

/** The same with a stop before each passage, where there is none (`undefined`), and after each part that a long one fills. */
export function* splitInSteps(passages: Iterable<Passage | undefined>, capacity: number): Generator<void, string[]> {
  const pages = new Pages(capacity);
  for (const passage of passages) {
    yield;
    if (passage === undefined) continue;
    const units = passage.open.length + unitsOf(passage.body) + passage.close.length;
    if (units > pages.room && (units <= capacity || pages.room < passage.open.length + WORTH_STARTING_UNITS))
      pages.turn();
    if (units <= pages.room) pages.put(passage.open + markUp(passage.body) + passage.close);
    else yield* putInPieces(passage, pages);
  }
  return pages.finish();
}

function* putInPieces({ open, resume, body, close }: Passage, pages: Pages): Generator<void, void> {
  for (let from = 0; from < body.text.length;) {
    const opening = from === 0 ? open : resume;
    const cut = findCut(body, from, pages.room - opening.length - close.length);
    if (cut > from) pages.put(opening + markUp(body, from, cut) + close);
    else if (pages.isFresh) throw new RangeError(`${pages.room} units can't hold what must stay together`);
    if (cut < body.text.length) pages.turn();
    from = cut;
    yield;
  }
}

class Pages {
  private readonly finished: string[] = [];
  private current: string[] = [];
  room: number;

  constructor(private readonly capacity: number) {
    this.room = capacity;
  }

  get isFresh(): boolean {
    return this.current.length === 0;
  }

  put(html: string): void {
    this.current.push(html);
    this.room -= html.length;
  }

  turn(): void {
    if (this.isFresh) return;
    this.finished.push(this.current.join(''));
    this.current = [];
    this.room = this.capacity;
  }

  finish(): string[] {
    this.turn();
    return this.finished;
  }
}
