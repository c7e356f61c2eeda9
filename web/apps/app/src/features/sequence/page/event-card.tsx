import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CopyButton } from "@aerostic/ui/copy-button";
import { Link } from "@tanstack/react-router";
import { useFormat } from "@/lib/format";
import { useEvents } from "../api/events";
import type { Sequence } from "../api/sequence";
import { eventValues, exampleRequest } from "../sequence";

/** How a shop tells the event, and the latest that came. */
export function EventCard({ sequence: { id, published } }: { sequence: Sequence }) {
  const event = published?.trigger.event ?? "";
  const { data } = useEvents(event);
  const format = useFormat();
  const request = exampleRequest(window.location.origin, event, eventValues(published?.steps ?? []));
  return (
    <Card>
      <CardHeader
        title="Tell the event"
        description="The same eventId is taken once, however often you send it. Without create, only people you know come in"
        action={
          <CopyButton value={request} what="request">
            Copy
          </CopyButton>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <pre className="scroll-pane overflow-x-auto rounded-lg bg-muted p-3 font-mono text-xs" tabIndex={0}>
          {request}
        </pre>
        <div className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">The latest events</h3>
          {data?.items.length === 0 && <p className="text-muted-foreground text-sm">None has come yet.</p>}
          <ul className="flex flex-col gap-1.5">
            {data?.items.map(({ eventId, at, contactId, contactCreated, sequences }) => {
              const entered = sequences.some(({ sequenceId, entered }) => sequenceId === id && entered);
              return (
                <li key={eventId} className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
                  <Link
                    to="/contacts/$id"
                    params={{ id: contactId }}
                    className="min-w-0 truncate rounded-sm font-mono text-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                  >
                    {eventId}
                  </Link>
                  <span className="text-muted-foreground text-xs">
                    {entered ? "Came in" : "Not let in again"}
                    {contactCreated && ", a new contact"} · {format.dateTime(at)}
                  </span>
                </li>
              );
            })}
          </ul>
        </div>
      </CardBody>
    </Card>
  );
}
