import { useEffect, useRef } from "react";
import { Button } from "./button";

interface DataTableFootProps {
  span: number;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
}

/** Fetches the next page when the end comes into view; the button does the same for the keyboard. */
export function DataTableFoot({ span, hasMore, loadingMore, onLoadMore }: DataTableFootProps) {
  const row = useRef<HTMLTableRowElement>(null);
  const waiting = Boolean(hasMore && onLoadMore && !loadingMore);
  useEffect(() => {
    if (!waiting || !row.current || !("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onLoadMore?.(), {
      rootMargin: "400px",
    });
    observer.observe(row.current);
    return () => observer.disconnect();
  }, [waiting, onLoadMore]);
  if (!hasMore || !onLoadMore) return null;
  return (
    <tfoot>
      <tr ref={row}>
        <td colSpan={span} className="h-13 text-center">
          <Button variant="ghost" size="sm" loading={loadingMore} onClick={onLoadMore}>
            {loadingMore ? "Loading" : "Load more"}
          </Button>
        </td>
      </tr>
    </tfoot>
  );
}
