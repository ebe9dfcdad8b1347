import type { CrmTimeline, Deferral, TimelineEntry, WriteOutcome } from '@app/crm';
import type { Database, Logger } from '@app/platform';
import type { ClosedConversation } from '../conversations/conversation.js';
import type { ConversationRepository } from '../conversations/conversation.repository.js';
import { type RenderedEntry, renderInSteps } from '../render/render-entries.js';
import { scrubInSteps } from '../scrub/scrub-conversation.js';
import { extractInSteps } from '../summarise/extract-summary.js';
import type { MakeSummaries } from '../summarise/make-summaries.js';
import { deferredOutcome } from './deferred-outcome.js';
import type { DeliveryOutcome, MatchedDelivery, WrittenPart } from './delivery-outcome.js';
import type { Drain, DrainLedger, Scrubbed } from './drain-ledger.js';
import { GROUP_ENTRIES } from './group-deliveries.js';
import { type DrainRun, goesOn } from './drain-run.js';
import { LoopSlices } from './loop-slices.js';

/** HTML sent with one request, in UTF-16 units; the rest of a longer transcript follows after a renewed mark. */
const REQUEST_UNITS = 4_000_000;

/** Outcomes to record, and deliveries whose contact turned out to be gone (with the parts written before it went). */
export interface WriteReport {
  outcomes: DeliveryOutcome[];
  gone: MatchedDelivery[];
}

interface RenderedDelivery {
  matched: MatchedDelivery;
  entries: RenderedEntry[];
  scrubbed: Scrubbed;
  agentEmail?: string;
}

/** Renders a group of matched deliveries and writes what of them is missing on the timelines. */
export class WriteTranscripts {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly ledger: DrainLedger,
    private readonly timeline: CrmTimeline,
    private readonly logger: Logger,
    private readonly random: () => number = Math.random,
    private readonly summaries?: MakeSummaries,
  ) {}

  /** Throws CrmDeferredError when the process is about to end before anything was sent. */
  async execute(run: DrainRun, group: readonly MatchedDelivery[]): Promise<WriteReport> {
    const { drain } = run;
    const report: WriteReport = { outcomes: [], gone: [] };
    if (group.length === 0) return report;
    const rendered = await this.render(run, group, report);
    goesOn(run);
    const ours = await this.ledger.markSending(
      drain,
      rendered.map(({ matched, scrubbed }) => ({ ...matched, scrubbed })),
    );
    await this.write(
      drain,
      rendered.filter(({ matched }) => ours.has(matched.claim.id)),
      report,
    );
    return report;
  }

  private async render(
    run: DrainRun,
    group: readonly MatchedDelivery[],
    report: WriteReport,
  ): Promise<RenderedDelivery[]> {
    const { drain, referenceKey } = run;
    const conversations = await this.database.withTenant(drain.tenantId, (tx) =>
      this.conversations.loadClosed(
        tx,
        drain.tenantId,
        group.map(({ claim }) => claim.conversationId),
      ),
    );
    const claims = group.map(({ claim }) => claim);
    const summaries = await this.summaries?.execute(run, claims, conversations);
    const rendered: RenderedDelivery[] = [];
    const slices = new LoopSlices();
    for (const matched of group) {
      goesOn(run);
      const { id, conversationId } = matched.claim;
      const summary = summaries?.get(id);
      const notes = [matched.note, summary?.note].filter((note) => note !== undefined);
      const noted = { ...matched, note: notes.length === 0 ? undefined : notes.join('. ') };
      const conversation = conversations.get(conversationId);
      const one = await slices.run(this.renderOne(noted, conversation, referenceKey, summary?.text, report));
      rendered.push(...one);
      // Its messages are rendered: a group of long ones is not held twice.
      conversations.delete(conversationId);
      await slices.pause();
    }
    return rendered;
  }

  private *renderOne(
    matched: MatchedDelivery,
    conversation: ClosedConversation | undefined,
    referenceKey: Uint8Array,
    summary: string | undefined,
    report: WriteReport,
  ): Generator<void, RenderedDelivery[]> {
    try {
      if (conversation === undefined) throw new Error('The conversation is gone');
      const rendered = yield* renderDelivery(matched, conversation, referenceKey, summary);
      const known = concludeSplitOtherwise(rendered);
      if (known === undefined) return [rendered];
      report.outcomes.push(known);
      return [];
    } catch (error) {
      // One transcript that can't be rendered must not hold up the others; a person sees it and replays after a fix.
      this.logger.error({ err: error, deliveryId: matched.claim.id }, 'a transcript could not be rendered');
      report.outcomes.push(
        failed(matched, 'render_failed', 'The transcript could not be rendered; see the log, then replay'),
      );
      return [];
    }
  }

  private async write(drain: Drain, rendered: readonly RenderedDelivery[], report: WriteReport): Promise<void> {
    const missing = rendered.map(({ matched, entries }) =>
      entries.filter(({ part }) => !matched.claim.writtenParts.has(part)),
    );
    const entries = rendered.flatMap(({ matched, agentEmail }, index) =>
      (missing[index] ?? []).map((entry) => toTimelineEntry(entry, matched, agentEmail)),
    );
    const outcomes = await this.send(drain, rendered, entries);
    let next = 0;
    const beforeGone: { deliveryId: string; parts: WrittenPart[] }[] = [];
    for (const [index, { matched }] of rendered.entries()) {
      const sent = missing[index] ?? [];
      const answers = outcomes.slice(next, next + sent.length);
      next += sent.length;
      const parts = writtenOf(sent, answers);
      const concluded = withNote(this.conclude(matched, sent.length, parts, answers), matched.note);
      if (concluded !== 'gone') report.outcomes.push(concluded);
      else {
        const writtenParts = new Map([
          ...matched.claim.writtenParts,
          ...parts.map((one) => [one.part, one.parts] as const),
        ]);
        report.gone.push({ ...matched, claim: { ...matched.claim, writtenParts } });
        beforeGone.push({ deliveryId: matched.claim.id, parts });
      }
    }
    await this.ledger.keepParts(drain, beforeGone);
  }

  /**
   * A request's worth at a time. Many of them take longer than the settle time, so the mark is renewed before each: it
   * says when the last one left, and what another drain took over meanwhile is not sent any more.
   */
  private async send(
    drain: Drain,
    rendered: readonly RenderedDelivery[],
    entries: readonly TimelineEntry[],
  ): Promise<WriteOutcome[]> {
    const outcomes: WriteOutcome[] = [];
    for (const step of inSteps(entries)) {
      if (outcomes.length > 0 && !(await this.renewMarks(drain, rendered))) break;
      outcomes.push(...(await this.timeline.write(drain.tenantId, step)));
    }
    return outcomes;
  }

  private async renewMarks(drain: Drain, rendered: readonly RenderedDelivery[]): Promise<boolean> {
    const ours = await this.ledger.markSending(
      drain,
      rendered.map(({ matched, scrubbed }) => ({ ...matched, scrubbed })),
    );
    return ours.size === rendered.length;
  }

  /** One delivery's outcome from those of its parts: what is unknown weighs most, then what a person must mend. */
  private conclude(
    matched: MatchedDelivery,
    sent: number,
    parts: WrittenPart[],
    answers: readonly WriteOutcome[],
  ): DeliveryOutcome | 'gone' {
    const { claim, contactId } = matched;
    const deliveryId = claim.id;
    if (parts.length === sent)
      return { deliveryId, status: 'written', parts, contactId, detail: matched.note ?? 'Written' };
    const unknown = answers.find((answer) => answer.outcome === 'unknown');
    if (unknown !== undefined || answers.length < sent) {
      const detail = unknown?.detail ?? 'A part was not answered for';
      return { deliveryId, status: 'pending', attempt: 'unknown', delaySeconds: 0, keepMarks: true, parts, detail };
    }
    if (answers.some(({ outcome }) => outcome === 'contact_gone')) return 'gone';
    const refused = answers.find((answer) => answer.outcome === 'refused');
    if (refused !== undefined) {
      const { reason, detail, rule } = refused.refusal;
      return { deliveryId, status: 'failed', reason, detail, rule, parts };
    }
    const deferred = answers.find((answer) => answer.outcome === 'deferred');
    return { ...deferredOutcome(claim, deferred?.deferral ?? NO_REASON, this.random), parts };
  }
}

/** What a person should know of the match is said with whatever became of the attempt: the next one may not know it. */
function withNote(concluded: DeliveryOutcome | 'gone', note: string | undefined): DeliveryOutcome | 'gone' {
  if (concluded === 'gone' || concluded.status === 'written' || note === undefined) return concluded;
  return { ...concluded, detail: `${concluded.detail}. ${note}` };
}

function writtenOf(sent: readonly RenderedEntry[], answers: readonly WriteOutcome[]): WrittenPart[] {
  return sent.flatMap(({ type, part, parts }, index): WrittenPart[] => {
    const answer = answers[index];
    return answer?.outcome === 'written' ? [{ type, part, parts, entryId: answer.id }] : [];
  });
}

/** The one failure after which a replay starts over with all parts. */
export const SPLIT_OTHERWISE = 'split_otherwise';

const NO_REASON: Deferral = { cause: 'unavailable', detail: 'The CRM did not take the entry' };

function failed(matched: MatchedDelivery, reason: string, detail: string): DeliveryOutcome {
  return { deliveryId: matched.claim.id, status: 'failed', reason, detail };
}

/**
 * Parts that an earlier version wrote, split into another number than ours, can't be completed: ours would repeat or miss
 * text. All there: then it is written. Some there: a person has to take them away first.
 */
function concludeSplitOtherwise({ matched, entries }: RenderedDelivery): DeliveryOutcome | undefined {
  const { id, writtenParts } = matched.claim;
  const otherwise = [...writtenParts.values()].find((parts) => parts !== entries.length);
  if (otherwise === undefined) return undefined;
  if (writtenParts.size === otherwise) {
    return { deliveryId: id, status: 'written', contactId: matched.contactId, detail: 'Written by an earlier version' };
  }
  const detail = `${writtenParts.size} of ${otherwise} parts stand on the contact, written by an earlier version that split the transcript otherwise. Delete them in HubSpot, then replay.`;
  return failed(matched, SPLIT_OTHERWISE, detail);
}

function* renderDelivery(
  matched: MatchedDelivery,
  conversation: ClosedConversation,
  referenceKey: Uint8Array,
  made: string | undefined,
): Generator<void, RenderedDelivery> {
  const { mode } = matched.claim;
  if (mode === 'off') throw new Error('A delivery closed under mode "off" is never rendered');
  const { conversation: scrubbed, counts } = yield* scrubInSteps(conversation);
  const summary = mode === 'transcript' ? undefined : (scrubbed.summary ?? made ?? (yield* extractInSteps(scrubbed)));
  const entries = yield* renderInSteps(scrubbed, { mode, referenceKey, summary });
  return { matched, entries, scrubbed: counts, agentEmail: scrubbed.agent?.email };
}

function toTimelineEntry(
  entry: RenderedEntry,
  matched: MatchedDelivery,
  ownerEmail: string | undefined,
): TimelineEntry {
  const { type, reference, body, call } = entry;
  return { type, reference, body, call, contactId: matched.contactId, at: matched.claim.closedAt, ownerEmail };
}

function* inSteps(entries: readonly TimelineEntry[]): Generator<TimelineEntry[]> {
  let step: TimelineEntry[] = [];
  let units = 0;
  for (const entry of entries) {
    if (step.length === GROUP_ENTRIES || (step.length > 0 && units + entry.body.length > REQUEST_UNITS)) {
      yield step;
      step = [];
      units = 0;
    }
    step.push(entry);
    units += entry.body.length;
  }
  if (step.length > 0) yield step;
}
