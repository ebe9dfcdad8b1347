import { fieldsOf, idOf, momentOf, textOf } from '../client/read-json.js';

/** Any CRM object as HubSpot answers it. */
export interface HubSpotRecord {
  id: string;
  /** Set values only: null and empty are absent. */
  properties: Record<string, string>;
  createdAt?: Date;
  archived: boolean;
  /** Of the write that made it; only in the answer to that write. */
  traceId?: string;
}

/** Undefined: it has no id that could be one, so nothing in it can be trusted. */
export function readRecord(value: unknown): HubSpotRecord | undefined {
  const fields = fieldsOf(value);
  const id = idOf(fields['id']);
  if (id === undefined) return undefined;
  const properties: Record<string, string> = {};
  for (const [name, raw] of Object.entries(fieldsOf(fields['properties']))) {
    const text = textOf(raw);
    if (text !== undefined) properties[name] = text;
  }
  return {
    id,
    properties,
    createdAt:
      momentOf(fields['createdAt']) ?? momentOf(properties['createdate']) ?? momentOf(properties['hs_createdate']),
    archived: fields['archived'] === true,
    traceId: textOf(fields['objectWriteTraceId']),
  };
}
