import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ENTRIES } from '../build/build.ts';
import { type Expected, makeBacklog } from './conversations.ts';
import { type Backend, type House, openHouse } from './house.ts';
import type { BenchOptions } from './options.ts';
import { verifyPortal } from './oracle.ts';
import type { Portal } from './simulator.ts';
import type { Stage } from './stage.ts';
import { connectByToken, recordAll, type Tenant } from './tenant.ts';

export interface PortalsResult {
  backend: Backend;
  workers: number;
  portals: number;
  conversations: number;
  seconds: number;
  perSecond: number;
  workerCpuSeconds: number;
  /** Conversations for each second that one core spent in workers. */
  perWorkerCoreSecond: number;
  postgresqlCpuSeconds: number;
  simulatorCpuSeconds: number;
}

interface Office {
  tenant: Tenant;
  portal: Portal;
  /** All runs together: what the portal must hold at the end. */
  expected: Expected[];
}

const WORKERS = [1, 2] as const;
/** Commands that start at once; each is a short-lived Node. */
const COMMANDS_AT_ONCE = 2;

/** Many portals with backlogs at the same time and nothing but this machine to limit them. */
export async function measurePortals(stage: Stage, options: BenchOptions): Promise<PortalsResult[]> {
  const results: PortalsResult[] = [];
  const [firstBackend = 'postgresql'] = options.backends;
  let house = await openHouse(stage, { backend: firstBackend });
  const offices = await openOffices(stage, house, options.portals);
  for (const backend of options.backends) {
    if (backend !== firstBackend) {
      await house.stop();
      house = await openHouse(stage, { backend, on: house });
      for (const office of offices) office.tenant = { ...office.tenant, url: house.tenant.url };
    }
    for (const workers of WORKERS) results.push(await measure(stage, house, offices, { options, backend, workers }));
  }
  await house.stop();
  for (const { portal, expected } of offices) await verifyPortal(stage.simulator, portal.hubId, expected);
  return results;
}

async function measure(
  stage: Stage,
  house: House,
  offices: readonly Office[],
  { options, backend, workers }: { options: BenchOptions; backend: Backend; workers: number },
): Promise<PortalsResult> {
  for (const [index, office] of offices.entries()) {
    const backlog = await makeBacklog(stage.simulator, office.portal.hubId, {
      size: options.perPortal,
      seed: options.seed + index,
      tag: `${backend}${workers}p${index}`,
      // Numbers of one portal must not repeat: two contacts with the same one would be a tie.
      from: office.expected.length,
    });
    office.expected.push(...backlog);
    await recordAll(
      office.tenant,
      backlog.map(({ conversation }) => conversation),
    );
  }
  // All workers are up before the first of them begins.
  await house.holdBack();
  const started = await Promise.all(Array.from({ length: workers }, house.startWorker));
  const names = ['worker', 'postgresql', 'simulator'] as const;
  const cpuBefore = names.map((name) => stage.meter.cpuSeconds(name));
  const { open: conversations } = await house.countDeliveries();
  await house.letGo();
  // From when the first were seen to be written: the sweep comes when it comes.
  let begun: { at: number; open: number } | undefined;
  await house.settled({
    onCount: ({ open }) => {
      if (open < conversations) begun ??= { at: performance.now(), open };
    },
  });
  const seconds = (performance.now() - (begun?.at ?? 0)) / 1_000;
  const [worker = 0, postgresql = 0, simulator = 0] = names.map(
    (name, index) => stage.meter.cpuSeconds(name) - (cpuBefore[index] ?? 0),
  );
  await Promise.all(started.map((program) => program.stop()));
  return {
    backend,
    workers,
    portals: offices.length,
    conversations,
    seconds,
    perSecond: (begun?.open ?? 0) / seconds,
    workerCpuSeconds: worker,
    perWorkerCoreSecond: conversations / worker,
    postgresqlCpuSeconds: postgresql,
    simulatorCpuSeconds: simulator,
  };
}

/** A tenant for each portal, made by the operator's command, connected and enabled. */
async function openOffices(stage: Stage, house: House, count: number): Promise<Office[]> {
  const offices: Office[] = [];
  const waiting = Array.from({ length: count }, (_, index) => index);
  const open = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const apiKey = `tl_live_${randomBytes(32).toString('base64url')}`;
      const email = `admin${index}@tenant.example`;
      await promisify(execFile)(
        process.execPath,
        [join(stage.root, ENTRIES.admin), 'ensure-tenant', '--name', `Office ${index}`, '--admin-email', email],
        {
          cwd: stage.root,
          env: {
            ...house.env,
            PATH: process.env['PATH'],
            ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
            ADMIN_API_KEY: apiKey,
          },
        },
      );
      const tenant = { url: house.tenant.url, apiKey };
      const portal = await stage.simulator.createPortal({ limited: false });
      await connectByToken(tenant, portal);
      offices.push({ tenant, portal, expected: [] });
    }
  };
  await Promise.all(Array.from({ length: COMMANDS_AT_ONCE }, open));
  return offices;
}
