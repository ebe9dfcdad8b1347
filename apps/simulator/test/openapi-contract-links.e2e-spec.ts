import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dated, numbered, type ApiPaths } from './api-paths.js';
import { openContractPortal, type ContractPortal } from './contract-portal.js';
import { firstErrorCode, idOf, linkTo, listOf, noteProperties, unique } from './sample-records.js';
import type { Json, WatchedCalls } from './watched-calls.js';

let portal: ContractPortal;
let watched: WatchedCalls;

beforeAll(async () => {
  portal = await openContractPortal();
  watched = portal.watched;
});
afterAll(() => portal.simulator.stop());
afterEach(() => watched.assertContract());

describe.each([numbered, dated])('$name paths', (paths: ApiPaths) => {
  const objects = (type: string, rest = ''): string => `${paths.objects}/${type}${rest}`;

  it('keeps the identity of contacts: unique emails, upserts, merges, deletion for good', async () => {
    const email = unique('email');
    const first = await watched.call('POST', objects('contacts'), {
      body: { properties: { email, hs_additional_emails: unique('email') }, associations: [] },
    });
    const twin = await watched.call('POST', objects('contacts'), {
      body: { properties: { email: email.toUpperCase() }, associations: [] },
    });
    expect([twin.status, twin.json['message']]).toEqual([
      409,
      `Contact already exists. Existing ID: ${idOf(first.json)}`,
    ]);
    const batch = await watched.call('POST', objects('contacts', '/batch/create'), {
      body: {
        inputs: [
          { properties: { email: unique('email') }, associations: [] },
          { properties: { email }, associations: [] },
        ],
      },
    });
    expect(batch.status).toBe(409);
    expect(
      (await watched.call('GET', objects('contacts', `/${encodeURIComponent(email)}?idProperty=email`))).json['id'],
    ).toBe(idOf(first.json));
    const upserted = await watched.call('POST', objects('contacts', '/batch/upsert'), {
      body: {
        inputs: [
          { id: email, idProperty: 'email', properties: { email, lastname: 'Known' } },
          { id: unique('email'), idProperty: 'email', properties: { email: unique('email') } },
        ],
      },
    });
    expect(
      listOf(upserted.json)
        .map((each) => each['new'])
        .toSorted(),
    ).toEqual([false, true]);
    const second = await watched.call('POST', objects('contacts'), {
      body: { properties: { email: unique('email') }, associations: [] },
    });
    const merged = await watched.call('POST', objects('contacts', '/merge'), {
      body: { primaryObjectId: idOf(first.json), objectIdToMerge: idOf(second.json) },
    });
    expect(merged.status).toBe(200);
    expect((await watched.call('GET', objects('contacts', `/${idOf(second.json)}`))).json['id']).toBe(
      idOf(merged.json),
    );
    expect(
      (await watched.call('POST', objects('contacts', '/gdpr-delete'), { body: { objectId: idOf(merged.json) } }))
        .status,
    ).toBe(204);
  });

  it('links records, one by one and in batches', async () => {
    const contact = idOf(
      (
        await watched.call('POST', objects('contacts'), {
          body: { properties: { email: unique('email') }, associations: [] },
        })
      ).json,
    );
    const company = idOf(
      (
        await watched.call('POST', objects('companies'), {
          body: { properties: { name: unique('Co') }, associations: [] },
        })
      ).json,
    );
    const note = await watched.call('POST', objects('notes'), {
      body: {
        properties: noteProperties(),
        associations: [linkTo(contact, 202)],
      },
    });
    expect(note.status).toBe(201);
    const withContact = await watched.call('GET', objects('notes', `/${idOf(note.json)}?associations=contacts`));
    expect(withContact.json['associations']).toMatchObject({ contacts: { results: [{ id: contact }] } });

    const one = `${paths.associated}/contacts/${contact}/associations`;
    expect((await watched.call('PUT', `${one}/default/companies/${company}`)).status).toBe(200);
    const labelled = await watched.call('PUT', `${one}/companies/${company}`, {
      body: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }],
    });
    expect([labelled.status, labelled.json['labels']]).toEqual([201, ['Primary']]);
    expect((await watched.call('DELETE', `${one}/companies/${company}`)).status).toBe(204);

    const pair = { from: { id: contact }, to: { id: company } };
    const batch = `${paths.associations}/contacts/companies/batch`;
    const made = await watched.call('POST', `${batch}/create`, {
      body: { inputs: [{ ...pair, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }] }] },
    });
    expect(made.status).toBe(paths.associationsMade);
    expect((await watched.call('POST', `${batch}/associate/default`, { body: { inputs: [pair] } })).status).toBe(200);
    const read = await watched.call('POST', `${batch}/read`, { body: { inputs: [{ id: contact }] } });
    expect(listOf(read.json)[0]).toMatchObject({
      from: { id: contact },
      to: [{ associationTypes: [{ typeId: 279 }] }],
    });
    expect(
      (
        await watched.call('POST', `${batch}/archive`, {
          body: { inputs: [{ from: { id: contact }, to: [{ id: company }] }] },
        })
      ).status,
    ).toBe(paths.associationsRemoved);

    const wrongWay = await watched.call('POST', objects('notes'), {
      body: {
        properties: noteProperties(),
        associations: [linkTo(contact, 201)],
      },
    });
    expect(wrongWay.status).toBe(400);
    const toNobody = await watched.call('POST', objects('notes'), {
      body: {
        properties: noteProperties(),
        associations: [linkTo('999', 202)],
      },
    });
    expect([toNobody.status, firstErrorCode(toNobody.json)]).toEqual([400, 'INVALID_OBJECT_IDS']);
  });

  it('lists, makes, changes and removes association labels', async () => {
    const labels = `${paths.labels}/contacts/companies/labels`;
    expect(listOf((await watched.call('GET', labels)).json).length).toBeGreaterThan(1);
    const made = await watched.call('POST', labels, {
      body: { label: unique('Adviser'), name: unique('adviser').replace(' ', '_') },
    });
    expect(made.status).toBe(200);
    const typeId = listOf(made.json)[0]?.['typeId'];
    expect(
      (await watched.call('PUT', labels, { body: { associationTypeId: typeId, label: unique('Mentor') } })).status,
    ).toBe(204);
    expect((await watched.call('DELETE', `${labels}/${String(typeId)}`)).status).toBe(204);
  });
});

describe('numbered paths only', () => {
  it('lists the associations of one record, page by page', async () => {
    const contact = idOf(
      (
        await watched.call('POST', `${numbered.objects}/contacts`, {
          body: { properties: { email: unique('email') }, associations: [] },
        })
      ).json,
    );
    const inputs = Array.from({ length: 3 }, () => ({
      properties: noteProperties(),
      associations: [linkTo(contact, 202)],
    }));
    await watched.call('POST', `${numbered.objects}/notes/batch/create`, { body: { inputs } });
    const list = `${numbered.associated}/contacts/${contact}/associations/notes`;
    const first = await watched.call('GET', `${list}?limit=2`);
    expect(listOf(first.json)).toHaveLength(2);
    const after = ((first.json['paging'] as Json)['next'] as Json)['after'];
    expect(listOf((await watched.call('GET', `${list}?limit=2&after=${String(after)}`)).json)).toHaveLength(1);
  });
});
