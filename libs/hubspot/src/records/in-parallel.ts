/**
 * Runs `work` on every item, at most `limit` at a time, and answers in the items' order. After the first failure nothing
 * new is begun; what is under way ends before it is thrown.
 */
export async function inParallel<I, O>(
  items: readonly I[],
  limit: number,
  work: (item: I) => Promise<O>,
): Promise<O[]> {
  const results: O[] = [];
  const queue = items.entries();
  let failure: { error: unknown } | undefined;
  const workThrough = async (): Promise<void> => {
    for (const [index, item] of queue) {
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
      if (failure !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, workThrough));
  if (failure !== undefined) throw failure.error;
  return results;
}

/** Consecutive slices of at most `size`. */
export function slicesOf<I>(items: readonly I[], size: number): I[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
