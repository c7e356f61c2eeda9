import { cn } from "@aerostic/ui/lib/cn";
import { CircleAlert, TriangleAlert } from "lucide-react";
import type { Finding } from "./api/lint";
import { isError } from "./draft";

/** What the server says against one part of the form; red keeps it from being submitted. */
export function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1" aria-live="polite">
      {findings.map((finding) => (
        <li
          key={`${finding.rule} ${finding.place} ${finding.sentence}`}
          className={cn(
            "flex items-start gap-1.5 text-xs",
            isError(finding) ? "text-destructive" : "text-warning",
          )}
        >
          {isError(finding) ? (
            <CircleAlert aria-label="Error" className="mt-px size-3.5 shrink-0" />
          ) : (
            <TriangleAlert aria-label="Warning" className="mt-px size-3.5 shrink-0" />
          )}
          {finding.sentence}
        </li>
      ))}
    </ul>
  );
}

/** "27 / 1024" in characters as Meta counts them; red past the limit. */
export function Counter({ text, limit }: { text: string; limit: number }) {
  const count = [...text].length;
  return (
    <span className={cn(count > limit && "font-medium text-destructive")}>
      {count} / {limit}
    </span>
  );
}
