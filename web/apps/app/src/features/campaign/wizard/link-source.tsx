import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Wand2 } from "lucide-react";
import { useLinkSettings } from "@/features/link/api/settings";
import type { Slot } from "@/features/template/api/template";
import type { Source } from "../mapping";
import type { SourceProps } from "./slot-fields";

type Link = NonNullable<Source["link"]>;
type Utm = NonNullable<Link["utm"]>;

/** Whether a place can be a tracked link, and if a button cannot, what its template lacks. */
export function useTrackable(slot: Slot): { possible: boolean; hint?: string } {
  const { data } = useLinkSettings();
  const bases = data?.bases.map(({ url }) => url) ?? [];
  if (slot.kind === "text") return { possible: slot.key.includes("body.") && bases.length > 0 };
  if (slot.kind !== "url_suffix" || bases.length === 0) return { possible: false };
  if (bases.some((base) => base.toLowerCase() === slot.before?.toLowerCase())) return { possible: true };
  return {
    possible: false,
    hint: `To count clicks on this button, its address in the template must be ${bases[0]}{{1}}`,
  };
}

const utmParts: { key: keyof Utm; label: string; placeholder: string }[] = [
  { key: "source", label: "Source", placeholder: "whatsapp" },
  { key: "medium", label: "Medium", placeholder: "campaign" },
  { key: "campaign", label: "Campaign", placeholder: "diwali" },
  { key: "content", label: "Content", placeholder: "button" },
];

/** Where a tracked link leads, and what the site's own statistics shall know the visit by. */
export function LinkSource({ source, onChange, error }: SourceProps) {
  const link: Link = source?.link ?? { url: "" };
  const utm = link.utm ?? {};
  const set = (next: Link) => onChange({ link: next });
  const setUtm = (part: Partial<Utm>) => set({ ...link, utm: { ...utm, ...part } });
  return (
    <>
      <Field
        label="Leads to"
        error={error ?? problem(link.url)}
        hint="Each person gets a short link of their own that leads there; who clicks is in the report"
        className="sm:col-span-2"
      >
        <Input
          type="url"
          inputMode="url"
          value={link.url}
          placeholder="https://shop.example.com/diwali"
          onChange={(event) => set({ ...link, url: event.target.value })}
        />
      </Field>
      <details className="sm:col-span-2" open={Object.values(utm).some(Boolean)}>
        <summary className="focus-ring w-fit cursor-pointer rounded-md border border-transparent font-medium text-muted-foreground text-sm hover:text-foreground">
          UTM parameters
        </summary>
        <div className="mt-3 grid gap-3 sm:grid-cols-2">
          {utmParts.map(({ key, label, placeholder }) => (
            <Field key={key} label={label} optional>
              <Input
                dir="auto"
                maxLength={100}
                value={utm[key] ?? ""}
                placeholder={placeholder}
                onChange={(event) => setUtm({ [key]: event.target.value || undefined })}
              />
            </Field>
          ))}
          <Button
            size="sm"
            className="justify-self-start"
            onClick={() => setUtm({ source: "whatsapp", medium: "campaign" })}
          >
            <Wand2 /> Fill in the usual
          </Button>
        </div>
      </details>
    </>
  );
}

/** What is wrong with an address as far as one can see while it is typed. */
function problem(url: string): string | undefined {
  const text = url.trim();
  if (!text || (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text))) return undefined;
  return "Enter a whole web address that begins with https://.";
}
