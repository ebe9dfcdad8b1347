import type { Method } from '../serve/api-route.js';
import type { FaultAction } from './fault-actions.js';

/** When and how the simulator misbehaves. Every condition that is left out matches everything. */
export interface FaultRule {
  readonly id: string;
  readonly hubId?: number;
  readonly method?: Method;
  /** A path with `*` for any run of characters, for example `/crm/objects/*` + `/notes/batch/create`. */
  readonly path?: string;
  /** A route's name, or a prefix ending in `*`, for example `objects.batchCreate` or `search.*`. */
  readonly route?: string;
  /** That many matching calls pass untouched first; 2 makes the third call fail. */
  readonly skip?: number;
  /** That many calls are hit, then the rule rests; default without end. */
  readonly times?: number;
  /** Share of matching calls that are hit, 0 to 1, drawn from `seed`; default 1. */
  readonly probability?: number;
  readonly seed?: number;
  readonly actions: readonly FaultAction[];
}

export interface FaultedCall {
  readonly hubId: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly route: string;
}

interface Armed {
  readonly rule: FaultRule;
  readonly path: RegExp | undefined;
  readonly random: () => number;
  matched: number;
  hit: number;
}

/** The rules in force, in the order in which they were set; the first that hits a call decides over it. */
export class FaultRules {
  private armed: Armed[] = [];
  private nextId = 1;

  add(rule: Omit<FaultRule, 'id'> & { readonly id?: string }): FaultRule {
    const named: FaultRule = { ...rule, id: rule.id ?? `fault-${this.nextId++}` };
    this.remove(named.id);
    this.armed.push({
      rule: named,
      path: named.path === undefined ? undefined : globToPattern(named.path),
      random: seededRandom(named.seed ?? 1),
      matched: 0,
      hit: 0,
    });
    return named;
  }

  remove(id: string): boolean {
    const before = this.armed.length;
    this.armed = this.armed.filter(({ rule }) => rule.id !== id);
    return this.armed.length < before;
  }

  clear(hubId?: number): void {
    this.armed = hubId === undefined ? [] : this.armed.filter(({ rule }) => rule.hubId !== hubId);
  }

  list(): readonly (FaultRule & { readonly matched: number; readonly hit: number })[] {
    return this.armed.map(({ rule, matched, hit }) => ({ ...rule, matched, hit }));
  }

  /** What befalls this call; empty when nothing does. */
  strike(call: FaultedCall): readonly FaultAction[] {
    for (const armed of this.armed) {
      const { rule } = armed;
      if (!matches(armed, call)) continue;
      armed.matched++;
      if (armed.matched <= (rule.skip ?? 0)) continue;
      if (armed.hit >= (rule.times ?? Infinity)) continue;
      if (rule.probability !== undefined && armed.random() >= rule.probability) continue;
      armed.hit++;
      return rule.actions;
    }
    return noActions;
  }
}

const noActions: readonly FaultAction[] = [];

function matches({ rule, path }: Armed, call: FaultedCall): boolean {
  if (rule.hubId !== undefined && rule.hubId !== call.hubId) return false;
  if (rule.method !== undefined && rule.method !== call.method) return false;
  if (path !== undefined && !path.test(call.path)) return false;
  if (rule.route === undefined) return true;
  return rule.route.endsWith('*') ? call.route.startsWith(rule.route.slice(0, -1)) : call.route === rule.route;
}

const globToPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

/** A small deterministic generator (mulberry32): the same seed draws the same calls in every run. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
