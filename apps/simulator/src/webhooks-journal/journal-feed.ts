import { randomBytes, randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../clock/simulator-clock.js';
import type { RecordEvent } from '../webhooks/webhook-types.js';

/** HubSpot keeps a journal for three days. */
const KEPT_MS = 3 * 86_400_000;

export const INSTALLED = '4-1909196';
export const UNINSTALLED = '4-1916193';

/** What an app may do in the journal: a token of its own, of no portal. */
export interface AppToken {
  readonly appId: number;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

/** An app's wish to find something in its journal. */
export interface JournalSubscription {
  readonly id: number;
  readonly appId: number;
  readonly subscriptionType: string;
  readonly eventTypeId?: string;
  readonly portalId?: number;
  readonly objectTypeId?: string;
  readonly actions: readonly string[];
  readonly createdAt: number;
}

/** One file of the journal: its offset, and what happened. */
export interface JournalFile {
  readonly offset: string;
  readonly publishedAt: number;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

const ACTIONS: Record<RecordEvent['verb'], string> = {
  creation: 'CREATE',
  propertyChange: 'UPDATE',
  deletion: 'DELETE',
  privacyDeletion: 'GDPR_DELETE',
  merge: 'MERGE',
};

/**
 * HubSpot's Webhooks Journal (FACTS §1.6): what apps can read up of what happened in portals. The form of its files is not in
 * HubSpot's specification; it is that of practitioners' reports. Ends with the process, as webhooks that were not sent do.
 */
export class JournalFeed {
  private readonly files = new Map<number, JournalFile[]>();
  private readonly tokens = new Map<string, AppToken>();
  private wishes: JournalSubscription[] = [];
  private nextId = 60_000_001;

  constructor(private readonly clock: SimulatorClock) {}

  issueToken(appId: number, scopes: readonly string[], seconds: number): string {
    const token = `CN${randomBytes(150).toString('base64url')}`;
    this.tokens.set(token, { appId, scopes, expiresAt: this.clock.now() + seconds * 1000 });
    return token;
  }

  token(token: string): AppToken | undefined {
    return this.tokens.get(token);
  }

  /** @returns how many there were. */
  expireTokens(): number {
    for (const [token, held] of this.tokens) this.tokens.set(token, { ...held, expiresAt: this.clock.now() });
    return this.tokens.size;
  }

  subscribe(wish: Omit<JournalSubscription, 'id' | 'createdAt'>): JournalSubscription {
    const same = this.wishes.find(
      (known) => JSON.stringify({ ...known, id: 0, createdAt: 0 }) === JSON.stringify({ ...wish, id: 0, createdAt: 0 }),
    );
    if (same) return same;
    const subscription = { ...wish, id: this.nextId++, createdAt: this.clock.now() };
    this.wishes.push(subscription);
    return subscription;
  }

  subscriptions(appId: number): readonly JournalSubscription[] {
    return this.wishes.filter((wish) => wish.appId === appId);
  }

  unsubscribe(appId: number, id: number): boolean {
    const before = this.wishes.length;
    this.wishes = this.wishes.filter((wish) => wish.appId !== appId || wish.id !== id);
    return this.wishes.length < before;
  }

  /** An app came into a portal or left it. */
  raiseLifecycle(appId: number, hubId: number, eventTypeId: typeof INSTALLED | typeof UNINSTALLED): void {
    const isWanted = this.wishes.some((wish) => wish.appId === appId && wish.eventTypeId === eventTypeId);
    if (!isWanted) return;
    const action = eventTypeId === INSTALLED ? 'APP_INSTALL' : 'APP_UNINSTALL';
    this.put(appId, [{ type: 'app', action, portalId: hubId, occurredAt: new Date(this.clock.now()).toISOString() }]);
  }

  raiseRecord(hubId: number, objectTypeId: string, event: RecordEvent): void {
    const action = ACTIONS[event.verb];
    const isWanted = (wish: JournalSubscription): boolean =>
      wish.portalId === hubId && wish.objectTypeId === objectTypeId && wish.actions.includes(action);
    for (const appId of new Set(this.wishes.filter(isWanted).map((wish) => wish.appId))) {
      this.put(appId, [
        {
          type: action === 'GDPR_DELETE' ? 'gdprPrivacyDeletion' : 'crmObject',
          action,
          portalId: hubId,
          objectTypeId,
          objectId: Number(event.objectId),
          occurredAt: new Date(this.clock.now()).toISOString(),
          ...detailsOf(event),
        },
      ]);
    }
  }

  /** A file of these events, whatever they are. */
  put(appId: number, events: JournalFile['events']): JournalFile {
    const file = { offset: randomUUID(), publishedAt: this.clock.now(), events };
    this.files.set(appId, [...this.kept(appId), file]);
    return file;
  }

  earliest(appId: number): JournalFile | undefined {
    return this.kept(appId)[0];
  }

  latest(appId: number): JournalFile | undefined {
    return this.kept(appId).at(-1);
  }

  /** `unknown`: the offset is none, or is no longer kept. */
  after(appId: number, offset: string): JournalFile | 'unknown' | undefined {
    const kept = this.kept(appId);
    const at = kept.findIndex((file) => file.offset === offset);
    return at < 0 ? 'unknown' : kept[at + 1];
  }

  file(offset: string): JournalFile | undefined {
    return [...this.files.values()].flat().find((file) => file.offset === offset);
  }

  /** Forgets the first files, as if their days were over. */
  forget(appId: number, count: number): void {
    this.files.set(appId, this.kept(appId).slice(count));
  }

  reset(): void {
    this.files.clear();
    this.tokens.clear();
    this.wishes = [];
  }

  private kept(appId: number): JournalFile[] {
    return (this.files.get(appId) ?? []).filter(({ publishedAt }) => publishedAt > this.clock.now() - KEPT_MS);
  }
}

function detailsOf(event: RecordEvent): Record<string, unknown> {
  if (event.verb === 'propertyChange') return { properties: { [event.propertyName]: event.propertyValue } };
  if (event.verb !== 'merge') return {};
  return {
    primaryObjectId: Number(event.primaryObjectId),
    mergedObjectIds: event.mergedObjectIds.map(Number),
    newObjectId: Number(event.newObjectId),
  };
}
