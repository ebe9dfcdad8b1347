import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Pill } from '../show/pill.js';
import { Records } from '../show/records.js';
import { stateOf } from './skill-words.js';
import type { Skill } from './skills.js';
import classes from './skills.module.css';
import { SwitchSkill } from './switch-skill.js';

interface SkillsTableProps {
  agentId: string;
  skills: readonly Skill[];
  isAdmin: boolean;
}

/** Each skill with what it does, what stands in its way and whether it is on. */
export function SkillsTable({ agentId, skills, isAdmin }: SkillsTableProps) {
  const [switching, setSwitching] = useState<string>();
  return (
    <>
      <Records
        label="Skills"
        columns={['Skill', 'Kind', 'Gates', 'State', ...(isAdmin ? ['Switch'] : [])]}
        rows={skills.map((skill) => ({
          key: skill.id,
          isOver: !skill.enabled,
          cells: [
            <div key="name">
              <Link
                to="/skills/$agentId/$bindingId"
                params={{ agentId, bindingId: skill.id }}
                search={{}}
                className={classes.link}
              >
                {skill.toolName}
              </Link>
              <Text size="sm" c="dimmed">
                {skill.description}
              </Text>
            </div>,
            <div key="kind">
              {skill.operation === 'restWrite' ? 'Write' : 'Read'}
              <Text size="xs" c="dimmed">
                {skill.origin === 'pack' ? 'Connector Pack' : 'Your own'}
              </Text>
            </div>,
            <div key="gates">
              {!skill.gates.confirmation && 'None'}
              {skill.gates.confirmation && 'Confirmation'}
              {skill.gates.verifiedCaller && ', verified caller'}
            </div>,
            <State key="state" skill={skill} />,
            ...(isAdmin
              ? [
                  <Button
                    key="switch"
                    size="xs"
                    variant="default"
                    onClick={() => setSwitching(skill.id)}
                    disabled={!skill.enabled && skill.state === 'broken'}
                    aria-label={`${skill.enabled ? 'Disable' : 'Enable'} ${skill.toolName}`}
                  >
                    {skill.enabled ? 'Disable' : 'Enable'}
                  </Button>,
                ]
              : []),
          ],
        }))}
      />
      {switching !== undefined && (
        <SwitchSkill agentId={agentId} bindingId={switching} onClose={() => setSwitching(undefined)} />
      )}
    </>
  );
}

function State({ skill }: { skill: Skill }) {
  const { label, tone } = stateOf(skill);
  return (
    <div>
      <Pill tone={tone}>{label}</Pill>
      {skill.problems.length > 0 && (
        <ul className={classes.problems}>
          {skill.problems.map(({ field, message }) => (
            <li key={field}>
              {field} {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
