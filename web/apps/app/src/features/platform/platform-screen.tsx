import { Segmented } from "@aerostic/ui/segmented";
import { useNavigate } from "@tanstack/react-router";
import { Page, PageToolbar } from "@/features/shell/page";
import type { TenantOrder } from "./api/tenants";
import { SetAsides } from "./set-asides";
import { Workspaces } from "./workspaces";

const tabs = [
  { value: "workspaces", label: "Workspaces" },
  { value: "webhooks", label: "Set-aside webhooks" },
] as const;

export type PlatformTab = (typeof tabs)[number]["value"];

/** The operator's view across workspaces. */
export function PlatformScreen({
  tab = "workspaces",
  sort = "name",
}: {
  tab?: PlatformTab;
  sort?: TenantOrder;
}) {
  const navigate = useNavigate({ from: "/platform" });
  return (
    <Page
      title="Platform"
      toolbar={
        <PageToolbar>
          <Segmented<PlatformTab>
            label="View"
            value={tab}
            onValueChange={(next) => navigate({ search: { tab: next === "workspaces" ? undefined : next } })}
            options={[...tabs]}
          />
          {tab === "workspaces" && (
            <Segmented<TenantOrder>
              label="Order"
              className="ml-auto"
              value={sort}
              onValueChange={(next) => navigate({ search: { sort: next === "name" ? undefined : next } })}
              options={[
                { value: "name", label: "By name" },
                { value: "newest", label: "Newest" },
              ]}
            />
          )}
        </PageToolbar>
      }
    >
      {tab === "workspaces" ? <Workspaces sort={sort} /> : <SetAsides />}
    </Page>
  );
}
