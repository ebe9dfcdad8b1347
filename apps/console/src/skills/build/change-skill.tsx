import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../../api/problem.js';
import { Notice } from '../../show/notice.js';
import type { Skill } from '../skills.js';
import { useSaveChange } from './checks.js';
import { type Draft, draftOf } from './draft.js';
import { SkillForm } from './skill-form.js';

interface ChangeSkillProps {
  agentId: string;
  skill: Skill;
  etag: string | undefined;
}

/**
 * A form on the skill as it was when it was opened. Someone else's change meanwhile is told of, and taken only when asked
 * for: a definition is more than one would type twice.
 */
export function ChangeSkill({ agentId, skill, etag }: ChangeSkillProps) {
  const [begun, setBegun] = useState({ version: skill.version, etag, round: 0 });
  const [draft, setDraft] = useState<Draft>(() => draftOf(skill as unknown as Draft));
  // What one's own saving changed is no news.
  const save = useSaveChange({ agentId, bindingId: skill.id }, ({ value: { version }, etag: tagNow }) =>
    setBegun((before) => ({ ...before, version, etag: tagNow })),
  );
  const begin = (): void => {
    setBegun({ version: skill.version, etag, round: begun.round + 1 });
    setDraft(draftOf(skill as unknown as Draft));
    save.reset();
  };
  // That it was switched makes another tag, but no other definition.
  const isOvertaken = skill.version > begun.version;
  const tag = isOvertaken ? begun.etag : etag;
  return (
    <Stack gap="lg">
      {isOvertaken && (
        <Notice tone="wait" title="Someone else changed this skill meanwhile" role="alert">
          <p>
            What you see here began with version {begun.version}; by now there is version {skill.version}.
          </p>
          <Group mt="xs">
            <Button size="xs" variant="default" onClick={begin}>
              Begin anew with what is there now
            </Button>
          </Group>
        </Notice>
      )}
      <SkillForm
        key={begun.round}
        of={{ agentId, bindingId: skill.id }}
        draft={draft}
        onChange={setDraft}
        problem={save.error === null ? undefined : toProblem(save.error)}
        isSaving={save.isPending}
        action="Save changes"
        onSave={() => save.mutate({ draft, etag: tag })}
        beside={
          skill.operation === 'restWrite' || draft.operation === 'restWrite' ? (
            <Text size="sm">A changed write is disabled until it is enabled again.</Text>
          ) : undefined
        }
      />
    </Stack>
  );
}
