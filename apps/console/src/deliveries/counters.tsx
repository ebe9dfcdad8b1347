import { Skeleton } from '@mantine/core';
import { Moment } from '../show/moment.js';
import classes from './counters.module.css';
import type { DeliveryStatus, Stats } from './deliveries.js';

interface CountersProps {
  stats: Stats | undefined;
  selected: DeliveryStatus | undefined;
  onSelect: (status: DeliveryStatus | undefined) => void;
}

const NUMBER = new Intl.NumberFormat();
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** How many deliveries there are of each outcome; pressing one shows only these. */
export function Counters({ stats, selected, onSelect }: CountersProps) {
  const counters = [
    { status: 'written', label: 'Written', count: stats?.written },
    { status: 'pending', label: 'Pending', count: stats?.pending },
    { status: 'skipped', label: 'Skipped', count: stats && sum(stats.skipped) },
    { status: 'failed', label: 'Failed', count: stats && sum(stats.failed) },
  ] as const;
  return (
    <div className={classes.counters} role="group" aria-label="Deliveries by outcome">
      {counters.map(({ status, label, count }) => (
        <button
          key={status}
          type="button"
          className={classes.counter}
          data-status={status}
          aria-pressed={selected === status}
          onClick={() => onSelect(selected === status ? undefined : status)}
        >
          <span className={classes.label}>{label}</span>
          {count === undefined ? (
            <Skeleton height={28} width={56} />
          ) : (
            <span className={classes.count}>{NUMBER.format(count)}</span>
          )}
          {status === 'pending' && stats?.oldestPendingAt !== undefined && (
            <span className={classes.since}>
              Oldest since <Moment at={stats.oldestPendingAt} />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
