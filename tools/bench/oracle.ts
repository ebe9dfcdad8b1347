import { PlainFailure } from '../errors/plain-failure.ts';
import { type Expected, MARK, messagesOf } from './conversations.ts';
import type { PortalRecord, Simulator } from './simulator.ts';

/** A note of the portal with the conversation it tells of. */
export interface WrittenNote {
  externalId: string;
  kind: Expected['kind'];
  /** ms since 1970, by the simulator. */
  createdAt: number;
}

/**
 * Reads the portal behind the API and compares it with what was to be written: one note for every conversation, with every
 * message once and in order, on the one right contact; for every new person one contact; and nothing else.
 * @param others contacts of the portal that no conversation is of.
 * @throws PlainFailure that names what is wrong: figures of wrong work are no result.
 */
export async function verifyPortal(
  simulator: Simulator,
  hubId: number,
  expected: readonly Expected[],
  { others = 0 }: { others?: number } = {},
): Promise<WrittenNote[]> {
  const [notes, contacts] = await Promise.all([
    simulator.records(hubId, 'notes'),
    simulator.records(hubId, 'contacts'),
  ]);
  const wrong: string[] = [];
  const byId = new Map(expected.map((item) => [item.conversation.externalId, item]));
  const made = contactsByEmail(contacts);
  const written = new Map<string, WrittenNote>();
  for (const note of notes) {
    const [externalId, messages] = readMarks(note);
    const item = byId.get(externalId);
    if (item === undefined) {
      wrong.push(`note ${note.id} tells of no conversation that was recorded (${externalId})`);
      continue;
    }
    if (written.has(externalId)) wrong.push(`${externalId} was written twice`);
    const inOrder = Array.from({ length: messagesOf(item.conversation) }, (_, index) => index);
    if (messages.join() !== inOrder.join()) wrong.push(`${externalId} has the messages ${messages.join()}`);
    const asked = item.contactId ?? made.get(item.conversation.customer.email ?? '')?.id ?? 'none';
    const found = (note.associations['contacts'] ?? []).map(({ id }) => id);
    if (found.join() !== asked) wrong.push(`${externalId} is on contact ${found.join()}, not ${asked}`);
    written.set(externalId, { externalId, kind: item.kind, createdAt: Date.parse(note.createdAt) });
  }
  for (const externalId of byId.keys()) if (!written.has(externalId)) wrong.push(`${externalId} was not written`);
  const newcomers = expected.filter(({ kind }) => kind === 'new').length;
  const known = expected.length - newcomers + others;
  if (contacts.length !== known + newcomers) {
    wrong.push(`the portal has ${contacts.length} contacts instead of ${known} known and ${newcomers} new ones`);
  }
  if (wrong.length > 0) {
    throw new PlainFailure(
      `${wrong.length} things were written wrong, so this is no result:\n${wrong.slice(0, 10).join('\n')}`,
    );
  }
  return Array.from(written.values());
}

/** @returns the conversation a note is of, and the numbers of its messages as they stand. */
function readMarks({ properties }: PortalRecord): [externalId: string, messages: number[]] {
  const marks = Array.from((properties['hs_note_body'] ?? '').matchAll(MARK));
  const ids = new Set(marks.map(([, externalId]) => externalId));
  return [Array.from(ids).join('+') || 'none', marks.map(([, , message]) => Number(message))];
}

function contactsByEmail(contacts: readonly PortalRecord[]): Map<string, PortalRecord> {
  return new Map(
    contacts.flatMap((contact): [string, PortalRecord][] => {
      const email = contact.properties['email'];
      return email === null || email === undefined ? [] : [[email, contact]];
    }),
  );
}
