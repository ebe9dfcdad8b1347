import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface Chunk {
  type: 'chunk' | 'asset';
  code?: string;
  isEntry?: boolean;
  imports?: string[];
}

/** Fails the build when the entry with all it imports at once grows beyond the limit. Pages that load later don't count. */
export function limitFirstPage(limitKb: number): Plugin {
  return {
    name: 'limit-first-page',
    apply: 'build',
    generateBundle(_options, bundle) {
      const sizes = firstPageSizes(bundle);
      const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
      const said = sizes.map(({ name, kb }) => `  ${kb.toFixed(1).padStart(6)} kB  ${name}`).join('\n');
      if (total > limitKb) {
        this.error(`The first page loads ${total.toFixed(1)} kB of JavaScript, more than ${limitKb}:\n${said}`);
      }
      this.info(`first page: ${total.toFixed(1)} kB of JavaScript, of at most ${limitKb}`);
    },
  };
}

/** @returns the chunks of the first page, each with its size after gzip. */
export function firstPageSizes(bundle: Readonly<Record<string, Chunk>>): { name: string; kb: number }[] {
  const needed = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (needed.has(name) || chunk?.type !== 'chunk') return;
    needed.add(name);
    chunk.imports?.forEach(add);
  };
  for (const [name, chunk] of Object.entries(bundle)) if (chunk.isEntry) add(name);
  return [...needed].map((name) => ({ name, kb: gzipSync(bundle[name]?.code ?? '').length / 1_000 }));
}
