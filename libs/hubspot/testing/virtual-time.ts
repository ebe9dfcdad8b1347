import type { Clock } from '@app/platform';
import type { Schedule } from '../src/budget/lane.js';

/** Time that passes only when the test says so; alarms ring in order. */
export class VirtualTime implements Clock {
  ms = 1_000_000;
  private alarms: { at: number; work: () => void }[] = [];

  now = (): Date => new Date(this.ms);

  schedule: Schedule = (ms, work) => {
    const alarm = { at: this.ms + ms, work };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm);
    };
  };

  async pass(ms: number): Promise<void> {
    const end = this.ms + ms;
    for (;;) {
      await settled();
      const [next] = this.alarms.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.alarms = this.alarms.filter((each) => each !== next);
      this.ms = Math.max(this.ms, next.at);
      next.work();
    }
    this.ms = end;
    await settled();
  }
}

/** Lets promises that are resolved run their reactions. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}
