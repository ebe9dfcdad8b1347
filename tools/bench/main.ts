// npm run bench: what Threadline does at HubSpot's limit, measured against the simulator and beside the naive way.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { buildIfStale } from '../build/build.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import { measureBacklog } from './backlog.ts';
import { measureContent } from './content.ts';
import { measureIdle } from './idle.ts';
import { describeMachine } from './machine.ts';
import { measureMemory } from './memory.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { measurePortals } from './portals.ts';
import { measurePost } from './post.ts';
import { type BenchReport, renderReport } from './report.ts';
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
    portals: [],
    idle: [],
    post: [],
    content: [],
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
}

/** One after the other: two at once would measure each other. */
async function measureAll(stage: Stage, options: BenchOptions, report: BenchReport): Promise<void> {
  const begun = performance.now();
  const announce = (what: string): void => {
    console.error(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(5)} s  ${what}`);
  };
  for (const part of options.parts) {
    switch (part) {
      case 'backlog':
        for (const latencyMs of options.latencies) {
          announce(`backlog of ${options.size} conversations at ${latencyMs} ms`);
          report.backlog.push(await measureBacklog(stage, options, latencyMs));
        }
        break;
      case 'portals':
        announce(`${options.portals} portals with ${options.perPortal} conversations each, by one worker and by two`);
        report.portals = await measurePortals(stage, options);
        break;
      case 'idle':
        for (const backend of options.backends) {
          announce(`${options.closes} conversations one at a time, queue on ${backend}`);
          report.idle.push(await measureIdle(stage, options, backend));
        }
        break;
      case 'post':
        for (const backend of options.backends) {
          announce(`POST /conversations and the bare route in turns, queue on ${backend}`);
          report.post.push(await measurePost(stage, options, backend));
        }
        break;
      case 'memory':
        announce(`memory over ${options.deliveries} deliveries, and over ${options.large} transcripts of 5 MB`);
        report.memory = await measureMemory(stage, options);
        break;
      case 'content':
        announce('texts on their way: scrubbed and rendered in this process');
        report.content = await measureContent(root, options.seed);
        break;
    }
  }
}
