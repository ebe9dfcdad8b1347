import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** Complete lines of a file with the offset behind each; what follows the last newline is not a line. */
export function* readLines(path: string): Iterable<{ readonly line: string; readonly end: number }> {
  const descriptor = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    let position = 0;
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      const data = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let newline = data.indexOf(NEWLINE); newline !== -1; newline = data.indexOf(NEWLINE, start)) {
        yield { line: data.toString('utf8', start, newline), end: position + newline + 1 };
        start = newline + 1;
      }
      rest = data.subarray(start);
      position += start;
    }
  } finally {
    closeSync(descriptor);
  }
}
