/** The environment can't be used; the message names each variable and what is expected, never what was found. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration can't be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

interface Fallback<T> {
  /** Without one the variable is required. */
  fallback?: T;
}

/** Reads typed variables and collects what is wrong with them, so that an operator mends everything in one go. */
export class EnvironmentReader {
  private readonly problems: string[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  optional(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === '' ? undefined : value;
  }

  matching(name: string, { fallback, pattern, like }: Fallback<string> & { pattern: RegExp; like: string }): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) return this.reject(name, `is required (${like})`, '');
    return pattern.test(value) ? value : this.reject(name, `must be like: ${like}`, '');
  }

  oneOf(name: string, { fallback, values }: Fallback<string> & { values: readonly string[] }): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) return this.reject(name, 'is required', '');
    return values.includes(value) ? value : this.reject(name, `must be one of ${values.join(', ')}`, '');
  }

  integer(name: string, { fallback, min, max }: Fallback<number> & { min: number; max: number }): number {
    const text = this.optional(name);
    const value = text === undefined ? fallback : Number(text);
    if (value === undefined) return this.reject(name, 'is required', min);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    return this.reject(name, `must be a whole number from ${min} to ${max}`, min);
  }

  optionalInteger(name: string, range: { min: number; max: number }): number | undefined {
    return this.optional(name) === undefined ? undefined : this.integer(name, range);
  }

  url(name: string, { fallback, protocols }: Fallback<string> & { protocols: readonly string[] }): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) return this.reject(name, `is required (${protocols.join(' or ')}//…)`, '');
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value.replace(/\/+$/, '');
    return this.reject(name, `must be a URL that begins with ${protocols.join(' or ')}//`, '');
  }

  optionalUrl(name: string, options: { protocols: readonly string[] }): string | undefined {
    return this.optional(name) === undefined ? undefined : this.url(name, options);
  }

  list(name: string): string[] {
    const entries = (this.optional(name) ?? '').split(',').map((entry) => entry.trim());
    const present = entries.filter((entry) => entry !== '');
    return present.length > 0 ? present : this.reject(name, 'is required', []);
  }

  reject(name: string, problem: string): void;
  reject<T>(name: string, problem: string, placeholder: T): T;
  reject<T>(name: string, problem: string, placeholder?: T): T | undefined {
    this.problems.push(`${name} ${problem}`);
    return placeholder;
  }

  /** @throws ConfigurationError when anything was rejected. */
  complain(): void {
    if (this.problems.length > 0) throw new ConfigurationError(this.problems);
  }
}
