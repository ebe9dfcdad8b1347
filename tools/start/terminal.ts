import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const LABEL_WIDTH = 12;

/** What the launcher says. Colours only where a terminal shows them (styleText also honours NO_COLOR). */
export class Terminal {
  constructor() {
    // The terminal window may be closed while things are still being stopped.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  }

  title(text: string): void {
    this.write(`\n${paint('bold', text)}\n\n`);
  }

  /** One thing that is up, or is being done. */
  step(label: string, text: string): void {
    this.write(`  ${paint('green', label.padEnd(LABEL_WIDTH))} ${text}\n`);
  }

  heading(text: string): void {
    this.write(`\n  ${paint('bold', text)}\n`);
  }

  row(label: string, text: string): void {
    this.write(`  ${label.padEnd(LABEL_WIDTH)} ${text}\n`);
  }

  /** Printed as it stands, from the first column, so that it can be copied whole. */
  block(text: string): void {
    this.write(`\n${text}\n`);
  }

  /** A line about, or from, one of the programs. */
  notice(program: string, severity: 'info' | 'warn' | 'error', text: string): void {
    const style: Style = severity === 'error' ? 'red' : severity === 'warn' ? 'yellow' : 'cyan';
    this.write(`  ${paint(style, program.padEnd(LABEL_WIDTH))} ${paint(style, severity.padEnd(5))} ${oneLine(text)}\n`);
  }

  failure(text: string): void {
    process.stderr.write(`\n${paint('red', text.trimEnd())}\n\n`);
  }

  private write(text: string): void {
    process.stdout.write(text);
  }
}

/** Log lines quote what people typed; none of it may move the cursor or break the line. */
function oneLine(text: string): string {
  const clean = stripVTControlCharacters(text)
    // oxlint-disable-next-line no-control-regex -- control characters are what is being removed
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}

function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
