import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { toProblem } from '../../api/problem.js';
import { useSession } from '../../session/use-session.js';
import { Card } from '../../show/card.js';
import { Page } from '../../show/page.js';
import { Empty } from '../../show/states.js';
import { agentQuery } from '../agents.js';
import { ReadinessGate } from '../readiness-notice.js';
import classes from '../skills.module.css';
import { useSaveNew } from './checks.js';
import { DescribeGoal } from './describe-goal.js';
import { type Draft, emptyDraft } from './draft.js';
import { SkillForm } from './skill-form.js';

const route = getRouteApi('/signed-in/skills/$agentId/new');

/** A skill of an operator's own: described, or built by hand, or first the one and then the other. */
export function NewSkillPage() {
  const { agentId } = route.useParams();
  const agent = useQuery(agentQuery(agentId));
  const isAdmin = useSession().role === 'admin';
  return (
    <Page
      title="New skill"
      under={['Skills', agent.data?.value.name ?? '…']}
      wide
      actions={
        <Link to="/skills/$agentId" params={{ agentId }} search={{}} className={classes.quiet}>
          Back to the AI agent
        </Link>
      }
    >
      {isAdmin ? (
        <ReadinessGate>
          <Building agentId={agentId} />
        </ReadinessGate>
      ) : (
        <Card>
          <Empty title="Only an admin makes skills">What this AI agent can do stands on its page.</Empty>
        </Card>
      )}
    </Page>
  );
}

function Building({ agentId }: { agentId: string }) {
  const navigate = route.useNavigate();
  const [draft, setDraft] = useState<Draft>(emptyDraft());
  // Another draft is another form: what was told of the former one is over.
  const [round, setRound] = useState(0);
  const [isEnabling, setEnabling] = useState(true);
  const form = useRef<HTMLDivElement>(null);
  const save = useSaveNew(agentId);
  const use = (next: Draft): void => {
    setDraft(next);
    setRound(round + 1);
    save.reset();
    form.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
    form.current?.focus({ preventScroll: true });
  };
  return (
    <Stack gap="lg">
      <DescribeGoal agentId={agentId} onUse={use} />
      <div ref={form} tabIndex={-1} role="region" aria-label="The skill">
        <SkillForm
          key={round}
          of={{ agentId }}
          draft={draft}
          onChange={setDraft}
          problem={save.error === null ? undefined : toProblem(save.error)}
          isSaving={save.isPending}
          action="Save skill"
          onSave={() =>
            save.mutate(
              { draft, enabled: isEnabling && draft.operation === 'restSearch' },
              {
                onSuccess: ({ id }) =>
                  void navigate({ to: '/skills/$agentId/$bindingId', params: { agentId, bindingId: id }, search: {} }),
              },
            )
          }
          beside={
            draft.operation === 'restSearch' ? (
              <Checkbox
                label="Enable it at once"
                checked={isEnabling}
                onChange={({ currentTarget: { checked } }) => setEnabling(checked)}
              />
            ) : (
              <Text size="sm">It is saved disabled, to be reviewed.</Text>
            )
          }
        />
      </div>
    </Stack>
  );
}
