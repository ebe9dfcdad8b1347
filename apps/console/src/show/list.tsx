import { Button, Center } from '@mantine/core';
import type { ReactNode } from 'react';
import { toProblem } from '../api/problem.js';
import { Failed, Loading } from './states.js';

interface ListProps<Item> {
  /** Of a query made by `pagesOf`. */
  query: {
    data: readonly Item[] | undefined;
    error: Error | null;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  /** In the plural: "API keys". */
  what: string;
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}

/** A list in all its states: loading, failed, empty, there, and with more to come. */
export function List<Item>({ query, what, empty, children }: ListProps<Item>) {
  if (query.data === undefined) {
    if (query.error === null) return <Loading lines={5} label={`Loading ${what}`} />;
    return (
      <Failed title={`${what} can’t be shown`} problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data.length === 0) return empty;
  return (
    <>
      {children(query.data)}
      {query.hasNextPage && (
        <Center mt="lg">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </>
  );
}
