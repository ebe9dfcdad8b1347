import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '..', '..');

/** The smallest run that still goes through everything: servers, seeding, workers, oracle, table and file. */
const SMALLEST =
  '--only backlog,skills,idle,post,content,ledger --backends redis --latencies 0 --size 30 --runs 2 --beside 30 --naive 3 --closes 2 --rounds 1 --round-seconds 1 --connections 4 --rows 5000';

interface SkillsState {
  skills: { skill: string; runs: number; answered: number; p95Ms: number; again: Record<string, number> }[];
  searches: number;
  refused429: number;
}

async function bench(args: readonly string[]): Promise<{ stdout: string; stderr: string; code: unknown }> {
  const command = [resolve(root, 'tools/bench/main.ts'), ...args];
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] };
  return promisify(execFile)(process.execPath, command, { cwd: root, env }).then(
    (output) => ({ ...output, code: 0 }),
    (error: { stdout: string; stderr: string; code: unknown }) => error,
  );
}

describe('npm run bench', () => {
  it('measures, checks what was written, prints a table and writes the figures to a file', async () => {
    const { stdout, stderr, code } = await bench(SMALLEST.split(' '));
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('| what | measured | target |');
    expect(stdout).toMatch(/HubSpot calls per conversation \| [\d.]+ \| ≤ 0\.045 \| (met|\*\*missed\*\*) \|/);
    const report = JSON.parse(await readFile(resolve(root, stdout.trim().split('\n').at(-1) ?? ''), 'utf8')) as {
      options: { seed: number };
      backlog: { conversations: number; refused429: number; calls: unknown; naive: unknown }[];
      skills: {
        idle: SkillsState;
        draining: SkillsState;
        backlog: { conversations: number; perSecond: number };
      }[];
      idle: { backend: string; closes: number; p95Ms: number }[];
      post: { ratio: number; rounds: unknown[] }[];
      content: { megabytes: number; scrubMs: number; renderMs: number; longestBlockMs: number }[];
      ledger: { rows: number; requests: { what: string; medianMs: number }[] };
      failures: unknown[];
      processes: { name: string; cpuSeconds: number; peakMb: number }[];
    };
    expect(report.options.seed).toBe(20_261_121);
    expect(report.backlog).toMatchObject([
      {
        conversations: 30,
        refused429: 0,
        naive: { conversations: 3 },
        calls: { 'objects.batchCreate': expect.any(Number) },
      },
    ]);
    for (const state of report.skills.flatMap(({ idle, draining }) => [idle, draining])) {
      expect(state.skills.map(({ skill }) => skill)).toEqual(['find_contact', 'create_contact', 'update_contact']);
      // Who was told to try again, as a busy machine may have it, is counted as that, and has no time.
      for (const { runs, answered, p95Ms, again } of state.skills) {
        expect(answered > 0 ? p95Ms : Object.keys(again).length).toBeGreaterThan(0);
        expect(answered === runs || Object.keys(again).length > 0).toBe(true);
      }
      expect([state.refused429, state.searches > 0]).toEqual([0, true]);
    }
    expect(report.skills).toMatchObject([{ idle: { skills: [{ runs: 2 }, { runs: 2 }, { runs: 2 }] } }]);
    expect(stdout).toMatch(/skills at 0 ms beside a backlog: update_contact, \d+ runs \| (p50 \d+ ms|none at once)/);
    expect(report.idle).toMatchObject([{ backend: 'redis', closes: 2 }]);
    expect(report.idle[0]?.p95Ms).toBeGreaterThan(0);
    expect(report.post[0]?.ratio).toBeGreaterThan(0);
    expect(report.content.map(({ megabytes }) => megabytes)).toEqual([1, 1, 5, 5]);
    for (const { scrubMs, renderMs, longestBlockMs } of report.content) {
      expect(Math.min(scrubMs, renderMs, longestBlockMs)).toBeGreaterThan(0);
      // In slices: the longest turn is a part of it.
      expect(longestBlockMs).toBeLessThan(scrubMs);
    }
    expect(report.failures).toEqual([]);
    expect(report.ledger.requests.every(({ medianMs }) => medianMs > 0)).toBe(true);
    expect(report.ledger.requests.map(({ what }) => what)).toContain('statistics');
    for (const name of ['simulator', 'postgresql', 'api', 'worker', 'bare route']) {
      const usage = report.processes.find((entry) => entry.name === name);
      expect(usage?.cpuSeconds).toBeGreaterThan(0);
      expect(usage?.peakMb).toBeGreaterThan(0);
    }
  }, 300_000);

  it('says what its options are when it doesn’t know one', async () => {
    const { stderr, code } = await bench(['--only', 'backlogs']);
    expect(code).toBe(1);
    expect(stderr).toContain('--only: there is no backlogs');
    expect(stderr).toContain('--latencies 0,150');
  });
});
