const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2733; --soft: #566779; --page: #f4f6f9; --card: #fff; --line: #d5dde6; --go: #2457d6; --on-go: #fff; --bad: #b3261e; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e7edf3; --soft: #9fb0c0; --page: #0f161d; --card: #17202a; --line: #2e3d4c; --go: #8fb1ff; --on-go: #0b1530; --bad: #ff8a80; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  main { width: 100%; max-width: 23rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 8px 30px rgb(0 0 0 / .06); }
  h1 { margin: 0 0 .25rem; font-size: 1.4rem; }
  p { margin: 0 0 1.25rem; color: var(--soft); }
  label { display: block; margin: 0 0 .25rem; font-size: .9rem; font-weight: 600; }
  input { width: 100%; margin: 0 0 1rem; padding: .6rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: 8px; }
  button { width: 100%; padding: .65rem; font: inherit; font-weight: 600; color: var(--on-go); background: var(--go); border: 0; border-radius: 8px; cursor: pointer; }
  #sign-out { width: auto; padding: 0; font-weight: inherit; color: var(--go); background: none; text-decoration: underline; }
  .who { overflow-wrap: anywhere; }
  button:disabled { opacity: .6; cursor: progress; }
  input:focus-visible, button:focus-visible { outline: 3px solid color-mix(in srgb, var(--go) 45%, transparent); outline-offset: 1px; }
  #said { min-height: 1.5em; margin: .9rem 0 0; }
  #said.bad { color: var(--bad); }
`;

const SCRIPT = `
  const form = document.querySelector('form');
  const said = document.querySelector('#said');
  const say = (text, bad) => { said.textContent = text; said.className = bad ? 'bad' : ''; };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    say('');
    try {
      const { email, password } = Object.fromEntries(new FormData(form));
      const response = await fetch('/auth/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      });
      const answer = await response.json();
      if (!response.ok) {
        const wait = answer.retry_after === undefined ? '' : ' (' + answer.retry_after + ' s)';
        say(answer.detail + wait + '.', true);
      } else if (form.dataset.next) {
        location.assign(form.dataset.next);
      } else {
        form.querySelectorAll('input').forEach((input) => { input.value = ''; });
        say('You are signed in as ' + answer.data.email + '.');
      }
    } catch {
      say('The server can’t be reached. Try again.', true);
    }
    button.disabled = false;
  });
  document.querySelector('#sign-out')?.addEventListener('click', async ({ target }) => {
    target.disabled = true;
    await fetch('/auth/logout', { method: 'POST' }).catch(() => {});
    // Whether it worked is told by the page itself.
    location.reload();
  });
`;

interface SignInPageFacts {
  nonce: string;
  /** Where to go afterwards; checked by the caller. */
  next?: string;
  /** The email of who is signed in already, and may sign out here or make way for someone else. */
  signedInAs?: string;
}

export function renderSignInPage({ nonce, next, signedInAs }: SignInPageFacts): string {
  const intro =
    signedInAs === undefined
      ? '<p>Sign in to go on.</p>'
      : `<p class="who">You are signed in as ${escapeText(signedInAs)}. <button type="button" id="sign-out">Sign out</button></p>
<p>Or sign in as someone else.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in · Threadline</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>Threadline</h1>
${intro}
<form method="post" data-next="${escapeText(next ?? '')}">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="username" maxlength="320" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
<button>Sign in</button>
<p id="said" role="status" aria-live="polite"></p>
</form>
<noscript><p>Signing in needs JavaScript.</p></noscript>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replace(/[&"'<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
