import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { answerOf, api } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { Mark } from '../frame/mark.js';
import { Notice } from '../show/notice.js';
import { textOf } from '../show/text-of.js';
import { safeNext } from './safe-next.js';
import { replaceSession, sessionQuery } from './session.js';
import classes from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next: asked, ended } = route.useSearch();
  const next = safeNext(asked, globalThis.location.origin);
  const queryClient = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  useEffect(() => {
    document.title = 'Sign in · Threadline';
  }, []);

  const signIn = useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      answerOf(api.POST('/auth/login', { body: credentials })),
    onSuccess: async ({ data }) => {
      replaceSession(queryClient, data);
      if (next === undefined) return navigate({ to: '/' });
      // A page of the console, or an address that only the server knows, such as the start of connecting.
      const [, , page] = router.getMatchedRoutes(new URL(next, globalThis.location.origin).pathname);
      if (page !== undefined) return navigate({ href: next });
      globalThis.location.assign(next);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: textOf(form, 'email'), password: textOf(form, 'password') });
  };
  const problem = signIn.error === null ? undefined : toProblem(signIn.error);

  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Stack gap={6} mb="lg" align="center">
          <Mark size={44} />
          <Title order={1}>Sign in to Threadline</Title>
          <Text c="dimmed" ta="center">
            {ended === true
              ? 'Your session ended. Sign in to go on where you were.'
              : 'Conversations, on the right HubSpot contact.'}
          </Text>
        </Stack>
        {session && <SignedInAlready email={session.email} next={next} />}
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label="Email"
              name="email"
              type="email"
              autoComplete="username"
              maxLength={320}
              required
              withAsterisk={false}
              autoFocus
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              maxLength={200}
              required
              withAsterisk={false}
            />
            <div aria-live="polite">
              {problem !== undefined && (
                <Notice tone="bad" role="alert">
                  {problem.message.replace(/\.?$/, '.')} {problem.nextStep}
                </Notice>
              )}
            </div>
            <Button type="submit" fullWidth loading={signIn.isPending}>
              Sign in
            </Button>
          </Stack>
        </form>
      </div>
    </main>
  );
}

/** Someone may come here to let a colleague in: both ways are open. */
function SignedInAlready({ email, next }: { email: string; next: string | undefined }) {
  return (
    <div className={classes.already}>
      <Notice tone="idle">
        You are signed in as {email}. <Anchor href={next ?? '/'}>Go on</Anchor>, or sign in as someone else.
      </Notice>
    </div>
  );
}
