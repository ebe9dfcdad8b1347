import type { Deferral } from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ApiPaths } from '../client/api-paths.js';
import { deferralOf, type HubSpotAnswer, type HubSpotRefusal } from '../client/hubspot-answer.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { readBatchAnswer } from './batch-answer.js';
import type { HubSpotRecord } from './hubspot-record.js';

/** One record to create. `traceId` tells its result from the others': unique within a call. */
export interface BatchItem {
  traceId: string;
  input: { properties: Record<string, string>; associations: readonly object[] };
}

export type ItemOutcome =
  | { outcome: 'written'; id: string }
  | { outcome: 'refused'; refusal: HubSpotRefusal }
  | { outcome: 'unknown'; detail: string }
  | { outcome: 'deferred'; deferral: Deferral };

/** What the caller knows of its records beyond the generic rules. `T` is an outcome of its own. */
export interface BatchKnowledge<I extends BatchItem, T> {
  objectType: 'contacts' | 'notes' | 'calls';
  /** Whose are these? For results that don't echo a trace id. The answer maps trace id to record id; leave out what is not certain. */
  recognise(tenantId: string, records: readonly HubSpotRecord[], items: readonly I[]): Promise<Map<string, string>>;
  /**
   * HubSpot refused these together, or each of them without saying which for what (then this is one of the reasons), so
   * nothing of them was committed. Settle those whom the refusal is certainly about; the rest is sent again. None settled:
   * the batch is halved to find the culprit.
   */
  blame(tenantId: string, refusal: HubSpotRefusal, items: readonly I[]): Promise<Map<string, T | ItemOutcome>>;
}

/**
 * Creates up to 100 records per call and finds out what became of each. One bad record never sinks the others: a 4xx
 * commits nothing, so its batch is sent again in halves. What may have been committed is never sent again.
 */
export class BatchCreator {
  constructor(
    private readonly client: HubSpotClient,
    private readonly paths: ApiPaths,
    private readonly traffic: TrafficClass,
  ) {}

  /** One call when all goes well; about 2·log2(n) more per record that only halving can find. */
  async create<I extends BatchItem, T>(
    tenantId: string,
    items: readonly I[],
    knowledge: BatchKnowledge<I, T>,
  ): Promise<Map<string, T | ItemOutcome>> {
    const run = new BatchRun(this.client, this.paths, this.traffic, tenantId, knowledge);
    await run.send(items);
    return run.outcomes;
  }
}

class BatchRun<I extends BatchItem, T> {
  readonly outcomes = new Map<string, T | ItemOutcome>();
  private readonly ownerOfId = new Map<string, string>();
  /** Once HubSpot can't go on, what is left is not even tried. */
  private stopped: Deferral | undefined;

  constructor(
    private readonly client: HubSpotClient,
    private readonly paths: ApiPaths,
    private readonly traffic: TrafficClass,
    private readonly tenantId: string,
    private readonly knowledge: BatchKnowledge<I, T>,
  ) {}

  async send(items: readonly I[]): Promise<void> {
    if (items.length === 0) return;
    if (this.stopped !== undefined) return this.settleAll(items, { outcome: 'deferred', deferral: this.stopped });
    const answer = await this.request(items);
    switch (answer.outcome) {
      case 'ok':
        return this.settleFrom(answer.body, items);
      case 'refused':
        return this.isolate(answer.refusal, items);
      default:
        this.stopped = deferralOf(answer);
        if (answer.outcome === 'unavailable' && answer.committed === 'unknown') {
          return this.settleAll(items, { outcome: 'unknown', detail: answer.detail });
        }
        return this.settleAll(items, { outcome: 'deferred', deferral: this.stopped });
    }
  }

  private request(items: readonly I[]): Promise<HubSpotAnswer> {
    return this.client.request({
      tenantId: this.tenantId,
      class: this.traffic,
      kind: 'burst',
      method: 'POST',
      path: this.paths.of('objects', this.knowledge.objectType, 'batch', 'create'),
      body: { inputs: items.map(({ traceId, input }) => ({ ...input, objectWriteTraceId: traceId })) },
      write: true,
    });
  }

  private async isolate(refusal: HubSpotRefusal, items: readonly I[]): Promise<void> {
    const blamed = await this.knowledge.blame(this.tenantId, refusal, items);
    const known = items.filter(({ traceId }) => blamed.has(traceId));
    for (const { traceId } of known) {
      const outcome = blamed.get(traceId);
      if (outcome !== undefined) this.outcomes.set(traceId, outcome);
    }
    if (known.length > 0) return this.send(items.filter(({ traceId }) => !blamed.has(traceId)));
    if (items.length === 1) return this.settleAll(items, { outcome: 'refused', refusal });
    return this.sendHalves(items);
  }

  private async sendHalves(items: readonly I[]): Promise<void> {
    const half = Math.ceil(items.length / 2);
    await this.send(items.slice(0, half));
    await this.send(items.slice(half));
  }

  /** A success, whole or in part: every input must be found among the results or the errors, or it is unknown. */
  private async settleFrom(body: unknown, items: readonly I[]): Promise<void> {
    const { records, errors, numErrors, odd } = readBatchAnswer(body);
    const allKnown = await this.settleWritten(records, items);
    const nameless = errors.filter((error) => !this.settleNamed(error, items));
    const open = items.filter(({ traceId }) => !this.outcomes.has(traceId));
    if (open.length === 0) return;
    // HubSpot's own count says that exactly the open ones failed, but not which failed why: as good as a refusal. A
    // record that belongs to none of them belongs to an open one, which then must not be sent again. What is said of
    // another item ("Existing ID: 5") is not said of them.
    const accountedFor = !odd && allKnown && records.length + numErrors === items.length && errors.every(isFinal);
    const [first] = nameless;
    if (!accountedFor || first === undefined || nameless.length > open.length) {
      return this.settleAll(open, {
        outcome: 'unknown',
        detail: "HubSpot's answer does not say what became of the record",
      });
    }
    if (open.length === 1) return this.settleAll(open, itemOutcomeOf(first));
    return this.isolate(first, open);
  }

  /** @returns whether it is known of every record which input it was made from. */
  private async settleWritten(records: readonly HubSpotRecord[], items: readonly I[]): Promise<boolean> {
    const sent = new Set(items.map(({ traceId }) => traceId));
    const nameless: HubSpotRecord[] = [];
    for (const record of records) {
      if (record.traceId !== undefined && sent.has(record.traceId)) this.settleRecord(record.traceId, record.id);
      else nameless.push(record);
    }
    if (nameless.length === 0) return true;
    const open = items.filter(({ traceId }) => !this.outcomes.has(traceId));
    const [record, ...more] = nameless;
    if (items.length === 1 && record !== undefined && more.length === 0) {
      for (const { traceId } of open) this.settleRecord(traceId, record.id);
      return true;
    }
    const recognised = await this.knowledge.recognise(this.tenantId, nameless, open);
    for (const [traceId, id] of recognised) {
      if (sent.has(traceId)) this.settleRecord(traceId, id);
    }
    const known = new Set(recognised.values());
    return nameless.every(({ id }) => known.has(id));
  }

  /** One id for two inputs, or two for one, is no answer to build on: for none of them. */
  private settleRecord(traceId: string, id: string): void {
    const other = this.ownerOfId.get(id);
    this.ownerOfId.set(id, traceId);
    if (other === undefined && !this.outcomes.has(traceId)) {
      this.outcomes.set(traceId, { outcome: 'written', id });
      return;
    }
    for (const doubtful of [traceId, other ?? traceId]) {
      this.outcomes.set(doubtful, { outcome: 'unknown', detail: 'HubSpot mixed up two records in its answer' });
    }
  }

  /** @returns whether the error says which of the items it is about. */
  private settleNamed(error: HubSpotRefusal, items: readonly I[]): boolean {
    const said = new Set([error, ...error.errors].flatMap(({ context }) => Object.values(context).flat()));
    const named = items.filter(({ traceId }) => said.has(traceId));
    for (const { traceId } of named) {
      if (!this.outcomes.has(traceId)) this.outcomes.set(traceId, itemOutcomeOf(error));
    }
    return named.length > 0;
  }

  private settleAll(items: readonly I[], outcome: ItemOutcome): void {
    for (const { traceId } of items) this.outcomes.set(traceId, outcome);
  }
}

function isFinal(error: HubSpotRefusal): boolean {
  return itemOutcomeOf(error).outcome === 'refused';
}

/** An entry of a 207's `errors` may be a passing trouble of HubSpot's rather than a no. */
function itemOutcomeOf(error: HubSpotRefusal): ItemOutcome {
  const category = error.category ?? '';
  if (error.status >= 500 || /INTERNAL|TIMEOUT/.test(category)) {
    return { outcome: 'unknown', detail: 'HubSpot failed while it wrote the record' };
  }
  if (error.status === 429 || category.startsWith('RATE_LIMIT')) {
    return { outcome: 'deferred', deferral: { cause: 'throttled', detail: "HubSpot's limit is reached" } };
  }
  if (error.status === 423 || error.status === 477) {
    return { outcome: 'deferred', deferral: { cause: 'unavailable', detail: 'HubSpot holds a lock on the record' } };
  }
  return { outcome: 'refused', refusal: error };
}
