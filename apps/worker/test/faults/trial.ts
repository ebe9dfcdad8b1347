import { randomInt } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultAction, FaultRule } from '@app/testing';
import { type PortalContents, readPortal } from '../read-portal.js';
import type { DeliveryAnswer } from '../tenant-api.js';
import { type Customer, Customers, makeBacklog } from './backlog.js';
import { handOver, replayFailed } from './client.js';
import { type House, settled, type Tenant, type TenantOptions } from './house.js';
import { type AcknowledgedConversation, findWrongs, type FoundEntry } from './oracle.js';
import { findOverruns } from './overruns.js';
import { type Random, randomFrom } from './random.js';

/** Of the whole run: given, or drawn and told in every failure. */
const SEED = Number(process.env['FAULTS_SEED'] ?? randomInt(1_000_000));

/** Limits that were overrun are told, and are no failure. */
const REPORT_BUDGET = process.env['FAULTS_BUDGET'] === 'report';

/** How long it may take until everything is settled, from the end of the faults: two settle times, and backoff. */
const BOUND_MS = 150_000;

export interface Conclusion {
  /** Deliveries that failed before they were replayed. */
  failed: DeliveryAnswer[];
}

/** One tenant's conversations under one kind of fault, from the portal as it was to the verdict. */
export class Trial {
  readonly random: Random;
  readonly conversations: AcknowledgedConversation[] = [];
  readonly survivors = new Map<string, string>();
  readonly deleted = new Set<string>();
  /** What was done, in words: told when it goes wrong. */
  readonly plan: string[] = [];
  private readonly begunAt = performance.now();
  private posted = 0;
  private burst: number;
  /** Refusals for a limit that were part of the fault. */
  expected429 = 0;

  private constructor(
    readonly name: string,
    readonly house: House,
    readonly tenant: Tenant,
    /** Grows by what other people make meanwhile. */
    readonly before: PortalContents,
  ) {
    this.random = randomFrom(SEED, name);
    this.burst = tenant.burst;
  }

  static async open(house: House, { name, ...options }: TenantOptions & { name: string }): Promise<Trial> {
    const tenant = await house.openTenant(options);
    return new Trial(name, house, tenant, await readPortal({ ...house, ...tenant }));
  }

  note(line: string): void {
    this.plan.push(`${((performance.now() - this.begunAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  }

  /** So many conversations, acknowledged: of drawn customers, or of those given. */
  async handOver(customers: number | readonly Customer[], { long }: { long?: number } = {}): Promise<void> {
    const drawing = new Customers(this.random, this.before.contacts);
    const drawn = typeof customers === 'number' ? Array.from({ length: customers }, () => drawing.draw()) : customers;
    const name = `${this.name.replaceAll(/\W+/g, '-')}-${(this.posted += 1)}`;
    const backlog = makeBacklog({ random: this.random, name, customers: drawn, long });
    this.note(`hands over ${backlog.length} conversations, ${name}-*`);
    this.conversations.push(...(await handOver(this.tenant, backlog)));
  }

  async misbehave(rule: Omit<FaultRule, 'hubId'>): Promise<string> {
    const { hubId } = this.tenant;
    const { id } = await this.house.simulator.control.addFault({ hubId, ...rule });
    this.note(
      `${id}: ${rule.route ?? rule.path ?? 'every call'} ${JSON.stringify({ ...rule, actions: undefined })} ${describeActions(rule.actions)}`,
    );
    return id;
  }

  /** From now on the portal allows so many calls in any 10 s, and says so in the headers of its answers. */
  async allow(burst: number): Promise<void> {
    const { control } = this.house.simulator;
    await control.changePortal(this.tenant.hubId, { limits: { staticPer10s: burst, oauthPer10s: burst } });
    // Connecting took calls too.
    await control.resetLimits();
    await control.resetStats(this.tenant.hubId);
    this.burst = burst;
    this.note(`the portal allows ${burst} calls in 10 s`);
  }

  /** How often a rule has hit. */
  async hits(id: string): Promise<number> {
    return (await this.house.simulator.control.faults()).find((rule) => rule.id === id)?.hit ?? 0;
  }

  async endFaults(): Promise<void> {
    this.expected429 += await this.count429();
    await this.house.simulator.control.clearFaults(this.tenant.hubId);
    this.note('the faults end');
  }

  private async count429(): Promise<number> {
    const rules = (await this.house.simulator.control.faults()).filter(({ hubId }) => hubId === this.tenant.hubId);
    const refusing = rules.filter(({ actions }) =>
      actions.some((each) => each.kind === 'status' && each.status === 429),
    );
    return refusing.reduce((sum, { hit }) => sum + hit, 0);
  }

  /**
   * The verdict: ends the faults, waits for everything to settle, replays what failed once whoever had to act has acted,
   * and asks the oracle.
   */
  async conclude({
    boundMs = BOUND_MS,
    mend,
  }: { boundMs?: number; mend?: () => Promise<unknown> } = {}): Promise<Conclusion> {
    await this.endFaults();
    await settled(this.tenant, { timeoutMs: boundMs });
    await mend?.();
    const failed = await replayFailed(this.tenant);
    if (failed.length > 0) {
      this.note(`replays ${failed.length} failed deliveries`);
      await settled(this.tenant, { timeoutMs: boundMs });
    }
    const speechless = failed.filter(({ detail = '', reason = '' }) => detail.length < 20 || reason === '');
    const wrongs = [
      ...speechless.map(({ id }) => `failed delivery ${id} does not say what to do`),
      ...this.house.crashes(),
      ...(await this.findWrongs()),
      ...(await this.findOverruns()),
    ];
    if (wrongs.length > 0) {
      const told = wrongs.slice(0, 25).join('\n  ');
      throw new Error(`${wrongs.length} things are wrong:\n  ${told}`);
    }
    return { failed };
  }

  /** For whoever looks into it: what was done and sent, the portal and the ledger. @returns the file. */
  async keep(): Promise<string> {
    const file = join(await mkdtemp(join(tmpdir(), 'threadline-faults-')), `${this.name.replaceAll(/\W+/g, '-')}.json`);
    const { plan, conversations } = this;
    const portal = await readPortal({ ...this.house, ...this.tenant });
    const deliveries = await this.tenant.api().deliveries();
    const { lastCalls } = await this.house.simulator.control.stats(this.tenant.hubId, { last: 10_000 });
    await writeFile(file, JSON.stringify({ seed: SEED, plan, conversations, deliveries, portal, lastCalls }, null, 1));
    return file;
  }

  private async findWrongs(): Promise<string[]> {
    const after = await readPortal({ ...this.house, ...this.tenant });
    const alive = new Set(after.contacts.map(({ id }) => id));
    const found = (type: FoundEntry['type']) => (entry: PortalContents['notes'][number]) => ({
      ...entry,
      type,
      contactIds: entry.contactIds.filter((id) => alive.has(id)),
    });
    return findWrongs(
      {
        conversations: this.conversations,
        contacts: this.before.contacts,
        entriesBefore: new Set([...this.before.notes, ...this.before.calls].map(({ id }) => id)),
        onNoMatch: 'create',
        survivors: this.survivors,
        deleted: this.deleted,
      },
      {
        contacts: after.contacts,
        entries: [...after.notes.map(found('note')), ...after.calls.map(found('call'))],
        deliveries: await this.tenant.api().deliveries(),
      },
    );
  }

  private async findOverruns(): Promise<string[]> {
    const stats = await this.house.simulator.control.stats(this.tenant.hubId);
    const overruns = findOverruns(stats, { burst: this.burst, expected429: this.expected429 });
    if (!REPORT_BUDGET) return overruns;
    for (const overrun of overruns) process.stderr.write(`${this.name}: ${overrun}\n`);
    return [];
  }
}

/**
 * Opens a tenant, lets `work` do its harm, and expects that every acknowledged conversation has its one right outcome in
 * the end. Says which seed it was when that fails.
 */
export async function expectRightOutcomes(
  house: House,
  options: TenantOptions & { name: string },
  work: (trial: Trial) => Promise<void>,
): Promise<void> {
  const trial = await Trial.open(house, options);
  try {
    await work(trial);
    await trial.conclude();
  } catch (error) {
    const reason = error instanceof Object && 'message' in error ? String(error.message) : String(error);
    const told = trial.plan.slice(-60).join('\n  ');
    const kept = await trial.keep().catch((problem: unknown) => `could not be kept: ${String(problem)}`);
    throw new Error(`With seed ${SEED}: ${reason}\n\nAll of it: ${kept}\n\nWhat was done:\n  ${told}`, {
      cause: error,
    });
  }
}

function describeActions(actions: readonly FaultAction[]): string {
  return actions.map(({ kind, ...rest }) => `${kind} ${JSON.stringify(rest)}`).join(', then ');
}
