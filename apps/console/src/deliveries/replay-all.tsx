import { Text } from '@mantine/core';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { type ReplayFilter, type Stats, useReplayAll } from './deliveries.js';
import { canReplay, reasonInWords } from './delivery-words.js';

interface ReplayAllProps {
  opened: boolean;
  filter: ReplayFilter;
  stats: Stats | undefined;
  onClose: () => void;
}

const NUMBER = new Intl.NumberFormat();

/** Asks, with how many it is about, before everything that a filter takes goes back in line. */
export function ReplayAll({ opened, filter, stats, onClose }: ReplayAllProps) {
  const replay = useReplayAll();
  const close = (): void => {
    replay.reset();
    onClose();
  };
  const count = countReplayable(filter, stats);
  const inPeriod = filter.from !== undefined || filter.to !== undefined;
  return (
    <Confirm
      opened={opened}
      title={filter.status === 'failed' ? 'Replay failed deliveries' : 'Replay deliveries without a contact'}
      action="Replay all"
      isPending={replay.isPending}
      problem={replay.error === null ? undefined : toProblem(replay.error)}
      onClose={close}
      onConfirm={() => replay.mutate(filter, { onSuccess: close })}
    >
      <Text>
        {count === undefined || inPeriod
          ? `Of ${count === undefined ? 'the' : `at most ${NUMBER.format(count)}`} deliveries that the filter takes, every one that can be replayed goes back in line.`
          : `${NUMBER.format(count)} ${count === 1 ? 'delivery goes' : 'deliveries go'} back in line.`}
        {filter.reason !== undefined && ` Reason: ${reasonInWords(filter.reason)}.`}
      </Text>
      <Text size="sm" c="dimmed">
        Replay after what was wrong is mended: the contact is there, or the missing property is filled. What was written
        already is recognised and never written twice. Conversations from before syncing was enabled stay where they
        are.
      </Text>
    </Confirm>
  );
}

function countReplayable({ status, reason }: ReplayFilter, stats: Stats | undefined): number | undefined {
  if (stats === undefined) return undefined;
  return Object.entries(stats[status])
    .filter(([name]) => (reason === undefined || name === reason) && canReplay({ status, reason: name }))
    .reduce((total, [, count]) => total + count, 0);
}
