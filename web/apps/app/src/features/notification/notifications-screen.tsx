import { Button } from "@aerostic/ui/button";
import { Card } from "@aerostic/ui/card";
import { Link } from "@tanstack/react-router";
import { Settings } from "lucide-react";
import { Page, PageBody } from "@/features/shell/page";
import { useUnread } from "./api/notifications";
import { ReadAll } from "./bell";
import { NotificationList } from "./notification-list";

/** Everything somebody was told, as a page: what the bell leads to on a phone. */
export function NotificationsScreen() {
  const unread = useUnread();
  return (
    <Page
      title="Notifications"
      actions={
        <>
          <ReadAll unread={unread} />
          <Button asChild variant="ghost" size="icon-sm">
            <Link to="/settings/notifications" aria-label="Notification settings">
              <Settings aria-hidden />
            </Link>
          </Button>
        </>
      }
    >
      <PageBody width="form">
        <Card className="overflow-hidden">
          <NotificationList />
        </Card>
      </PageBody>
    </Page>
  );
}
