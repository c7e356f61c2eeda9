import { createFileRoute } from "@tanstack/react-router";
import { NumbersScreen } from "@/features/channel/numbers-screen";

export const Route = createFileRoute("/_app/numbers")({ component: NumbersScreen });
