/**
 * One signal for several, until it is released. `AbortSignal.any` would stay registered with a signal that lives as long as
 * the process, call for call.
 */
export function anySignal(signals: readonly (AbortSignal | undefined)[]): { signal: AbortSignal; release: () => void } {
  const any = new AbortController();
  const listening = new AbortController();
  for (const each of signals) {
    if (each?.aborted) any.abort(each.reason);
    else each?.addEventListener('abort', () => any.abort(each.reason), { signal: listening.signal });
  }
  return { signal: any.signal, release: () => listening.abort() };
}
