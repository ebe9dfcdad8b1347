import { Text } from '@mantine/core';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { type Skill, useDeleteSkill } from './skills.js';

interface DeleteSkillProps {
  agentId: string;
  skill: Skill;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteSkill({ agentId, skill, onDeleted, onClose }: DeleteSkillProps) {
  const remove = useDeleteSkill(agentId);
  return (
    <Confirm
      opened
      title={`Delete ${skill.toolName}?`}
      action="Delete"
      isGrave
      isPending={remove.isPending}
      problem={remove.error === null ? undefined : toProblem(remove.error)}
      onClose={onClose}
      onConfirm={() => remove.mutate(skill, { onSuccess: onDeleted })}
    >
      <Text>
        It goes with all its versions, for good; calls of it are refused. What it wrote to HubSpot stays there.
        {skill.origin === 'pack' &&
          ' The next installation of the Connector Pack brings it back: to be rid of it for good, disable it instead.'}
      </Text>
    </Confirm>
  );
}
