import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatPercent } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { useState } from "react";
import { type Reading, useTryConsent } from "./api/try";

const meanings: Record<Reading["does"], string> = {
  stop: "Stops, by a word",
  start: "Starts again, by a word",
  understood: "Understood: marketing stops, and you can undo it",
  asks: "Not certain: waits for you to decide",
  nothing: "Nothing happens",
};

/** Tries what a message would do. */
export function TryCard() {
  const [text, setText] = useState("");
  const trial = useTryConsent();
  return (
    <Card>
      <CardHeader
        title="Try a message"
        description="By the saved words. Nothing is sent and nothing changes."
      />
      <CardBody>
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            trial.mutate({ body: { text } });
          }}
        >
          <Field label="A customer writes">
            <Input
              dir="auto"
              maxLength={1000}
              placeholder="mat bhejo abhi, kal bhejna"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" loading={trial.isPending} disabled={!text.trim()}>
              Try
            </Button>
            <span role="status" className="flex items-center gap-2 text-sm">
              {trial.data && (
                <>
                  <Badge tone={trial.data.does === "nothing" ? "neutral" : "info"}>
                    {meanings[trial.data.does]}
                  </Badge>
                  {trial.data.score > 0 && trial.data.score < 1 && (
                    <span className="text-muted-foreground text-xs">
                      {formatPercent(trial.data.score, 1)} sure it asks to stop
                    </span>
                  )}
                </>
              )}
            </span>
          </div>
          <ProblemAlert error={trial.error} />
        </form>
      </CardBody>
    </Card>
  );
}
