import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Checkbox } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Select } from "@aerostic/ui/select";
import type { Preferences } from "./api/preferences";
import { events, turned, ways } from "./ways";

interface CardProps {
  preferences: Preferences;
  onChange: (part: Partial<Preferences>) => void;
}

const waits = [5, 15, 30, 60, 240];

const minutes = (n: number) => (n < 60 ? `${n} minutes` : n === 60 ? "1 hour" : `${n / 60} hours`);

/** Each event and each way to be told of it. */
export function WaysCard({ preferences, onChange }: CardProps) {
  const options = [...new Set([...waits, preferences.mailAfter])].sort((a, b) => a - b);
  return (
    <Card>
      <CardHeader
        title="What you are told, and how"
        description="What you do yourself is never told to you."
      />
      <CardBody className="flex flex-col gap-4">
        <table className="w-full text-sm">
          <thead>
            <tr className="text-muted-foreground text-xs">
              <th scope="col" className="pb-2 text-left font-normal">
                <span className="sr-only">Event</span>
              </th>
              {ways.map(({ way, label }) => (
                <th key={way} scope="col" className="w-18 pb-2 text-center font-normal max-sm:w-13">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          {events.map(({ group, items }) => (
            <tbody key={group}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={4}
                  className="pt-3 pb-1 text-left font-medium text-2xs text-muted-foreground"
                >
                  {group}
                </th>
              </tr>
              {items.map(({ event, label }) => (
                <tr key={event} className="border-t">
                  <th scope="row" className="py-2.5 pr-2 text-left font-normal">
                    {label}
                  </th>
                  {ways.map(({ way, label: how }) => (
                    <td key={way}>
                      <span className="flex justify-center">
                        <Checkbox
                          aria-label={`${label}: ${how}`}
                          checked={preferences.ways[event]?.includes(way) ?? false}
                          onCheckedChange={(on) =>
                            onChange({ ways: turned(preferences.ways, event, way, on === true) })
                          }
                        />
                      </span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
        <Field
          label="Mail what I have not read after"
          hint="What waits by then comes in one mail."
          className="max-w-xs"
        >
          <Select
            options={options.map((n) => ({ value: String(n), label: minutes(n) }))}
            value={String(preferences.mailAfter)}
            onValueChange={(value) => onChange({ mailAfter: Number(value) })}
          />
        </Field>
      </CardBody>
    </Card>
  );
}
