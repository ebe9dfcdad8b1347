import type { SimulatorClock } from '../clock/simulator-clock.js';
import type { WriteEntry } from '../journal/journal-entries.js';
import type { RaiseEvent } from '../webhooks/webhook-types.js';
import { Portal } from './portal.js';
import { changeSettings, defaultSettings, type PortalSettings, type PortalSettingsChange } from './portal-settings.js';

/** HubSpot account ids fit an int32; the first one free from here is given to a portal made without one. */
const FIRST_HUB_ID = 48_000_001;

/** All HubSpot accounts of the simulator. */
export class Portals {
  private readonly byHubId = new Map<number, Portal>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly write: WriteEntry,
    private readonly tell: RaiseEvent,
  ) {}

  find(hubId: number): Portal | undefined {
    return this.byHubId.get(hubId);
  }

  all(): readonly Portal[] {
    return [...this.byHubId.values()];
  }

  /** Undefined when the hub id is taken. */
  create(hubId: number | undefined, change: PortalSettingsChange): Portal | undefined {
    const id = hubId ?? this.freeHubId();
    if (this.byHubId.has(id)) return undefined;
    const portal = this.open(changeSettings(defaultSettings(id), change));
    portal.writeSettings();
    return portal;
  }

  /** As read from the journal. */
  restore(settings: PortalSettings, nextId: number): Portal {
    const complete = changeSettings(defaultSettings(settings.hubId), settings);
    const existing = this.byHubId.get(settings.hubId);
    if (existing) existing.change(complete);
    const portal = existing ?? this.open(complete);
    portal.reserveIds(nextId - 1);
    return portal;
  }

  remove(hubId: number): boolean {
    const removed = this.byHubId.delete(hubId);
    if (removed) this.write({ k: 'portal-gone', hub: hubId });
    return removed;
  }

  private open(settings: PortalSettings): Portal {
    const portal = new Portal(settings, this.clock, this.write, this.tell);
    this.byHubId.set(settings.hubId, portal);
    return portal;
  }

  private freeHubId(): number {
    let id = FIRST_HUB_ID;
    while (this.byHubId.has(id)) id++;
    return id;
  }
}
