import type { BacklogResult } from './backlog.ts';
import type { ContentResult } from './content.ts';
import type { IdleResult } from './idle.ts';
import type { LedgerResult } from './ledger.ts';
import type { Machine } from './machine.ts';
import type { MemoryResult } from './memory.ts';
import type { BenchOptions } from './options.ts';
import type { PortalsResult } from './portals.ts';
import type { PostResult } from './post.ts';
import type { SkillFigures, SkillsResult, SkillsState } from './skills.ts';
import type { ProcessUsage } from './usage.ts';

/** Everything of a run, as the JSON file holds it. */
export interface BenchReport {
  startedAt: string;
  seconds: number;
  command: string;
  machine: Machine;
  options: BenchOptions;
  backlog: BacklogResult[];
  skills: SkillsResult[];
  portals: PortalsResult[];
  idle: IdleResult[];
  post: PostResult[];
  memory?: MemoryResult;
  content: ContentResult[];
  ledger?: LedgerResult;
  /** Parts that failed, and how: what they measured is no figure. */
  failures: { part: string; error: string }[];
  processes: ProcessUsage[];
}

type Row = [what: string, figure: string, target: string, verdict: string];

/** A figure without a target. */
function told(what: string, figure: string): Row {
  return [what, figure, '', ''];
}

/** @param isMet undefined when the run was too short to tell. */
function held(what: string, figure: string, target: string, isMet: boolean | undefined): Row {
  return [what, figure, target, isMet === undefined ? '' : isMet ? 'met' : '**missed**'];
}

/** The table that a run prints, in Markdown, so that it can stand in docs/performance.md as it is. */
export function renderReport(report: BenchReport): string {
  const rows: Row[] = [
    ...report.post.flatMap(postRows),
    ...report.idle.map(idleRow),
    ...report.backlog.flatMap(backlogRows),
    ...report.skills.flatMap(skillsRows),
    ...(report.memory === undefined ? [] : memoryRows(report.memory)),
    ...report.content.map(contentRow),
    ...(report.ledger === undefined ? [] : ledgerRows(report.ledger)),
    ...portalsRows(report.portals),
  ];
  const { machine, options } = report;
  return [
    `${report.startedAt}, ${report.seconds.toFixed(0)} s: ${report.command}`,
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, ` +
      `PostgreSQL ${machine.postgresql}, load ${machine.loadAverage.toFixed(1)} before the run, seed ${options.seed}`,
    '',
    table(['what', 'measured', 'target', ''], rows),
    ...report.failures.map(({ part, error }) => `\n**${part} failed**, so it has no figures: ${error}`),
    '',
    table(
      ['process', 'CPU seconds', 'peak MB'],
      byName(report.processes).map(({ name, cpuSeconds, peakMb }) => [name, cpuSeconds.toFixed(1), peakMb.toFixed(0)]),
    ),
  ].join('\n');
}

function backlogRows(result: BacklogResult): Row[] {
  const { naive } = result;
  const at = `backlog of ${result.conversations} at ${result.latencyMs} ms`;
  const calls = Object.entries(result.calls)
    .toSorted(([, a], [, b]) => b - a)
    .map(([route, count]) => `${count} ${route}`);
  const { callsPerConversation, refused429, peakPer10s, peakSearchesPer1s, steadyOfArithmeticLimit: steady } = result;
  return [
    held(
      `${at}: HubSpot calls per conversation`,
      callsPerConversation.toFixed(4),
      '≤ 0.045',
      callsPerConversation <= 0.045,
    ),
    held(`${at}: calls`, `${calls.join(', ')}; ${refused429} refused with 429`, '0 refused', refused429 === 0),
    held(
      `${at}: most burst calls in 10 s, searches in 1 s`,
      `${peakPer10s}, ${peakSearchesPer1s}`,
      '≤ 110, ≤ 5',
      peakPer10s <= 110 && peakSearchesPer1s <= 5,
    ),
    told(
      `${at}: conversations/s, first claim to last written`,
      `${result.perSecond.toFixed(1)} (${result.seconds.toFixed(1)} s)`,
    ),
    told(
      `${at}: the same without the first 10 s`,
      result.steadyPerSecond === undefined ? 'over before that' : result.steadyPerSecond.toFixed(1),
    ),
    held(
      `${at}: of the arithmetic limit (${result.arithmeticLimit.toFixed(0)}/s)`,
      steady === undefined ? 'too short to tell: the first allowance carried it' : percent(steady),
      '≥ 80 %',
      steady === undefined ? undefined : steady >= 0.8,
    ),
    told(
      `${at}: the soonest for the ${result.burstCalls} burst calls used`,
      `${result.soonestSeconds.toFixed(0)} s, ${percent(result.soonestSeconds / result.seconds)} of the time taken`,
    ),
    told(
      `${at}: naive connector, ${naive.conversations} conversations`,
      `${naive.perSecond.toFixed(2)}/s, ${naive.callsPerConversation.toFixed(2)} calls each`,
    ),
    held(`${at}: times the naive connector`, `${result.timesNaive.toFixed(0)} ×`, '≥ 80 ×', result.timesNaive >= 80),
    told(
      `${at}: CPU of the worker`,
      `${((result.workerCpuSeconds * 1_000) / result.conversations).toFixed(2)} ms each`,
    ),
  ];
}

function skillsRows({ latencyMs, idle, draining, backlog }: SkillsResult): Row[] {
  const beside = `skills at ${latencyMs} ms beside a backlog`;
  return [
    ...stateRows(`skills at ${latencyMs} ms on an idle portal`, idle),
    ...stateRows(beside, draining),
    told(
      `${beside}: what was written meanwhile`,
      `${backlog.conversations} conversations, ${backlog.perSecond.toFixed(1)}/s`,
    ),
  ];
}

function stateRows(at: string, { skills, refused429, peakPer10s, peakSearchesPer1s }: SkillsState): Row[] {
  return [
    ...skills.map((figures) => skillRow(at, figures)),
    held(
      `${at}: most burst calls in 10 s, searches in 1 s; refused with 429`,
      `${peakPer10s}, ${peakSearchesPer1s}; ${refused429}`,
      '≤ 110, ≤ 5; 0',
      peakPer10s <= 110 && peakSearchesPer1s <= 5 && refused429 === 0,
    ),
  ];
}

/** Who is told to try again is answered too, and counted beside: the figures are of those who got what they asked for. */
function skillRow(at: string, { skill, runs, answered, p50Ms, p95Ms, p99Ms, again }: SkillFigures): Row {
  const reasons = Object.entries(again).map(([reason, count]) => `${count} ${reason}`);
  const [p50, p95, p99] = [p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(0));
  const times = answered === 0 ? 'none at once' : `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`;
  return held(
    `${at}: ${skill}, ${runs} runs`,
    `${times}; told to try again (3002): ${reasons.join(', ') || '0'}`,
    'p95 ≤ 1 s',
    answered === 0 ? undefined : p95Ms <= 1_000,
  );
}

function portalsRows(results: readonly PortalsResult[]): Row[] {
  return results.map((result) => {
    const alone = results.find(({ backend, workers }) => backend === result.backend && workers === 1);
    const scaled =
      result.workers === 1 || alone === undefined
        ? ''
        : `, ${(result.perSecond / alone.perSecond).toFixed(2)} × one worker`;
    return told(
      `${result.portals} portals, no limits, ${result.workers} worker${result.workers === 1 ? '' : 's'}, queue on ${result.backend}`,
      `${result.perSecond.toFixed(0)} conversations/s${scaled}; ${result.perWorkerCoreSecond.toFixed(0)}/s per core of the workers ` +
        `(CPU s: ${result.workerCpuSeconds.toFixed(1)} workers, ${result.postgresqlCpuSeconds.toFixed(1)} PostgreSQL, ` +
        `${result.simulatorCpuSeconds.toFixed(1)} simulator)`,
    );
  });
}

function idleRow(result: IdleResult): Row {
  return held(
    `idle, close → note, queue on ${result.backend}, ${result.closes} times`,
    `p50 ${result.p50Ms} ms, p95 ${result.p95Ms} ms, p99 ${result.p99Ms} ms; ` +
      `${result.callsPerConversation.toFixed(2)} calls each`,
    'p95 < 300 ms',
    result.p95Ms < 300,
  );
}

function postRows(result: PostResult): Row[] {
  const load = `${result.connections} at once, ${(result.bodyBytes / 1_024).toFixed(1)} kB`;
  const route = `POST /conversations, queue on ${result.backend}`;
  return [
    told(`${route} (${load})`, `${result.perSecond.toFixed(0)}/s, p99 ${result.p99Ms} ms; ${cpuOf(result.cpu.ours)}`),
    told(
      'the bare route in the same rounds',
      `${result.barePerSecond.toFixed(0)}/s, p99 ${result.bareP99Ms} ms; ${cpuOf(result.cpu.bare)}`,
    ),
    held(`${route}: of the bare route`, percent(result.ratio), '≥ 50 %', result.ratio >= 0.5),
  ];
}

function cpuOf({ ownCpuMs, postgresqlCpuMs }: PostResult['cpu']['ours']): string {
  return `CPU ${ownCpuMs.toFixed(2)} ms, PostgreSQL ${postgresqlCpuMs.toFixed(2)} ms each`;
}

function memoryRows(result: MemoryResult): Row[] {
  const { large } = result;
  return [
    held(
      `memory of the worker at delivery ${result.deliveries / 10} and ${result.deliveries}`,
      `${result.atTenth.toFixed(0)} MB, ${result.atEnd.toFixed(0)} MB (peak ${result.peakMb.toFixed(0)} MB)`,
      '< 300 MB',
      result.peakMb < 300,
    ),
    held('growth between them', percent(result.growth - 1), 'within 20 %', Math.abs(result.growth - 1) <= 0.2),
    told(
      `${large.transcripts} transcripts of ${large.megabytesEach} MB: peak memory of the worker`,
      `${large.peakMb.toFixed(0)} MB (${large.notes} notes in ${large.seconds.toFixed(1)} s)`,
    ),
  ];
}

/** Only a megabyte has a target; five show how it grows. */
function contentRow(result: ContentResult): Row {
  const perSecond = (ms: number): string => `${(result.megabytes / (ms / 1_000)).toFixed(1)} MB/s`;
  const line = [
    `${result.megabytes.toFixed(0)} MB, ${result.what}: scrubbed and rendered`,
    `${result.scrubMs.toFixed(0)} ms (${perSecond(result.scrubMs)}) and ${result.renderMs.toFixed(0)} ms ` +
      `(${perSecond(result.renderMs)}); event loop held ${result.longestBlockMs.toFixed(0)} ms at most`,
  ] as const;
  return result.megabytes > 1 ? told(...line) : held(...line, 'scrubbed in < 300 ms', result.scrubMs < 300);
}

/** Only the statistics have a target; pages are there to be seen beside them. */
function ledgerRows({ rows, requests }: LedgerResult): Row[] {
  return requests.map(({ what, medianMs, slowestMs }) => {
    const line = [
      `${what}, of ${rows} conversations`,
      `${medianMs.toFixed(0)} ms, slowest ${slowestMs.toFixed(0)} ms`,
    ] as const;
    return what === 'statistics' ? held(...line, '< 200 ms', medianMs < 200) : told(...line);
  });
}

/** A line for each name: CPU of all its processes, the largest of their peaks. */
function byName(processes: readonly ProcessUsage[]): ProcessUsage[] {
  const names = [...new Set(processes.map(({ name }) => name))];
  return names.map((name) => {
    const those = processes.filter((usage) => usage.name === name);
    return {
      name: those.length === 1 ? name : `${name} (${those.length})`,
      cpuSeconds: those.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      peakMb: those.reduce((most, { peakMb }) => Math.max(most, peakMb), 0),
    };
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
