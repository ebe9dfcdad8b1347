import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape, taggedAnswerOf } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { tell } from '../show/tell.js';

export type Skill = Shape<'BindingResponse'>;
export type SkillVersion = Shape<'BindingVersionResponse'>;
export type Run = Shape<'SkillRunResponse'>;
export type RunOutcome = Shape<'RunOutcome'>;
export type Trial = Shape<'TriedSkillResponse'>;

/** What has no skills yet may be getting the Connector Pack just now, which takes its worker some seconds. */
const WHILE_EMPTY_MS = 3_000;

/** The log is watched while a skill is tried elsewhere; not by who reads further down, as every page would be read again. */
const LOG_EVERY_MS = 5_000;

const skillsKey = (agentId: string) => ['agents', agentId, 'skills'] as const;

export const skillsQuery = (agentId: string) =>
  infiniteQueryOptions({
    ...pagesOf<Skill>(skillsKey(agentId), (cursor, signal) =>
      answerOf(
        api.GET('/agents/{agentId}/integrations/hubspot/bindings', {
          params: { path: { agentId }, query: { cursor, limit: 100 } },
          signal,
        }),
      ),
    ),
    refetchInterval: ({ state }) => (state.data?.pages[0]?.data.length === 0 ? WHILE_EMPTY_MS : false),
  });

interface SkillAt {
  agentId: string;
  bindingId: string;
}

export const skillQuery = (at: SkillAt) =>
  queryOptions({
    queryKey: [...skillsKey(at.agentId), at.bindingId],
    queryFn: ({ signal }) =>
      taggedAnswerOf<Skill>(
        api.GET('/agents/{agentId}/integrations/hubspot/bindings/{bindingId}', { params: { path: at }, signal }),
      ),
  });

export const versionsQuery = (at: SkillAt) =>
  queryOptions({
    queryKey: [...skillsKey(at.agentId), at.bindingId, 'versions'],
    queryFn: async ({ signal }): Promise<SkillVersion[]> =>
      (
        await answerOf(
          api.GET('/agents/{agentId}/integrations/hubspot/bindings/{bindingId}/versions', {
            params: { path: at },
            signal,
          }),
        )
      ).data,
  });

export interface RunFilter {
  skill?: string;
  outcome?: RunOutcome;
}

export const runsQuery = (agentId: string, filter: RunFilter) =>
  infiniteQueryOptions({
    ...pagesOf<Run>(['agents', agentId, 'runs', filter], (cursor, signal) =>
      answerOf(
        api.GET('/agents/{agentId}/runs', { params: { path: { agentId }, query: { ...filter, cursor } }, signal }),
      ),
    ),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : LOG_EVERY_MS),
  });

/** After it whatever is shown of the AI agent's skills is read again. */
function useSkillsChange<Input, Output>(
  agentId: string,
  change: (input: Input) => Promise<Output>,
  told: (output: Output, input: Input) => string,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Told here: what asked for it may be gone before it hears of it.
    onSuccess: async (output, input) => {
      tell(told(output, input));
      await queryClient.invalidateQueries({ queryKey: skillsKey(agentId) });
    },
  });
}

/** What is told of the pack is in the answer, and shown in full. */
export function useInstallPack(agentId: string) {
  return useSkillsChange(
    agentId,
    () => answerOf(api.POST('/agents/{agentId}/integrations/hubspot/pack/install', { params: { path: { agentId } } })),
    ({ data }) => {
      const made = data.filter(({ created }) => created).length;
      if (made === 0) return 'Everything of the pack that this HubSpot account can have is there already.';
      return made === 1 ? 'One skill is installed.' : `${made} skills are installed.`;
    },
  );
}

/** @param skill as it was seen: refused when it is another one by now. */
export function useSwitchSkill(agentId: string) {
  return useSkillsChange(
    agentId,
    ({ skill, etag, enabled }: { skill: Skill; etag: string | undefined; enabled: boolean }) =>
      answerOf(
        api.PATCH('/agents/{agentId}/integrations/hubspot/bindings/{bindingId}', {
          params: { path: { agentId, bindingId: skill.id }, header: { 'If-Match': etag } },
          body: { enabled },
        }),
      ),
    (_, { skill, enabled }) => `${skill.toolName} is ${enabled ? 'enabled' : 'disabled'}.`,
  );
}

export function useDeleteSkill(agentId: string) {
  return useSkillsChange(
    agentId,
    (skill: Skill) =>
      answerOf(
        api.DELETE('/agents/{agentId}/integrations/hubspot/bindings/{bindingId}', {
          params: { path: { agentId, bindingId: skill.id } },
        }),
      ),
    (_, { toolName }) => `${toolName} is deleted.`,
  );
}

interface TrialOf {
  arguments: Record<string, unknown>;
  conversationId?: string;
  confirmation?: string;
  onlyPlan?: boolean;
}

export function useTrySkill(agentId: string, name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: TrialOf): Promise<Trial> =>
      (await answerOf(api.POST('/agents/{agentId}/skills/{name}/try', { params: { path: { agentId, name } }, body })))
        .data,
    // Also of what was refused: that stands in the log.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['agents', agentId, 'runs'] }),
  });
}
