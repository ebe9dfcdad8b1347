import { Text } from '@mantine/core';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { type AiAgent, useDeleteAgent } from './agents.js';

export function DeleteAgent({ agent, onClose }: { agent: AiAgent; onClose: () => void }) {
  const remove = useDeleteAgent();
  return (
    <Confirm
      opened
      title={`Delete ${agent.name}?`}
      action="Delete"
      isGrave
      isPending={remove.isPending}
      problem={remove.error === null ? undefined : toProblem(remove.error)}
      onClose={onClose}
      onConfirm={() => remove.mutate(agent, { onSuccess: onClose })}
    >
      <Text>
        Its skills and the log of what it did go with it, for good. Whatever calls it is refused from then on. What it
        wrote to HubSpot stays there.
      </Text>
    </Confirm>
  );
}
