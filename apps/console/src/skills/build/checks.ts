import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toProblem } from '../../api/problem.js';
import { answerOf, api, type Shape, type Tagged, taggedAnswerOf } from '../../api/client.js';
import type { paths } from '../../api/schema.js';
import { tell } from '../../show/tell.js';
import { skillQuery, type Skill } from '../skills.js';
import { bodyOf, changeOf, type Draft } from './draft.js';

export type BindingCheck = Shape<'BindingCheckResponse'>;
export type GoalDraft = Shape<'BindingDraftResponse'>;

/** Which skill is built: a new one, or a change of one. */
export interface Built {
  agentId: string;
  bindingId?: string;
}

type Body =
  paths['/agents/{agentId}/integrations/hubspot/bindings']['post']['requestBody']['content']['application/json'];

/** What saving the draft would say. Asked again whenever it has changed; the former answer stands until the next is there. */
export function useCheck({ agentId, bindingId }: Built, draft: Draft) {
  return useQuery({
    queryKey: ['agents', agentId, 'check', bindingId ?? 'new', draft],
    queryFn: async ({ signal }): Promise<BindingCheck> => {
      const call =
        bindingId === undefined
          ? api.POST('/agents/{agentId}/integrations/hubspot/bindings/check', {
              params: { path: { agentId } },
              body: bodyOf(draft),
              signal,
            })
          : api.POST('/agents/{agentId}/integrations/hubspot/bindings/{bindingId}/check', {
              params: { path: { agentId, bindingId } },
              body: changeOf(draft),
              signal,
            });
      return (await answerOf(call)).data;
    },
    placeholderData: (former) => former,
    // Every keystroke is a draft of its own.
    gcTime: 0,
  });
}

export function useSaveNew(agentId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ draft, enabled }: { draft: Draft; enabled: boolean }): Promise<Skill> => {
      const body = { ...bodyOf(draft), enabled } as unknown as Body;
      const path = { agentId };
      return (await answerOf(api.POST('/agents/{agentId}/integrations/hubspot/bindings', { params: { path }, body })))
        .data;
    },
    onSuccess: async ({ toolName, enabled, operation }) => {
      tell(`${toolName} is saved${savedState(operation, enabled)}`);
      await queryClient.invalidateQueries({ queryKey: ['agents', agentId, 'skills'] });
    },
  });
}

/** @param onSaved hears of it before whatever shows the skill does. */
export function useSaveChange(at: Required<Built>, onSaved: (saved: Tagged<Skill>) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ draft, etag }: { draft: Draft; etag: string | undefined }): Promise<Tagged<Skill>> => {
      const call = api.PATCH('/agents/{agentId}/integrations/hubspot/bindings/{bindingId}', {
        params: { path: at, header: { 'If-Match': etag } },
        body: changeOf(draft),
      });
      return taggedAnswerOf<Skill>(call);
    },
    onSuccess: async (saved) => {
      const { toolName, enabled, operation } = saved.value;
      onSaved(saved);
      tell(`${toolName} is saved${savedState(operation, enabled)}`);
      // At once: the next saving is of this one, also where it can't be read again just now.
      queryClient.setQueryData(skillQuery(at).queryKey, saved);
      await queryClient.invalidateQueries({ queryKey: ['agents', at.agentId, 'skills'] });
    },
    // Refused for someone else's change: that is looked at.
    onError: (error) => {
      if (toProblem(error).code === 1016) void queryClient.refetchQueries(skillQuery(at));
    },
  });
}

function savedState(operation: string, enabled: boolean): string {
  if (enabled) return ', and the AI agent may call it.';
  return operation === 'restWrite' ? '. It writes nothing until it is enabled: look at it first.' : ', disabled.';
}

export function useDraftGoal(agentId: string) {
  return useMutation({
    mutationFn: async (goal: string): Promise<GoalDraft> => {
      const params = { path: { agentId } };
      return (
        await answerOf(api.POST('/agents/{agentId}/integrations/hubspot/bindings/auto', { params, body: { goal } }))
      ).data;
    },
  });
}
