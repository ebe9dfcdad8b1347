import { describe, expect, it } from '@jest/globals';
import { Flight } from './flight.js';
import { groupDeliveries } from './group-deliveries.js';
import type { MatchedDelivery } from './delivery-outcome.js';
import { Room } from './room.js';
import { Turns } from './turns.js';

/** Pieces of work that end when told to. */
function heldWork() {
  const ends: (() => void)[] = [];
  const begin = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
  return { begin, begun: () => ends.length, end: (index: number) => ends[index]?.() };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const delivery = (size: number, claim: { channel?: string; mode?: string } = {}): MatchedDelivery =>
  ({ claim: { size, channel: 'chat', mode: 'transcript', ...claim } }) as MatchedDelivery;

const sizes = (deliveries: MatchedDelivery[]): number[] =>
  groupDeliveries(deliveries).map((group) => group.deliveries.length);

describe('Flight', () => {
  it('has eight groups under way, and the ninth begins when one of them has ended', async () => {
    const flight = new Flight(new Room(1_000));
    const work = heldWork();
    for (let index = 0; index < 8; index += 1) await flight.start(1, work.begin);
    const starting = flight.start(1, work.begin);
    await soon();
    expect(work.begun()).toBe(8);
    work.end(3);
    await starting;
    expect(work.begun()).toBe(9);
  });

  it('lets one that is larger than its share fly, but alone', async () => {
    const flight = new Flight(new Room(100_000_000));
    const work = heldWork();
    await flight.start(10, work.begin);
    const large = flight.start(50_000_000, work.begin);
    await soon();
    expect(work.begun()).toBe(1);
    work.end(0);
    await large;
    expect(work.begun()).toBe(2);
    work.end(1);
    await flight.landed();
  });

  it('tells of the first failure, and has landed only when everybody has', async () => {
    const flight = new Flight(new Room(100));
    const work = heldWork();
    await flight.start(1, work.begin);
    await flight.start(1, () => Promise.reject(new Error('first')));
    await flight.start(1, () => Promise.reject(new Error('second')));
    let landed = false;
    const landing = flight.landed().then(() => (landed = true));
    await soon();
    expect([landed, flight.failure]).toEqual([false, { error: new Error('first') }]);
    work.end(0);
    await landing;
  });
});

describe('Room', () => {
  it('is for everybody together, first come, first served', async () => {
    const room = new Room(10);
    const entered: string[] = [];
    const enter = (name: string, units: number): void => void room.enter(units).then(() => entered.push(name));
    enter('a', 8);
    enter('large', 20);
    enter('small', 1);
    await soon();
    expect(entered).toEqual(['a']);
    room.leave(8);
    await soon();
    expect(entered).toEqual(['a', 'large']);
    room.leave(20);
    await soon();
    expect(entered).toEqual(['a', 'large', 'small']);
  });
});

describe('Turns', () => {
  it('takes them one at a time, in order, whatever became of the one before', async () => {
    const turns = new Turns();
    const said: string[] = [];
    const failing = turns.take(async () => {
      await soon();
      said.push('first');
      throw new Error('no');
    });
    const next = turns.take(async () => said.push('second'));
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(said).toEqual(['first', 'second']);
  });
});

describe('groupDeliveries', () => {
  it('fills a batch call, and keeps calls and notes apart', () => {
    const voice = Array.from({ length: 30 }, () => delivery(100, { channel: 'voice' }));
    const chats = Array.from({ length: 220 }, () => delivery(100));
    expect(sizes([...voice, ...chats])).toEqual([100, 100, 20, 30]);
  });

  it('counts the parts of long ones, and lets a very long one go alone', () => {
    expect(sizes(Array.from({ length: 20 }, () => delivery(600_000)))).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect(sizes([delivery(10), delivery(9_000_000), delivery(10)])).toEqual([1, 1, 1]);
    expect(sizes(Array.from({ length: 4 }, () => delivery(600_000, { mode: 'summary' })))).toEqual([3, 1]);
  });
});
