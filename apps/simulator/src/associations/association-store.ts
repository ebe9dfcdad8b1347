import type { WriteEntry } from '../journal/journal-entries.js';

/** The other end of an association as seen from one record: sorted type ids. */
export interface AssociatedRecord {
  readonly id: string;
  readonly typeIds: readonly number[];
}

/**
 * Which records of a portal belong together. Kept from both ends: a pair's type ids differ by direction (note→contact
 * 202, contact→note 201).
 */
export class AssociationStore {
  /** `type/id` → other type → other id → type ids. */
  private readonly byRecord = new Map<string, Map<string, Map<string, number[]>>>();

  constructor(
    private readonly hubId: number,
    private readonly write: WriteEntry,
  ) {}

  /** All of one type, in the order in which they were associated. */
  from(type: string, id: string, toType: string): AssociatedRecord[] {
    const ends = this.byRecord.get(`${type}/${id}`)?.get(toType);
    return ends ? Array.from(ends, ([otherId, typeIds]) => ({ id: otherId, typeIds })) : [];
  }

  has(type: string, id: string, toType: string, toId: string): boolean {
    return this.byRecord.get(`${type}/${id}`)?.get(toType)?.has(toId) ?? false;
  }

  typesBetween(type: string, id: string, toType: string, toId: string): readonly number[] {
    return this.byRecord.get(`${type}/${id}`)?.get(toType)?.get(toId) ?? [];
  }

  /** Every type of record this one is associated to, with how many. */
  otherTypes(type: string, id: string): [toType: string, count: number][] {
    return Array.from(this.byRecord.get(`${type}/${id}`) ?? [], ([toType, ends]) => [toType, ends.size]);
  }

  /** Sets the exact type ids of one direction; none ends the association in that direction. */
  setDirection(type: string, id: string, toType: string, toId: string, typeIds: readonly number[]): void {
    const key = `${type}/${id}`;
    let types = this.byRecord.get(key);
    if (typeIds.length === 0) {
      const ends = types?.get(toType);
      if (!ends?.delete(toId)) return;
      if (ends.size === 0) types?.delete(toType);
      if (types?.size === 0) this.byRecord.delete(key);
    } else {
      if (!types) this.byRecord.set(key, (types = new Map()));
      let ends = types.get(toType);
      if (!ends) types.set(toType, (ends = new Map()));
      ends.set(
        toId,
        [...new Set(typeIds)].toSorted((a, b) => a - b),
      );
    }
    this.write({ k: 'linked', hub: this.hubId, from: type, fromId: id, to: toType, toId, types: [...typeIds] });
  }

  unlinkAll(type: string, id: string): void {
    for (const [toType, ends] of this.byRecord.get(`${type}/${id}`) ?? []) {
      for (const toId of ends.keys()) {
        this.setDirection(toType, toId, type, id, []);
        this.setDirection(type, id, toType, toId, []);
      }
    }
  }

  /** Gives all associations of one record to another of the same type, which keeps its own. */
  move(type: string, fromId: string, toId: string): void {
    for (const [otherType, ends] of this.byRecord.get(`${type}/${fromId}`) ?? []) {
      for (const [otherId, typeIds] of ends) {
        const back = this.typesBetween(otherType, otherId, type, fromId);
        const isItself = otherType === type && otherId === toId;
        this.setDirection(type, fromId, otherType, otherId, []);
        this.setDirection(otherType, otherId, type, fromId, []);
        if (isItself) continue;
        this.setDirection(type, toId, otherType, otherId, [
          ...this.typesBetween(type, toId, otherType, otherId),
          ...typeIds,
        ]);
        this.setDirection(otherType, otherId, type, toId, [
          ...this.typesBetween(otherType, otherId, type, toId),
          ...back,
        ]);
      }
    }
  }

  *all(): Iterable<{ type: string; id: string; toType: string; toId: string; typeIds: number[] }> {
    for (const [key, types] of this.byRecord) {
      const slash = key.lastIndexOf('/');
      const type = key.slice(0, slash);
      const id = key.slice(slash + 1);
      for (const [toType, ends] of types) {
        for (const [toId, typeIds] of ends) yield { type, id, toType, toId, typeIds };
      }
    }
  }
}
