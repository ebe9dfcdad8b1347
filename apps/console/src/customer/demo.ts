import { queryOptions, useMutation } from '@tanstack/react-query';
import { answerOf } from '../api/client.js';
import type { Bubble } from '../chat/bubbles.js';
import type { Tab } from './open-tab.js';

/** Demo mode's routes are no part of the API's document: their answers are described here. */
interface Invitation {
  conversationId: string;
  token: string;
  url: string;
}

export interface CustomersSide {
  conversationId: string;
  status: 'open' | 'closed';
  customer: { firstName?: string; lastName?: string };
  messages: Bubble[];
}

interface DemoCustomer {
  email?: string;
  phone?: string;
  firstName?: string;
  lastName?: string;
}

async function call<Data>(path: string, init: RequestInit): Promise<Data> {
  const sent = fetch(path, init);
  const read = async () => {
    const response = await sent;
    const answer: unknown = await response.json();
    return response.ok ? { data: answer as { data: Data }, response } : { error: answer, response };
  };
  return (await answerOf<{ data: Data }>(read())).data;
}

function posting(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Whether the other side of a chat may be tried here. The server tells with the page: where it may not, there is nothing to ask. */
export const isDemo = document.querySelector<HTMLMetaElement>('meta[name="demo"]')?.content === 'on';

interface Invite {
  whom: { conversationId: string } | { customer: DemoCustomer };
  /** Led there, or closed again: also when the chat it was opened from is no longer shown. */
  tab: Tab;
}

/** A link to write as the customer of an open conversation, or of a new one. */
export function useInvite() {
  return useMutation({
    mutationFn: ({ whom }: Invite) => call<Invitation>('/demo/customers', posting(whom)),
    onSuccess: ({ url }, { tab }) => tab.goTo(url),
    onError: (_error, { tab }) => tab.close(),
  });
}

export const customersSideQuery = (token: string) =>
  queryOptions({
    queryKey: ['customers-side', token],
    queryFn: ({ signal }) => call<CustomersSide>(`/demo/customers/${token}`, { signal }),
  });

export function sendAsCustomer(token: string, message: { id: string; text: string }): Promise<unknown> {
  return call(`/demo/customers/${token}/messages`, posting(message));
}

export function beginAgain(token: string): Promise<Invitation> {
  return call(`/demo/customers/${token}/conversations`, posting({}));
}
