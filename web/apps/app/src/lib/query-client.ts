import { ApiError } from "@aerostic/api-client";
import { QueryClient } from "@tanstack/react-query";

const retries = 2;

/** Tries again what may heal by itself, never what the server refused; writes are never repeated. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < retries && mayHeal(error),
      },
      mutations: { retry: false },
    },
  });
}

function mayHeal(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}
