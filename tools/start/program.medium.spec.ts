import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LogRelay } from './log-relay.ts';
import { Program } from './program.ts';
import { Terminal } from './terminal.ts';

let folder: string;
let program: Program | undefined;
const said: string[] = [];
const pids: number[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'program-'));
  said.length = 0;
  pids.length = 0;
});

afterEach(async () => {
  await program?.stop(1_000);
  await rm(folder, { recursive: true });
});

async function make(script: string): Promise<Program> {
  const terminal = new Terminal();
  jest.spyOn(terminal, 'notice').mockImplementation((name, severity, text) => {
    said.push(`${name} ${severity} ${text}`);
  });
  await writeFile(join(folder, 'script.mjs'), script);
  program = new Program({
    name: 'api',
    args: [join(folder, 'script.mjs')],
    cwd: folder,
    env: process.env,
    log: new LogRelay({ name: 'api', path: join(folder, 'api.log'), terminal }),
    terminal,
    ready: { line: (line) => line.includes('ready') },
    onSpawn: async (pid) => {
      pids.push(pid);
    },
  });
  return program;
}

async function until(fact: () => boolean): Promise<void> {
  for (let waited = 0; !fact() && waited < 10_000; waited += 20) await delay(20);
}

describe('Program', () => {
  it('is up when it says so, and ends when it is stopped', async () => {
    const api = await make('setTimeout(() => console.log("ready"), 100); setInterval(() => {}, 1000);');
    await api.start();
    expect(process.kill(pids[0] ?? 0, 0)).toBe(true);
    await api.stop(1_000);
    expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
    expect(said).toEqual([]);
  });

  it('is started again when it ends by itself, and says so', async () => {
    const api = await make('console.log("ready"); setInterval(() => {}, 1000);');
    await api.start();
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => said.length === 2);
    expect(said).toEqual(['api warn ended by itself (SIGKILL); starting it again in 1 s', 'api info is back']);
    expect(pids).toHaveLength(2);
  });

  it('is killed when it does not end in time', async () => {
    const api = await make('process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000);');
    await api.start();
    await api.stop(100);
    expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
  });

  it('reports a start that fails with the end of its log, and does not try again', async () => {
    const api = await make('console.log(JSON.stringify({ level: "error", msg: "no such host" })); process.exit(7);');
    await expect(api.start()).rejects.toThrow('The api did not start (exit code 7).\nno such host');
    await delay(1_200);
    expect(pids).toHaveLength(1);
  });

  it('brings warnings and worse to the terminal, in one clean line each, and everything to the log', async () => {
    const lines = [
      '{"level":"info","msg":"quiet"}',
      '{"level":"warn","msg":"typed \\u001b[2J\\nby a customer"}',
      '{"level":50,"msg":"failed","err":{"message":"no route"}}',
      'not JSON',
      'ready',
    ];
    const api = await make(
      `for (const line of ${JSON.stringify(lines)}) console.log(line);
       console.error("(node:1) Warning: deprecated\\n    at a stack"); setInterval(() => {}, 1000);`,
    );
    await api.start();
    await until(() => said.length === 3);
    expect(said.toSorted()).toEqual([
      'api error (node:1) Warning: deprecated',
      'api error failed: no route',
      expect.stringContaining('api warn typed'),
    ]);
    await api.stop(1_000);
    await until(() => pids.length === 1);
    expect(await readFile(join(folder, 'api.log'), 'utf8')).toContain(lines.slice(0, 5).join('\n'));
  });
});
