import type { NewRecord, OfPortal, RecordOutcome, RecordTie, Refusal } from '@app/crm';
import type { ApiPaths } from '../client/api-paths.js';
import { deferralOf, type HubSpotAnswer, type HubSpotNotNow, type HubSpotRefusal } from '../client/hubspot-answer.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, listOf } from '../client/read-json.js';
import { readBatchAnswer } from './batch-answer.js';
import { codesOf, explainRefusal, textOfRefusal } from './explain-refusal.js';
import { readRecord } from './hubspot-record.js';

/** Writes one record, and finds out what became of it. Never gives a sent request up: its outcome would be unknown. */
export class WriteRecords {
  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
  ) {}

  /** One call; associations go with it. */
  async create(tenantId: string, { object, values, ties }: NewRecord, of: OfPortal = {}): Promise<RecordOutcome> {
    const answer = await this.send(tenantId, of, {
      method: 'POST',
      path: this.paths.of('objects', object),
      body: {
        properties: values,
        associations: ties.map((tie) => ({ to: { id: tie.id }, types: [typeOf(tie)] })),
      },
    });
    return outcomeOf(answer, { isNew: true });
  }

  /** One call, and one for each tie. */
  async update(
    tenantId: string,
    { object, id, values, ties }: NewRecord & { id: string },
    of: OfPortal = {},
  ): Promise<RecordOutcome> {
    for (const tie of ties) {
      const tied = await this.tie(tenantId, { ...of, object, id }, tie);
      if (tied !== undefined) return tied;
    }
    if (Object.keys(values).length === 0) return { outcome: 'written', id };
    const answer = await this.send(tenantId, of, {
      method: 'PATCH',
      path: this.paths.of('objects', object, id),
      body: { properties: values },
    });
    return outcomeOf(answer, { isNew: false });
  }

  /** Undefined: it is made. */
  private async tie(
    tenantId: string,
    from: OfPortal & { object: string; id: string },
    tie: RecordTie,
  ): Promise<RecordOutcome | undefined> {
    const answer = await this.send(tenantId, from, {
      method: 'POST',
      path: this.paths.of('associations', from.object, tie.to, 'batch', 'create'),
      body: { inputs: [{ from: { id: from.id }, to: { id: tie.id }, types: [typeOf(tie)] }] },
    });
    return answer.outcome === 'ok' ? untiedOf(answer.body, from) : outcomeOf(answer, { isNew: false });
  }

  private send(
    tenantId: string,
    { portalId }: OfPortal,
    call: { method: 'POST' | 'PATCH'; path: string; body: object },
  ): Promise<HubSpotAnswer> {
    return this.client.request({
      ...call,
      tenantId,
      class: 'agent',
      kind: 'burst',
      write: true,
      optional: true,
      portalId,
    });
  }
}

const UNKNOWN_RELATED = {
  outcome: 'refused',
  refusal: { reason: 'unknown_related_record', detail: 'A record it is to be tied to is not there in HubSpot.' },
} as const satisfies RecordOutcome;

function typeOf({ typeId, category }: RecordTie): object {
  return { associationCategory: category, associationTypeId: typeId };
}

function outcomeOf(answer: HubSpotAnswer, { isNew }: { isNew: boolean }): RecordOutcome {
  if (answer.outcome === 'ok') {
    const record = readRecord(answer.body);
    if (record !== undefined) return { outcome: 'written', id: record.id };
    return { outcome: 'unknown', detail: "HubSpot's answer does not name the record" };
  }
  if (answer.outcome === 'refused') return refusedOf(answer.refusal, isNew);
  return notNowOf(answer);
}

/** A batch of one that failed is a 207, or a success with `errors`. Undefined: HubSpot names the pair as tied. */
function untiedOf(body: unknown, from: { id: string }): RecordOutcome | undefined {
  const { errors, numErrors } = readBatchAnswer(body);
  const [error] = errors;
  if (error === undefined) {
    if (numErrors === 0 && listOf(fieldsOf(body)['results']).length > 0) return undefined;
    return { outcome: 'unknown', detail: "HubSpot's answer does not name the tie" };
  }
  const detail = `HubSpot did not tie the records: ${textOfRefusal(error) || (error.category ?? 'no reason given')}`;
  if (error.status >= 500) return { outcome: 'unknown', detail };
  if (error.status === 429) return { outcome: 'deferred', deferral: { cause: 'throttled', detail } };
  if (error.status !== 404) return refusedOf(error, false);
  return Object.values(error.context).flat().includes(from.id) ? { outcome: 'gone' } : UNKNOWN_RELATED;
}

function notNowOf(answer: HubSpotNotNow): RecordOutcome {
  if (answer.outcome === 'unavailable' && answer.committed === 'unknown')
    return { outcome: 'unknown', detail: answer.detail };
  const deferral = deferralOf(answer);
  if (answer.outcome === 'missing_scopes')
    return { outcome: 'refused', refusal: { reason: 'missing_scope', detail: deferral.detail } };
  return { outcome: 'deferred', deferral };
}

function refusedOf(refusal: HubSpotRefusal, isNew: boolean): RecordOutcome {
  if (refusal.status === 409) {
    const said = textOfRefusal(refusal);
    const id = (/Existing ID:\s*(\d+)/i.exec(said) ?? /(\d+) already has that value/i.exec(said))?.[1];
    return id === undefined ? { outcome: 'exists' } : { outcome: 'exists', id };
  }
  if (refusal.status === 404 && !isNew) return { outcome: 'gone' };
  return { outcome: 'refused', refusal: explained(refusal) };
}

/** Nobody replays a skill: it says what is wrong, and no more. */
function explained(refusal: HubSpotRefusal): Refusal {
  const isAboutTies =
    codesOf(refusal).some((code) => /^INVALID_(OBJECT_IDS|ASSOCIATION)/.test(code)) ||
    /associations? (is|are) invalid/i.test(textOfRefusal(refusal));
  if (isAboutTies) return UNKNOWN_RELATED.refusal;
  const { reason, detail, rule } = explainRefusal(refusal);
  return { reason, detail: rule?.words ?? detail };
}
