import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.js';

/** Twice more where the same request may succeed later; what was refused is refused again. */
const RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < RETRIES && error instanceof Problem && error.retryable,
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      mutations: { retry: false },
    },
  });
}
