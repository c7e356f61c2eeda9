import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { CopyButton } from "@aerostic/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useAddDomain } from "./api/add-domain";
import { useRemoveDomain } from "./api/remove-domain";
import { type LinkDomain, useLinkSettings } from "./api/settings";
import { useUseDomain } from "./api/use-domain";
import { useVerifyDomain } from "./api/verify-domain";

/** Where tracked links stand: the workspace's own address, or a domain it proved. */
export function DomainsCard({ canWrite }: { canWrite: boolean }) {
  const { data, error, refetch } = useLinkSettings();
  const base = data?.bases[0]?.url;
  return (
    <Card>
      <CardHeader
        title="Tracked links"
        description="The domain people see in links whose clicks are counted"
      />
      <CardBody className="flex flex-col gap-1">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!error && !data && <Skeleton className="w-1/2" />}
        {data && base && (
          <>
            <p className="text-muted-foreground text-xs">New links begin with</p>
            <p className="flex items-center gap-2">
              <code className="min-w-0 truncate text-sm">{base}</code>
              <CopyButton value={base} what="the beginning of links" />
            </p>
          </>
        )}
        {data && !base && (
          <p className="text-muted-foreground text-sm">
            This installation gives workspaces no address of their own. Add a domain to track clicks.
          </p>
        )}
      </CardBody>
      {data && data.domains.length > 0 && (
        <ul className="divide-y border-t">
          {data.domains.map((domain) => (
            <li key={domain.id} className="flex flex-col gap-3 p-4">
              <Domain domain={domain} canWrite={canWrite} />
            </li>
          ))}
        </ul>
      )}
      {canWrite && data && <AddDomain />}
    </Card>
  );
}

function Domain({ domain, canWrite }: { domain: LinkDomain; canWrite: boolean }) {
  const verify = useVerifyDomain();
  const use = useUseDomain();
  const [removing, setRemoving] = useState(false);
  const path = { id: domain.id };
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 basis-40 truncate font-medium text-sm">{domain.host}</span>
        <Badge tone={domain.verifiedAt ? (domain.inUse ? "success" : "neutral") : "warning"} dot>
          {domain.verifiedAt ? (domain.inUse ? "In use" : "Proven") : "Not proven"}
        </Badge>
        {canWrite && domain.verifiedAt && (
          <Button
            size="sm"
            loading={use.isPending}
            onClick={() => use.mutate({ params: { path }, body: { inUse: !domain.inUse } })}
          >
            {domain.inUse ? "Stop using it" : "Use for new links"}
          </Button>
        )}
        {canWrite && !domain.verifiedAt && (
          <>
            <Button
              size="sm"
              loading={verify.isPending}
              onClick={async () => {
                const answer = await verify.mutateAsync({ params: { path } });
                if (answer.verifiedAt) toast.success(`${domain.host} is yours`);
              }}
            >
              Check now
            </Button>
            <Button
              size="icon-sm"
              variant="ghost"
              aria-label={`Remove ${domain.host}`}
              onClick={() => setRemoving(true)}
            >
              <X />
            </Button>
          </>
        )}
      </div>
      {!domain.verifiedAt && <Record domain={domain} />}
      <ProblemAlert error={verify.error ?? use.error} />
      {removing && <RemoveDialog domain={domain} onClose={() => setRemoving(false)} />}
    </>
  );
}

/** What to enter at the domain's provider. */
function Record({ domain: { recordName, record, host, problem } }: { domain: LinkDomain }) {
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-muted/60 p-3">
      <p className="text-xs">
        Where you bought the domain, add this TXT record, and let {host} lead to this installation over https.
      </p>
      <DescriptionList>
        {[
          { label: "Name", value: recordName },
          { label: "Value", value: record },
        ].map(({ label, value }) => (
          <DescriptionItem key={label} label={label}>
            <span className="flex items-center gap-2">
              <code className="min-w-0 break-all text-xs">{value}</code>
              <CopyButton value={value} what={`the ${label.toLowerCase()}`} />
            </span>
          </DescriptionItem>
        ))}
      </DescriptionList>
      {problem && <p className="text-warning text-xs">{problem}</p>}
    </div>
  );
}

function RemoveDialog({ domain, onClose }: { domain: LinkDomain; onClose: () => void }) {
  const remove = useRemoveDomain();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Remove ${domain.host}?`}
      description="It was not proven, so no link stands on it."
      confirm="Remove"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: domain.id } } });
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}

function AddDomain() {
  const add = useAddDomain();
  const [host, setHost] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ body: { host } }, { onSuccess: () => setHost("") });
  };
  return (
    <form noValidate onSubmit={submit}>
      <CardFooter className="flex-col items-stretch gap-3">
        <Field label="A domain of your own" hint="Such as go.example.com; people trust a name they know">
          <Input
            value={host}
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setHost(event.target.value)}
          />
        </Field>
        <ProblemAlert error={add.error} />
        <Button type="submit" className="self-start" loading={add.isPending} disabled={!host.trim()}>
          Add domain
        </Button>
      </CardFooter>
    </form>
  );
}
