import { createFileRoute } from "@tanstack/react-router";
import { UploadScreen } from "@/features/import/upload-screen";

export const Route = createFileRoute("/_app/contacts/import/")({ component: UploadScreen });
