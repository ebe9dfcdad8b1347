import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A secret that a program printed. */
export interface Leak {
  program: string;
  kind: string;
  /** How many of its lines. */
  lines: number;
  /** The first of them around the place, with everything secret blacked out. */
  excerpt: string;
}

interface Secret {
  kind: string;
  value: string;
}

/** By so many first characters a secret is looked up; none is shorter. */
const HEAD = 8;
const EXCERPT_CHARACTERS = 80;

/** What can be told by its looks alone, whoever made it. */
const LOOKS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['API key', /tl_live_[\w-]{43}/],
  ['static token', /pat-[a-z]{2}\d-[0-9a-f]{8}-[0-9a-f-]{27}/],
  ['code or refresh token', /(?<!pat-)\b[a-z]{2}\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/],
  ['access token', /\bCJ[\w-]{100,}/],
  ['session cookie', /threadline_session=[\w-]{20,}/],
  ['state cookie', /threadline_connect=[\w.-]{20,}/],
  ['password hash', /\$argon2id\$/],
];

/** Programs whose output is for the eyes of the person who runs them, and what these are meant to see. */
const MEANT: readonly (readonly [program: string, kinds: readonly string[]])[] = [
  ['apps/api/src/admin.js', ['password', 'API key']],
  ['start/main.ts', ['password', 'API key']],
];

/**
 * Searches everything that the programs of a run printed for the secrets that the run was told of (libs/testing), and for
 * what looks like one.
 * @param folder the run's, with `printed/` and `secrets/` in it
 */
export async function findLeaks(folder: string): Promise<Leak[]> {
  const secrets = indexByHead(await readSecrets(join(folder, 'secrets')));
  const leaks: Leak[] = [];
  for (const file of await readdir(join(folder, 'printed')).catch(() => [])) {
    const program = decodeURIComponent(file.replace(/\.log$/, ''));
    leaks.push(...(await searchFile(join(folder, 'printed', file), program, secrets)));
  }
  return leaks;
}

export function describeLeaks(leaks: readonly Leak[]): string {
  const lines = leaks.map(({ program, kind, lines, excerpt }) => `  ${program}: ${kind}, ${lines} ×: …${excerpt}…`);
  return `Programs printed what must stay secret.\n${lines.join('\n')}`;
}

async function searchFile(path: string, program: string, secrets: Map<string, Secret[]>): Promise<Leak[]> {
  const meant = MEANT.find(([name]) => program.startsWith(name))?.[1] ?? [];
  const found = new Map<string, Leak>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const here = searchLine(line, secrets);
    for (const kind of new Set(here.map((secret) => secret.kind))) {
      if (meant.includes(kind)) continue;
      const known = found.get(kind);
      if (known) known.lines += 1;
      else found.set(kind, { program, kind, lines: 1, excerpt: blackOut(line, here, kind) });
    }
  }
  return [...found.values()];
}

function searchLine(line: string, secrets: Map<string, Secret[]>): Secret[] {
  const found: Secret[] = [];
  for (let at = 0; at + HEAD <= line.length; at += 1) {
    for (const secret of secrets.get(line.slice(at, at + HEAD)) ?? []) {
      if (line.startsWith(secret.value, at)) found.push(secret);
    }
  }
  for (const [kind, pattern] of LOOKS) {
    const [value] = pattern.exec(line) ?? [];
    if (value !== undefined) found.push({ kind, value });
  }
  return found;
}

function blackOut(line: string, secrets: readonly Secret[], kind: string): string {
  const longestFirst = secrets.toSorted((one, other) => other.value.length - one.value.length);
  const black = longestFirst.reduce((text, secret) => text.replaceAll(secret.value, `█${secret.kind}█`), line);
  const at = Math.max(0, black.indexOf(`█${kind}█`));
  return black.slice(Math.max(0, at - EXCERPT_CHARACTERS), at + EXCERPT_CHARACTERS);
}

async function readSecrets(folder: string): Promise<Secret[]> {
  const files = await readdir(folder).catch(() => []);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Secret),
  );
}

/** Each as it is, as it stands in JSON, and as it stands in an address. */
function indexByHead(secrets: readonly Secret[]): Map<string, Secret[]> {
  const index = new Map<string, Secret[]>();
  for (const { kind, value } of secrets) {
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])) {
      const head = form.slice(0, HEAD);
      index.set(head, [...(index.get(head) ?? []), { kind, value: form }]);
    }
  }
  return index;
}
