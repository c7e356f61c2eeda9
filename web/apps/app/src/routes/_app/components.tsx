import { createFileRoute } from "@tanstack/react-router";
import { Gallery } from "@/features/gallery/gallery";

// In no menu: a catalogue for those who build screens.
export const Route = createFileRoute("/_app/components")({ component: Gallery });
