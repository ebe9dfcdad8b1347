import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type SpawnedProgram, spawnProgram, waitFor } from '@app/testing';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NEST = pathToFileURL(join(ROOT, 'node_modules/@nestjs/core/index.js')).href;
const PLATFORM = pathToFileURL(join(ROOT, 'dist/libs/platform/src/index.js')).href;

/** A process as API and worker are: it says a last thing when everything else has been let go, or when it breaks. */
const PROGRAM = `
import { NestFactory } from '${NEST}';
import { createLogger, endWhenStopped } from '${PLATFORM}';
const logger = createLogger({ level: 'info', name: 'test' });
class Root {}
const speaker = { onApplicationShutdown: () => logger.info('last words') };
const module = { module: Root, providers: [{ provide: 'speaker', useValue: speaker }] };
const app = await NestFactory.createApplicationContext(module, { logger: false });
endWhenStopped(app, logger, { stopWithinSeconds: 60 });
process.on('SIGWINCH', () => {
  logger.info('last words');
  throw new Error('surprise');
});
setInterval(() => {}, 1_000);
logger.info('ready');
`;

let folder: string;
let program: SpawnedProgram;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'last-words-'));
  const file = join(folder, 'program.mjs');
  await writeFile(file, PROGRAM);
  program = spawnProgram({ folder: '.', entry: relative(ROOT, file), env: {} });
  await waitFor(() => program.logs().some(({ msg }) => msg === 'ready'), { what: 'the program to be ready' });
});

afterEach(async () => {
  await program.kill();
  await rm(folder, { recursive: true });
});

describe('the last lines of a process', () => {
  it.each([
    ['it is stopped', 'SIGTERM', 0],
    ['it is interrupted', 'SIGINT', 0],
    ['it breaks', 'SIGWINCH', 1],
  ] as const)('are written when %s', async (_, signal, code) => {
    const exit = await program.kill(signal);
    expect(program.logs().at(-1)).toMatchObject({ msg: 'last words' });
    expect(exit).toEqual({ code, signal: null });
  });
});
