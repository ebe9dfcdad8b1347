import { defaultSettings } from './portal-settings.js';

/** Types of settings whose default tells nothing of them. */
const NULLABLE: Readonly<Record<string, string>> = {
  uiDomain: 'string',
  defaultCountry: 'string',
  'limits.oauthPer10s': 'number',
  'limits.staticPer10s': 'number',
  'limits.searchPerSecond': 'number',
  'limits.daily': 'number',
};

/** Values that more than the type decides over. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  accountType: ['STANDARD', 'DEVELOPER_TEST', 'SANDBOX', 'APP_DEVELOPER'],
  'flags.internationalSearchableForm': ['e164', 'digits'],
  'flags.mergeMode': ['same', 'new'],
  'flags.mergedAssociationTarget': ['refuse', 'follow'],
  'flags.lifecycleBackward': ['ignore', 'refuse'],
  'flags.accessTokenAfterUninstall': ['dead', 'alive'],
};

/**
 * What is wrong with a change of portal settings, so that a misspelt or mistyped one never passes for a set one;
 * undefined when nothing is.
 */
export function settingsProblem(change: Readonly<Record<string, unknown>>): string | undefined {
  return groupProblem(change, defaultSettings(0) as unknown as Record<string, unknown>, '');
}

function groupProblem(
  change: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, unknown>>,
  prefix: string,
): string | undefined {
  for (const [key, value] of Object.entries(change)) {
    const name = `${prefix}${key}`;
    if (!(key in known)) return `unknown setting: ${name}`;
    if (['flags', 'limits', 'latency'].includes(name)) {
      if (typeof value !== 'object' || value === null) return `${name} must be an object`;
      const problem = groupProblem(value as Record<string, unknown>, known[key] as Record<string, unknown>, `${name}.`);
      if (problem) return problem;
      continue;
    }
    const problem = valueProblem(name, value, known[key]);
    if (problem) return problem;
  }
  return undefined;
}

function valueProblem(name: string, value: unknown, byDefault: unknown): string | undefined {
  if (value === null && name in NULLABLE) return undefined;
  const wanted = NULLABLE[name] ?? (Array.isArray(byDefault) ? 'list' : typeof byDefault);
  const given = Array.isArray(value) ? 'list' : typeof value;
  if (given !== wanted) return `${name} must be a ${wanted}, was a ${given}`;
  if (typeof value === 'number' && !(value >= 0)) return `${name} must be 0 or more`;
  const choices = CHOICES[name];
  if (choices && !choices.includes(value)) return `${name} must be one of ${choices.join(', ')}`;
  if (name === 'timeZone' && !isTimeZone(String(value))) return `timeZone ${String(value)} is not known`;
  return undefined;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
