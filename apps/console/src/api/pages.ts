import { infiniteQueryOptions } from '@tanstack/react-query';

interface PageOf<Item> {
  data: Item[];
  nextCursor?: string;
}

/** A list that is read page by page, as `cursor` and `nextCursor` of the API's lists. */
export function pagesOf<Item>(
  queryKey: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}
