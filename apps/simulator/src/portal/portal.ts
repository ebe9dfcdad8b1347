import type { Owner } from '../catalogue/index.js';
import { AssociationStore } from '../associations/association-store.js';
import type { SimulatorClock } from '../clock/simulator-clock.js';
import type { WriteEntry } from '../journal/journal-entries.js';
import type { RaiseEvent, RecordEvent } from '../webhooks/webhook-types.js';
import { ObjectStore } from './object-store.js';
import { PortalSchema } from './portal-schema.js';
import { changeSettings, type PortalFlags, type PortalSettings, type PortalSettingsChange } from './portal-settings.js';

/**
 * Ids are one rising sequence per portal, beyond 32 bits as in HubSpot's older accounts, so that a client that keeps
 * them in an int fails here and not at a customer's.
 */
const FIRST_RECORD_ID = 10_000_000_001;

/** One HubSpot account. */
export class Portal {
  readonly schema: PortalSchema;
  readonly associations: AssociationStore;
  private readonly stores = new Map<string, ObjectStore>();
  private currentSettings: PortalSettings;
  private ownersById = new Map<string, Owner>();
  private nextId = FIRST_RECORD_ID;

  constructor(
    settings: PortalSettings,
    private readonly clock: SimulatorClock,
    private readonly write: WriteEntry,
    private readonly tell: RaiseEvent,
  ) {
    this.currentSettings = settings;
    this.schema = new PortalSchema(settings.hubId, write);
    this.associations = new AssociationStore(settings.hubId, write);
  }

  get hubId(): number {
    return this.currentSettings.hubId;
  }

  get settings(): PortalSettings {
    return this.currentSettings;
  }

  get flags(): PortalFlags {
    return this.currentSettings.flags;
  }

  get nextRecordId(): number {
    return this.nextId;
  }

  change(change: PortalSettingsChange): void {
    this.currentSettings = changeSettings(this.currentSettings, change);
    this.writeSettings();
  }

  writeSettings(): void {
    this.write({ k: 'portal', settings: this.currentSettings, nextId: this.nextId });
  }

  /** The next free id of any record of this portal. */
  newId(): string {
    return String(this.nextId++);
  }

  /** An id that came from elsewhere (the journal): own ids continue above it. */
  reserveIds(upTo: number): void {
    if (upTo >= this.nextId) this.nextId = upTo + 1;
  }

  /** By key (see PortalSchema.typeKey). */
  store(typeKey: string): ObjectStore {
    let store = this.stores.get(typeKey);
    if (!store) {
      store = new ObjectStore(
        this.hubId,
        typeKey,
        { now: () => this.clock.now(), searchLagMs: () => this.currentSettings.searchLagMs },
        this.write,
        (event) => this.raise(event),
      );
      for (const definition of this.schema.definitions(typeKey).values()) {
        if (definition.hasUniqueValue && !definition.archived && !store.unique.isUnique(definition.name)) {
          store.watchUnique(definition.name);
        }
      }
      this.stores.set(typeKey, store);
    }
    return store;
  }

  /** Tells the apps that asked to know. */
  raise(event: RecordEvent): void {
    this.tell(this.hubId, event);
  }

  allStores(): Iterable<ObjectStore> {
    return this.stores.values();
  }

  owners(): readonly Owner[] {
    return [...this.ownersById.values()];
  }

  owner(id: string): Owner | undefined {
    return this.ownersById.get(id);
  }

  setOwners(owners: readonly Owner[]): void {
    this.ownersById = new Map(owners.map((owner) => [owner.id, owner]));
    this.write({ k: 'owners', hub: this.hubId, owners });
  }
}
