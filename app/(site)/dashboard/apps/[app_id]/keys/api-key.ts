/** An API key as the dashboard lists it. */
import type { listApiKeys } from "@/lib/apps/api-keys";

export type ApiKeyItem = Awaited<ReturnType<typeof listApiKeys>>[number];
