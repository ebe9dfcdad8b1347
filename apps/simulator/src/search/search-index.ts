import type { CrmRecord, PropertyValues } from '../portal/crm-record.js';
import { IdsByValue } from './ids-by-value.js';

/** A record as search knows it, which may be an older state than the record itself. */
export interface IndexedRecord {
  readonly id: string;
  readonly properties: PropertyValues;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Grows with every change of the record; an older state never replaces a newer one. */
  readonly version: number;
}

interface PendingState {
  readonly visibleAt: number;
  readonly state: IndexedRecord;
}

/** Properties that clients look records up by: EQ and IN on them cost a hash look-up instead of a scan. */
const HOT_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  contacts: [
    'email',
    'phone',
    'mobilephone',
    'hs_searchable_calculated_phone_number',
    'hs_searchable_calculated_mobile_number',
    'hs_searchable_calculated_international_phone_number',
    'hs_searchable_calculated_international_mobile_number',
    'hs_calculated_phone_number',
    'hs_calculated_mobile_number',
    'firstname',
    'lastname',
  ],
  companies: ['domain', 'name', 'phone'],
};

/** `;`-separated addresses, each found by itself (FACTS §3.4). */
export const ADDRESS_LIST = 'hs_additional_emails';

/**
 * The search index of one object type: snapshots of records that become visible a lag after each write (FACTS §3.3:
 * seconds, up to 30). What is archived or gone leaves at once.
 */
export class SearchIndex {
  private readonly visible = new Map<string, IndexedRecord>();
  private readonly hashes = new Map<string, IdsByValue>();
  private readonly addresses = new IdsByValue();
  private pending: PendingState[] = [];
  private version = 0;
  /** Records that left: a state still on its way must not bring them back. */
  private readonly left = new Map<string, number>();

  constructor(typeKey: string) {
    for (const property of HOT_PROPERTIES[typeKey] ?? []) this.hashes.set(property, new IdsByValue());
  }

  put(record: CrmRecord, visibleAt: number, now: number): void {
    const { id, properties, createdAt, updatedAt } = record;
    const state: IndexedRecord = { id, properties, createdAt, updatedAt, version: ++this.version };
    if (visibleAt <= now) {
      this.show(state);
      return;
    }
    let position = this.pending.length;
    while (position > 0 && (this.pending[position - 1]?.visibleAt ?? 0) > visibleAt) position--;
    this.pending.splice(position, 0, { visibleAt, state });
  }

  remove(id: string): void {
    const current = this.visible.get(id);
    if (current) this.unhash(current);
    this.visible.delete(id);
    if (this.pending.length > 0) this.left.set(id, ++this.version);
  }

  /** Makes visible what is due at `now`; every read comes after it. */
  settle(now: number): void {
    let due = 0;
    while (due < this.pending.length && (this.pending[due]?.visibleAt ?? Infinity) <= now) due++;
    if (due === 0) return;
    const shown = this.pending.slice(0, due);
    this.pending = this.pending.slice(due);
    for (const { state } of shown) {
      if ((this.left.get(state.id) ?? 0) > state.version) continue;
      if ((this.visible.get(state.id)?.version ?? 0) > state.version) continue;
      this.show(state);
    }
    if (this.pending.length === 0) this.left.clear();
  }

  get size(): number {
    return this.visible.size;
  }

  all(): Iterable<IndexedRecord> {
    return this.visible.values();
  }

  get(id: string): IndexedRecord | undefined {
    return this.visible.get(id);
  }

  isHashed(property: string): boolean {
    return this.hashes.has(property);
  }

  /** Ids of records whose value equals `value`, any case; only for hashed properties. */
  withValue(property: string, value: string): readonly string[] {
    return this.hashes.get(property)?.with(value.toLowerCase()) ?? [];
  }

  /** Ids of records whose lower-cased value passes the test; only for hashed properties. */
  withValueLike(property: string, test: (value: string) => boolean): Iterable<string> {
    return this.hashes.get(property)?.withAny(test) ?? [];
  }

  /** Ids of contacts with this secondary email. */
  withAddress(address: string): readonly string[] {
    return this.addresses.with(address.trim().toLowerCase());
  }

  private show(state: IndexedRecord): void {
    const before = this.visible.get(state.id);
    this.visible.set(state.id, state);
    for (const [property, ids] of this.hashes) {
      const old = before?.properties[property];
      const value = state.properties[property];
      if (old === value) continue;
      if (old !== undefined) ids.remove(old.toLowerCase(), state.id);
      if (value !== undefined) ids.add(value.toLowerCase(), state.id);
    }
    const oldList = before?.properties[ADDRESS_LIST];
    const list = state.properties[ADDRESS_LIST];
    if (oldList !== list) {
      for (const address of addressesIn(oldList)) this.addresses.remove(address, state.id);
      for (const address of addressesIn(list)) this.addresses.add(address, state.id);
    }
  }

  private unhash(state: IndexedRecord): void {
    for (const [property, ids] of this.hashes) {
      const value = state.properties[property];
      if (value !== undefined) ids.remove(value.toLowerCase(), state.id);
    }
    for (const address of addressesIn(state.properties[ADDRESS_LIST])) this.addresses.remove(address, state.id);
  }
}

/** Lower-cased addresses of a `;`-separated list. */
export const addressesIn = (list: string | undefined): string[] =>
  list === undefined
    ? []
    : list
        .split(';')
        .map((address) => address.trim().toLowerCase())
        .filter((address) => address !== '');
