import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatDate } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Holiday, useHolidayActions, useHolidays } from "./api/holidays";

/** The days on which what repeats does not run. */
export function HolidaysCard({ canWrite }: { canWrite: boolean }) {
  const { data, error, refetch } = useHolidays();
  const { national, remove } = useHolidayActions();
  const list = data?.items ?? [];
  return (
    <Card>
      <CardHeader
        title="Holidays"
        description="Repeating campaigns skip them, or move off them, as each says."
        action={
          canWrite && (
            <Button size="sm" loading={national.isPending} onClick={() => national.mutate({})}>
              Add India's national holidays
            </Button>
          )
        }
      />
      <CardBody className="flex flex-col gap-3">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton className="h-16" />}
        {data && list.length === 0 && (
          <p className="text-muted-foreground text-sm">
            No holidays yet. Add the national ones, and the festivals you keep.
          </p>
        )}
        <ul className="flex flex-col divide-y">
          {list.map((holiday) => (
            <li key={holiday.id} className="flex min-h-10 items-center gap-3 text-sm">
              <span className="min-w-0 flex-1 truncate" dir="auto">
                {holiday.name}
              </span>
              <span className="text-muted-foreground">{dayText(holiday)}</span>
              {canWrite && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Remove ${holiday.name}`}
                  onClick={() => remove.mutate({ params: { path: { id: holiday.id } } })}
                >
                  <X />
                </Button>
              )}
            </li>
          ))}
        </ul>
        <ProblemAlert error={national.error ?? remove.error} />
      </CardBody>
      {canWrite && <AddHoliday />}
    </Card>
  );
}

/** "26 January, every year" or "8 Nov 2026". */
function dayText({ on, yearly }: Holiday): string {
  const at = `${on}T00:00:00Z`;
  if (!yearly) return formatDate(at, "UTC");
  const day = new Intl.DateTimeFormat("en-IN", { day: "numeric", month: "long", timeZone: "UTC" });
  return `${day.format(new Date(at))}, every year`;
}

function AddHoliday() {
  const { add } = useHolidayActions();
  const [name, setName] = useState("");
  const [on, setOn] = useState("");
  const [yearly, setYearly] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const added = await add.mutateAsync({ body: { name, on, yearly } }).catch(() => undefined);
    if (!added) return;
    setName("");
    setOn("");
    setYearly(false);
  };
  return (
    <form noValidate onSubmit={save}>
      <CardFooter className="flex-col items-stretch gap-3">
        <div className="grid gap-3 sm:grid-cols-[1fr_11rem]">
          <Field label="Name of a holiday">
            <Input dir="auto" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label="Day">
            <Input type="date" value={on} onChange={(event) => setOn(event.target.value)} />
          </Field>
        </div>
        <ProblemAlert error={add.error} />
        <div className="flex items-center justify-between gap-3">
          <CheckboxField
            label="Every year"
            checked={yearly}
            onCheckedChange={(on) => setYearly(on === true)}
          />
          <Button type="submit" loading={add.isPending} disabled={!name.trim() || !on}>
            <Plus /> Add
          </Button>
        </div>
      </CardFooter>
    </form>
  );
}
