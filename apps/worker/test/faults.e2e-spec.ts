import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, it } from '@jest/globals';
import { createTestDatabase, redisUrl, type TestDatabase } from '@app/testing';
import { type House, openHouse } from './faults/house.js';
import { expectRightOutcomes } from './faults/trial.js';

let database: TestDatabase | undefined;
let house: House | undefined;

afterEach(async () => {
  await house?.stop();
  await database?.drop();
  house = undefined;
  database = undefined;
});

/** A few rounds of what `npm run test:faults` does for minutes. */
describe('a little of everything', () => {
  it('leaves every conversation with its one right outcome', async () => {
    database = await createTestDatabase();
    // Nothing commits late here, so that settling has to outlast no more than the search lag.
    house = await openHouse({ databaseUrl: database.url, redisUrl: redisUrl(), workers: 2, settleSeconds: 4 });
    await expectRightOutcomes(house, { name: 'smoke', searchLagMs: 2_000 }, async (trial) => {
      const creates = { route: 'objects.batchCreate', times: 1 };
      await trial.misbehave({ ...creates, actions: [{ kind: 'reset', when: 'after' }] });
      await trial.handOver(25);
      await sleep(trial.random.between(0, 300));
      await trial.house.killWorkers();
      await trial.misbehave({ ...creates, actions: [{ kind: 'status', status: 502, when: 'after' }] });
      await trial.handOver(25);
      await trial.misbehave({ ...creates, actions: [{ kind: 'batch_item', index: 2 }] });
      await trial.handOver(25);
      await sleep(trial.random.between(0, 600));
      await trial.house.killWorker(0);
    });
  }, 90_000);
});
