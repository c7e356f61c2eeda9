import { createFileRoute } from "@tanstack/react-router";
import { NotificationsScreen } from "@/features/notification/notifications-screen";

export const Route = createFileRoute("/_app/notifications")({ component: NotificationsScreen });
