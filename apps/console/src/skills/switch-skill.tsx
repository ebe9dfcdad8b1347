import { List, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { Failed, Loading } from '../show/states.js';
import { draftOf, type Draft } from './build/draft.js';
import { objectQuery, useKnownPortal } from './portal.js';
import { gatesInWords, skillInWords } from './skill-words.js';
import { type Skill, skillQuery, useSwitchSkill } from './skills.js';

interface SwitchSkillProps {
  agentId: string;
  bindingId: string;
  onClose: () => void;
}

/** Before a skill is enabled: what it may do from then on, as it is at this moment. */
export function SwitchSkill({ agentId, bindingId, onClose }: SwitchSkillProps) {
  // What is agreed to is what is there now, not what the page showed some time ago.
  const skill = useQuery({ ...skillQuery({ agentId, bindingId }), staleTime: 0, refetchOnMount: 'always' });
  if (skill.data === undefined || (skill.isFetching && !skill.isFetchedAfterMount)) {
    return (
      <Modal opened onClose={onClose} title="Skill" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
        {skill.error === null ? (
          <Loading lines={4} label="Loading the skill" />
        ) : (
          <Failed
            title="The skill can’t be shown"
            problem={toProblem(skill.error)}
            onRetry={() => void skill.refetch()}
          />
        )}
      </Modal>
    );
  }
  return <Switching agentId={agentId} skill={skill.data.value} etag={skill.data.etag} onClose={onClose} />;
}

interface SwitchingProps {
  agentId: string;
  skill: Skill;
  etag: string | undefined;
  onClose: () => void;
}

function Switching({ agentId, skill, etag, onClose }: SwitchingProps) {
  const change = useSwitchSkill(agentId);
  const { toolName, operation, gates } = skill;
  const isWrite = operation === 'restWrite';
  return (
    <Confirm
      opened
      title={`${skill.enabled ? 'Disable' : 'Enable'} ${toolName}?`}
      action={skill.enabled ? 'Disable' : 'Enable'}
      isGrave={skill.enabled}
      isPending={change.isPending}
      problem={change.error === null ? undefined : toProblem(change.error)}
      onClose={onClose}
      onConfirm={() => change.mutate({ skill, etag, enabled: !skill.enabled }, { onSuccess: onClose })}
    >
      {skill.enabled ? (
        <Text>The AI agent no longer sees it, and calls of it are refused. It can be enabled again at any time.</Text>
      ) : (
        <>
          <Text fw={600}>
            {isWrite ? 'From then on it may write to HubSpot:' : 'From then on the AI agent may call it:'}
          </Text>
          <InWords skill={skill} />
          {gatesInWords(gates).length > 0 && (
            <>
              <Text fw={600}>Each time:</Text>
              <List>
                {gatesInWords(gates).map((words) => (
                  <List.Item key={words}>{words}.</List.Item>
                ))}
              </List>
            </>
          )}
        </>
      )}
    </Confirm>
  );
}

/** What a skill does, with the labels that people know from HubSpot. */
export function InWords({ skill }: { skill: Skill }) {
  const draft = draftOf(skill as unknown as Draft);
  const name = (draft.restSearch ?? draft.restWrite)?.object ?? '';
  // Names stand for labels while it is being read, and for good where it can't be.
  const object = useQuery({ ...objectQuery(useKnownPortal(), name), retry: false });
  return (
    <List>
      {skillInWords(draft, { object: object.data }).map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );
}
