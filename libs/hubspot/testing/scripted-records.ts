import { connectTenant } from './connected-tenant.js';
import { type Script, type ScriptedAnswer, ScriptedTransport } from './scripted-transport.js';

/** The adapters of one tenant, with every answer of HubSpot's decided by `script`. */
export function connectScripted(script: Script) {
  const transport = new ScriptedTransport(script);
  return { transport, ...connectTenant({ transport }) };
}

export const createdAt = '2026-01-02T03:04:05.678Z';

export function record(id: string, properties: Record<string, string | null> = {}) {
  return { id, properties, createdAt, updatedAt: createdAt, archived: false };
}

/** A batch answer. */
export function results(...records: unknown[]): ScriptedAnswer {
  return { status: 200, body: { status: 'COMPLETE', results: records } };
}

/** A page of a search. */
export function page(records: unknown[], after?: string): ScriptedAnswer {
  const paging = after === undefined ? {} : { paging: { next: { after } } };
  return { status: 200, body: { total: 1_000, results: records, ...paging } };
}
