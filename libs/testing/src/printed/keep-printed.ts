import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunVariable } from '../run/run-variables.js';

/**
 * Puts what a program printed where the end of the run looks for secrets. `spawnProgram` does so by itself; this is for
 * what was printed elsewhere, into a log file for one.
 * @param program as the run names it when it finds something; the same name again is appended to
 */
export function keepPrinted(program: string, text: string | Buffer): void {
  const folder = join(readRunVariable('THREADLINE_TEST_FOLDER'), 'printed');
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${encodeURIComponent(program)}.log`), text);
}
