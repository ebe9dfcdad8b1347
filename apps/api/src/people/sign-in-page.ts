const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7c; --page: #f3f5f8; --card: #fff; --line: #d5dce4; --go: #0b6bcb; --bad: #b3261e; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8edf3; --soft: #9fb0c1; --page: #10161d; --card: #1a232d; --line: #344252; --go: #4c9df0; --bad: #ff8a80; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  main { width: 100%; max-width: 23rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 8px 30px rgb(0 0 0 / .06); }
  h1 { margin: 0 0 .25rem; font-size: 1.4rem; }
  p { margin: 0 0 1.25rem; color: var(--soft); }
  label { display: block; margin: 0 0 .25rem; font-size: .9rem; font-weight: 600; }
  input { width: 100%; margin: 0 0 1rem; padding: .6rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
  button { width: 100%; padding: .65rem; font: inherit; font-weight: 600; color: #fff; background: var(--go); border: 0; border-radius: 8px; cursor: pointer; }
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
`;

/** @param next where to go afterwards; checked by the caller. */
export function renderSignInPage({ nonce, next }: { nonce: string; next?: string }): string {
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
<p>Sign in to go on.</p>
<form method="post" data-next="${escapeAttribute(next ?? '')}">
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

function escapeAttribute(text: string): string {
  return text.replace(/[&"'<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
