import type { WriteEntry } from '../journal/journal-entries.js';
import type { RecordEvent } from '../webhooks/webhook-types.js';
import { SearchIndex } from '../search/search-index.js';
import { applyChanges, type CrmRecord, type PropertyChanges, type PropertyValues } from './crm-record.js';
import { UniqueValues } from './unique-values.js';

/** What a store needs to know of the moment: the simulator's time and this portal's index lag, both in ms. */
export interface StoreMoment {
  now(): number;
  searchLagMs(): number;
}

/** All records of one object type of one portal, with their unique values, search index and merged-away ids. */
export class ObjectStore {
  readonly unique: UniqueValues;
  readonly index: SearchIndex;
  private readonly records = new Map<string, CrmRecord>();
  private readonly mergedInto = new Map<string, string>();
  /** Ids in the order they were given, which is also numeric order; may hold ids that are gone. */
  private order: number[] = [];
  private archived = 0;

  constructor(
    private readonly hubId: number,
    readonly typeKey: string,
    private readonly moment: StoreMoment,
    private readonly write: WriteEntry,
    private readonly raise: (event: RecordEvent) => void,
  ) {
    this.unique = new UniqueValues(typeKey === 'contacts');
    this.index = new SearchIndex(typeKey);
  }

  get liveCount(): number {
    return this.records.size - this.archived;
  }

  get totalCount(): number {
    return this.records.size;
  }

  /** A live or archived record by exactly this id. */
  get(id: string): CrmRecord | undefined {
    return this.records.get(id);
  }

  /** Where a merged-away id leads, through any number of merges; the id itself when it was never merged. */
  survivorOf(id: string): string {
    let current = id;
    for (let next = this.mergedInto.get(current); next !== undefined; next = this.mergedInto.get(current)) {
      current = next;
    }
    return current;
  }

  isMergedAway(id: string): boolean {
    return this.mergedInto.has(id);
  }

  all(): Iterable<CrmRecord> {
    return this.records.values();
  }

  merges(): Iterable<[from: string, to: string]> {
    return this.mergedInto.entries();
  }

  insert(record: CrmRecord): void {
    this.keep(record);
    this.write({
      k: 'record',
      hub: this.hubId,
      type: this.typeKey,
      id: record.id,
      properties: record.properties,
      createdAt: record.createdAt,
      updatedAt: record.updatedAt,
      revision: record.revision,
      ...(record.archivedAt === null ? {} : { archivedAt: record.archivedAt }),
      ...(record.objectWriteTraceId === undefined ? {} : { trace: record.objectWriteTraceId }),
      ...(record.history === undefined ? {} : { history: [...record.history] }),
    });
    if (record.archivedAt === null) this.raise({ verb: 'creation', typeKey: this.typeKey, objectId: record.id });
  }

  change(record: CrmRecord, changes: PropertyChanges, updatedAt: number): void {
    const before = record.properties;
    this.unique.release(record.id, before);
    remember(record, changes);
    record.properties = applyChanges(before, changes);
    record.updatedAt = updatedAt;
    record.revision++;
    this.unique.hold(record.id, record.properties);
    this.reindex(record);
    this.write({
      k: 'change',
      hub: this.hubId,
      type: this.typeKey,
      id: record.id,
      changes,
      updatedAt,
      revision: record.revision,
    });
    for (const name of changedNames(before, changes)) {
      const propertyValue = changes[name] ?? '';
      this.raise({
        verb: 'propertyChange',
        typeKey: this.typeKey,
        objectId: record.id,
        propertyName: name,
        propertyValue,
      });
    }
  }

  archive(record: CrmRecord, at: number): void {
    if (record.archivedAt !== null) return;
    record.archivedAt = at;
    this.archived++;
    this.unique.release(record.id, record.properties);
    this.index.remove(record.id);
    this.write({ k: 'archive', hub: this.hubId, type: this.typeKey, id: record.id, at });
    this.raise({ verb: 'deletion', typeKey: this.typeKey, objectId: record.id });
  }

  /** Leaves no trace of the record, as a privacy deletion or the losing side of a merge does. */
  remove(record: CrmRecord): void {
    if (record.archivedAt !== null) this.archived--;
    this.records.delete(record.id);
    this.unique.release(record.id, record.properties);
    this.index.remove(record.id);
    if (this.order.length > 64 && this.order.length > this.records.size * 2) {
      this.order = this.order.filter((id) => this.records.has(String(id)));
    }
    this.write({ k: 'gone', hub: this.hubId, type: this.typeKey, id: record.id });
  }

  recordMerge(from: string, to: string): void {
    this.mergedInto.set(from, to);
    this.write({ k: 'merged', hub: this.hubId, type: this.typeKey, from, to });
  }

  /** Records with an id of at least `after`, in id order. */
  *listFrom(after: number, archived: boolean): Iterable<CrmRecord> {
    for (let position = this.firstPosition(after); position < this.order.length; position++) {
      const record = this.records.get(String(this.order[position]));
      if (record && (record.archivedAt !== null) === archived) yield record;
    }
  }

  /** Newest first, live ones only. */
  *listNewest(): Iterable<CrmRecord> {
    for (let position = this.order.length - 1; position >= 0; position--) {
      const record = this.records.get(String(this.order[position]));
      if (record && record.archivedAt === null) yield record;
    }
  }

  findByUnique(property: string, value: string): CrmRecord | undefined {
    const id = this.unique.holderOf(property, value);
    return id === undefined ? undefined : this.records.get(id);
  }

  watchUnique(property: string): void {
    this.unique.watch(
      property,
      [...this.records.values()].filter((record) => record.archivedAt === null),
    );
  }

  private keep(record: CrmRecord): void {
    const previous = this.records.get(record.id);
    if (previous) {
      this.unique.release(previous.id, previous.properties);
      if (previous.archivedAt !== null) this.archived--;
    } else {
      this.place(Number(record.id));
    }
    this.records.set(record.id, record);
    if (record.archivedAt === null) {
      this.unique.hold(record.id, record.properties);
      this.reindex(record);
    } else {
      this.archived++;
      this.index.remove(record.id);
    }
  }

  private reindex(record: CrmRecord): void {
    if (record.archivedAt !== null) return;
    const now = this.moment.now();
    this.index.put(record, now + this.moment.searchLagMs(), now);
  }

  private place(id: number): void {
    const last = this.order.at(-1);
    if (last === undefined || last < id) this.order.push(id);
    else this.order.splice(this.firstPosition(id), 0, id);
  }

  private firstPosition(id: number): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.order[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** As many past values as `propertiesWithHistory` shows of one property. */
const PAST_VALUES = 20;
const UNREMEMBERED = new Set(['lastmodifieddate', 'hs_lastmodifieddate']);

/** Properties that a change gives another value; the time of the change itself is none (FACTS §6.1). */
function changedNames(before: PropertyValues, changes: PropertyChanges): string[] {
  return Object.keys(changes).filter(
    (name) => (before[name] ?? '') !== (changes[name] ?? '') && !UNREMEMBERED.has(name),
  );
}

function remember(record: CrmRecord, changes: PropertyChanges): void {
  for (const name of changedNames(record.properties, changes)) {
    const before = record.properties[name] ?? '';
    record.history ??= new Map();
    const past = record.history.get(name) ?? [];
    past.push({ value: before, at: record.updatedAt });
    if (past.length > PAST_VALUES) past.shift();
    record.history.set(name, past);
  }
}
