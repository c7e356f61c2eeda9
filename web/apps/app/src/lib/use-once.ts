import { ApiError, idempotencyKey } from "@aerostic/api-client";
import { useRef } from "react";

type Headers = ReturnType<typeof idempotencyKey>;

/**
 * For POSTs that create, send or pay: `once(body, (headers) => mutateAsync({ body, headers }))`.
 * When the answer was lost, pressing the button again with the same content repeats the same key, so
 * it happens once; after an answer the next press is a new action.
 */
export function useOnce() {
  const open = useRef<{ content: string; headers: Headers }>(undefined);
  return async <Answer>(body: unknown, call: (headers: Headers) => Promise<Answer>): Promise<Answer> => {
    const content = JSON.stringify(body);
    if (open.current?.content !== content) open.current = { content, headers: idempotencyKey() };
    try {
      const answer = await call(open.current.headers);
      open.current = undefined;
      return answer;
    } catch (error) {
      if (!outcomeUnknown(error)) open.current = undefined;
      throw error;
    }
  };
}

function outcomeUnknown(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
