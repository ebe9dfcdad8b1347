import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { bytesArray, plainArray, textArray, timeArray } from './array-literal.js';

let testDatabase: TestDatabase;
let client: Client;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await testDatabase.drop();
});

/** What PostgreSQL makes of a literal, as rows of one column. */
async function read(literal: string, type: string): Promise<unknown[]> {
  const { rows } = await client.query<{ value: unknown }>(`SELECT unnest($1::${type}[]) AS value`, [literal]);
  return rows.map(({ value }) => value);
}

function list<T>(of: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> {
  return fc.array(fc.option(of), { maxLength: 8 });
}

describe('an array for PostgreSQL', () => {
  it('is read as the texts it was made of, whatever stands in them', async () => {
    const storable = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ' ').toWellFormed());
    const awkward = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', ',', ' ', '\n', 'NULL', 'ä', "'") });
    await fc.assert(
      fc.asyncProperty(list(fc.oneof(storable, awkward)), async (texts) => {
        expect(await read(textArray(texts), 'text')).toEqual(texts);
      }),
    );
  });

  it('is read as the times, bytes, ids and numbers it was made of', async () => {
    const time = fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('12026-01-01') });
    const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(
        list(time),
        list(bytes),
        list(fc.uuid()),
        list(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        async (times, buffers, ids, numbers) => {
          expect(await read(timeArray(times), 'timestamptz')).toEqual(times);
          expect(await read(bytesArray(buffers), 'bytea')).toEqual(buffers);
          expect(await read(plainArray(ids), 'uuid')).toEqual(ids);
          expect(await read(plainArray(numbers), 'int')).toEqual(numbers);
        },
      ),
    );
  });
});
