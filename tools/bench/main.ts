// npm run bench: what Threadline does at HubSpot's limit, measured against the simulator and beside the naive way.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { buildIfStale } from '../build/build.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import { measureBacklog } from './backlog.ts';
import { measureContent } from './content.ts';
import { measureIdle } from './idle.ts';
import { measureLedger } from './ledger.ts';
import { describeMachine } from './machine.ts';
import { measureMemory } from './memory.ts';
import { type BenchOptions, type Part, readOptions } from './options.ts';
import { measurePortals } from './portals.ts';
import { measurePost } from './post.ts';
import { type BenchReport, renderReport } from './report.ts';
import { measureSkills } from './skills.ts';
import { openStage, type Stage } from './stage.ts';

/** Git-ignored. */
const FOLDER = '.data/bench';

const root = resolve(import.meta.dirname, '..', '..');
let stage: Stage | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void stage?.stop().finally(() => process.exit(130)));
}

try {
  const args = process.argv.slice(2);
  await bench(readOptions(args), args);
} catch (error) {
  console.error(error instanceof PlainFailure ? `\n${error.message}\n` : error);
  process.exitCode = 1;
} finally {
  await stage?.stop();
}

async function bench(options: BenchOptions, args: readonly string[]): Promise<void> {
  const built = await buildIfStale(root, () => console.error('building api, worker and simulator …'));
  if (built.outcome === 'failed') throw new PlainFailure(built.output);
  const startedAt = new Date();
  const report: BenchReport = {
    startedAt: startedAt.toISOString(),
    seconds: 0,
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    machine: describeMachine(),
    options,
    backlog: [],
    skills: [],
    portals: [],
    idle: [],
    post: [],
    content: [],
    failures: [],
    processes: [],
  };
  stage = await openStage(root);
  try {
    await measureAll(stage, options, report);
  } finally {
    // Also when a part failed: what the ones before it measured took its time.
    report.processes = stage.meter.report();
    report.seconds = (Date.now() - startedAt.getTime()) / 1_000;
    await mkdir(join(root, FOLDER), { recursive: true });
    const file = join(root, FOLDER, `${report.startedAt.replaceAll(':', '-')}.json`);
    await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`${renderReport(report)}\n\n${relative(process.cwd(), file)}`);
  }
  if (report.failures.length > 0) process.exitCode = 1;
}

/** One after the other: two at once would measure each other. A part that fails leaves the others their figures. */
async function measureAll(stage: Stage, options: BenchOptions, report: BenchReport): Promise<void> {
  const begun = performance.now();
  for (const { part, what, measure } of options.parts.flatMap((name) => stepsOf(name, stage, options, report))) {
    console.error(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(5)} s  ${what}`);
    try {
      await measure();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      report.failures.push({ part, error: message });
      console.error(`         failed: ${message}`);
      await stage.clear();
    }
  }
}

interface Step {
  part: string;
  what: string;
  measure: () => Promise<void>;
}

function stepsOf(part: Part, stage: Stage, options: BenchOptions, report: BenchReport): Step[] {
  switch (part) {
    case 'backlog':
      return options.latencies.map((latencyMs) => ({
        part: `${part} at ${latencyMs} ms`,
        what: `backlog of ${options.size} conversations at ${latencyMs} ms`,
        measure: async () => void report.backlog.push(await measureBacklog(stage, options, latencyMs)),
      }));
    case 'skills':
      return options.latencies.map((latencyMs) => ({
        part: `${part} at ${latencyMs} ms`,
        what: `skills at ${latencyMs} ms, on an idle portal and beside a backlog of ${options.beside}`,
        measure: async () => void report.skills.push(await measureSkills(stage, options, latencyMs)),
      }));
    case 'idle':
      return options.backends.map((backend) => ({
        part: `${part} on ${backend}`,
        what: `${options.closes} conversations one at a time, queue on ${backend}`,
        measure: async () => void report.idle.push(await measureIdle(stage, options, backend)),
      }));
    case 'post':
      return options.backends.map((backend) => ({
        part: `${part} on ${backend}`,
        what: `POST /conversations and the bare route in turns, queue on ${backend}`,
        measure: async () => void report.post.push(await measurePost(stage, options, backend)),
      }));
    case 'memory': {
      const what = `memory over ${options.deliveries} deliveries, and over ${options.large} transcripts of 5 MB`;
      return [{ part, what, measure: async () => void (report.memory = await measureMemory(stage, options)) }];
    }
    case 'content': {
      const what = 'texts on their way: scrubbed and rendered in this process';
      const measure = async (): Promise<void> => void (report.content = await measureContent(root, options.seed));
      return [{ part, what, measure }];
    }
    case 'ledger': {
      const what = `the ledger of ${options.rows} conversations`;
      return [{ part, what, measure: async () => void (report.ledger = await measureLedger(stage, options)) }];
    }
    case 'portals': {
      const what = `${options.portals} portals with ${options.perPortal} conversations each, by one worker and by two`;
      return [{ part, what, measure: async () => void (report.portals = await measurePortals(stage, options)) }];
    }
  }
}
