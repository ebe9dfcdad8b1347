import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Terminal } from './terminal.ts';

/** A log is put aside at a start when it has grown past this; one earlier log is kept. */
const ROTATE_BYTES = 20 * 1024 * 1024;

/** pino's numbers, for programs that log levels as numbers. */
const LEVELS: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };
const WARN = 40;
const ERROR = 50;

/** Takes a program's lines: all of them into its log file, what is a warning or worse to the terminal as well. */
export class LogRelay {
  private readonly file: WriteStream;
  private readonly name: string;
  private readonly terminal: Terminal;
  private fileBroken = false;
  private readonly end: string[] = [];

  constructor({ name, path, terminal }: { name: string; path: string; terminal: Terminal }) {
    this.name = name;
    this.terminal = terminal;
    if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
    this.file = createWriteStream(path, { flags: 'a', mode: 0o600 });
    this.file.on('error', (error) => {
      if (!this.fileBroken) terminal.notice(name, 'error', `its log can't be written: ${error.message}`);
      this.fileBroken = true;
    });
  }

  /** @param onLine sees every line of the stream first, e.g. to learn that the program is ready. */
  follow(
    stream: Readable,
    { isErrorStream, onLine }: { isErrorStream: boolean; onLine?: (line: string) => void },
  ): void {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      onLine?.(line);
      if (!this.fileBroken) this.file.write(`${line}\n`);
      this.end.push(line);
      if (this.end.length > 20) this.end.shift();
      this.show(line, isErrorStream);
    });
  }

  /** The last lines, for the message about a program that didn't start. */
  lastLines(count = 8): string {
    return this.end
      .slice(-count)
      .map((line) => messageOf(line) ?? line)
      .join('\n');
  }

  close(): void {
    this.file.end();
  }

  private show(line: string, isErrorStream: boolean): void {
    const entry = parse(line);
    if (entry) {
      const level = typeof entry.level === 'number' ? entry.level : LEVELS[String(entry.level)];
      if (level !== undefined && level >= WARN) {
        this.terminal.notice(this.name, level >= ERROR ? 'error' : 'warn', messageOf(line) ?? line);
      }
    } else if (isErrorStream && /^\S/.test(line)) {
      // Not from the logger: Node's own complaints. The indented lines of a stack stay in the file.
      this.terminal.notice(this.name, 'error', line);
    }
  }
}

interface LogEntry {
  level?: unknown;
  msg?: unknown;
  err?: { message?: unknown };
}

function messageOf(line: string): string | undefined {
  const entry = parse(line);
  if (!entry) return undefined;
  const message = typeof entry.msg === 'string' ? entry.msg : '';
  const cause = typeof entry.err?.message === 'string' ? entry.err.message : '';
  if (message === '' && cause === '') return undefined;
  return cause === '' || message.includes(cause) ? message : [message, cause].filter(Boolean).join(': ');
}

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}
