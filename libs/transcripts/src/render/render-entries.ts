import type { CallDetails, TimelineEntry } from '@app/crm';
import type { ClosedConversation } from '../conversations/conversation.js';
import { referenceLine, referenceOf } from '../reference/reference.js';
import { atOnce } from '../split/at-once.js';
import { splitInSteps, type Passage } from '../split/split-passages.js';
import { callDetailsOf } from './call-details.js';
import { headerOf } from './header.js';
import { messagePassages, recordingPassages, summaryPassages } from './passages.js';

/** HubSpot takes 65,536 UTF-16 units; the rest is margin for what it may add when it stores a body. */
export const MAX_BODY_UNITS = 65_000;

/** The longest number of parts a frame is measured for: five digits, six gigabytes of transcript. */
const MOST_PARTS = 99_999;

/** What is written of a conversation (the writeback mode, when it isn't `off`). */
export type RenderMode = 'summary' | 'transcript' | 'summary_transcript';

export interface RenderOptions {
  mode: RenderMode;
  /** The tenant's secret for reference tags. */
  referenceKey: Uint8Array;
  /** For the modes with a summary; left out, the conversation's own is used. */
  summary?: string;
}

/** A timeline entry that does not know its contact yet. */
export interface RenderedEntry {
  type: TimelineEntry['type'];
  /** From 1. */
  part: number;
  parts: number;
  reference: string;
  /** HTML, at most MAX_BODY_UNITS UTF-16 units. */
  body: string;
  /** Present on a call. */
  call?: CallDetails;
}

/**
 * A closed conversation as timeline entries, in order; always at least one. Voice gives a Call, continued in Notes when
 * its transcript is too long; everything else gives Notes. A pure function: rendered again after a failed delivery, every
 * entry is the same to the byte. The conversation is expected scrubbed. Linear in the size of the conversation.
 */
export function renderEntries(conversation: ClosedConversation, options: RenderOptions): RenderedEntry[] {
  return atOnce(renderInSteps(conversation, options));
}

/** The same with stops, for whoever has other things to do meanwhile. */
export function* renderInSteps(
  conversation: ClosedConversation,
  options: RenderOptions,
): Generator<void, RenderedEntry[]> {
  // Measured at its longest, so that the number of parts doesn't decide where they end, which would decide their number.
  const frame = frameOf(conversation, MOST_PARTS, MOST_PARTS, options.referenceKey);
  const contents = yield* splitInSteps(
    passagesOf(conversation, options),
    MAX_BODY_UNITS - frame.header.length - frame.footer.length,
  );
  const parts = Math.max(contents.length, 1);
  const entries: RenderedEntry[] = [];
  for (let part = 1; part <= parts; part++) {
    const { header, footer, reference } = frameOf(conversation, part, parts, options.referenceKey);
    const body = header + (contents[part - 1] ?? '') + footer;
    const isCall = conversation.channel === 'voice' && part === 1;
    entries.push({
      type: isCall ? 'call' : 'note',
      part,
      parts,
      reference,
      body,
      ...(isCall && { call: callDetailsOf(conversation) }),
    });
    yield;
  }
  return entries;
}

function* passagesOf(
  conversation: ClosedConversation,
  { mode, summary }: RenderOptions,
): Generator<Passage | undefined> {
  yield* recordingPassages(conversation);
  if (mode !== 'transcript') yield* summaryPassages(summary ?? conversation.summary);
  if (mode !== 'summary') yield* messagePassages(conversation);
}

function frameOf(
  conversation: ClosedConversation,
  part: number,
  parts: number,
  key: Uint8Array,
): { header: string; footer: string; reference: string } {
  const reference = referenceOf(conversation.id, part, parts, key);
  return { header: headerOf(conversation, { part, parts }), footer: referenceLine(reference), reference };
}
