import { createFileRoute } from "@tanstack/react-router";
import { NotificationSettingsScreen } from "@/features/notification/settings-screen";

export const Route = createFileRoute("/_app/settings_/notifications")({
  component: NotificationSettingsScreen,
});
