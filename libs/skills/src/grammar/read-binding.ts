import type { z } from 'zod';
import {
  bindingChange,
  type BindingChange,
  bindingDefinition,
  type BindingDefinition,
  bindingRequest,
} from './binding.js';
import type { BindingProblem, BindingReason } from './binding-problem.js';

export type Read<T> = { read: true; value: T } | { read: false; problems: BindingProblem[]; onlyMissing: boolean };

/** The body of a new binding, as far as its shape goes. */
export function readBinding(body: unknown): Read<BindingDefinition & { enabled: boolean }> {
  return readBy(bindingRequest, body);
}

/** The body of a change. */
export function readBindingChange(body: unknown): Read<BindingChange> {
  return readBy(bindingChange, body);
}

/** A definition as it was kept: an older release may have kept what this one can't read. */
export function readDefinition(kept: unknown): Read<BindingDefinition> {
  return readBy(bindingDefinition, kept);
}

function readBy<T>(schema: z.ZodType<T>, body: unknown): Read<T> {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) {
    // Not before: a body may be nested as deep as it likes, what was read of it is not.
    const unkeepable = findUnkeepable(parsed.data, []);
    if (unkeepable === undefined) return { read: true, value: parsed.data };
    return { read: false, problems: [unkeepable], onlyMissing: false };
  }
  const problems = parsed.error.issues.flatMap(problemsOf);
  return { read: false, problems, onlyMissing: problems.every(({ message }) => message === REQUIRED) };
}

/** PostgreSQL keeps neither halves of characters nor the character zero. */
function findUnkeepable(value: unknown, path: readonly PropertyKey[]): BindingProblem | undefined {
  if (typeof value === 'string') {
    if (value.isWellFormed() && !value.includes('\0')) return undefined;
    return { path: pathOf(path), reason: 'malformed', message: 'holds half a character, or the character zero' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = findUnkeepable(item, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const REQUIRED = 'is required';

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue): BindingProblem[] {
  const path = pathOf(issue.path);
  const at = (reason: BindingReason, message: string): BindingProblem[] => [{ path, reason, message }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathOf([...issue.path, key]),
        reason: 'malformed',
        message: 'is not a known field',
      }));
    case 'invalid_type':
      return issue.input === undefined
        ? at('malformed', REQUIRED)
        : at('malformed', `must be ${KINDS[issue.expected] ?? issue.expected}`);
    case 'too_big':
      return at('limit_exceeded', `must ${have(issue.origin)}at most ${String(issue.maximum)}${unitOf(issue.origin)}`);
    case 'too_small':
      return at('malformed', `must ${have(issue.origin)}at least ${String(issue.minimum)}${unitOf(issue.origin)}`);
    case 'invalid_value':
      return issue.input === undefined
        ? at('malformed', REQUIRED)
        : at('malformed', `must be one of ${issue.values.map(String).join(', ')}`);
    case 'invalid_format':
      return at('illegal_name', issue.message);
    default:
      return at('malformed', isMissing(issue) ? REQUIRED : issue.message);
  }
}

/** A union's discriminator, or the whole union, that isn't there. */
function isMissing(issue: Issue): boolean {
  if (issue.code !== 'invalid_union') return false;
  if (issue.discriminator === undefined) return issue.input === undefined;
  const given = issue.input;
  return typeof given === 'object' && given !== null && !(issue.discriminator in given);
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function have(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have ' : 'be ';
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

/** As every route names places: `restSearch.where[0][1].value`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`))
    .join('');
}
