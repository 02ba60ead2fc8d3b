/** Replaces FOYER_SECRET in a running process. Outside of tests this takes a restart. */
import type { LRUCache } from "lru-cache";
import { env, setRuntime } from "@/lib/env";
import { processState } from "@/lib/process-state";
import { forgetState } from "./process-state";

/** `secrets` has the format of FOYER_SECRET, e.g. `2:new…,1:old…`. Deletes all derived keys. */
export function setMasterKeys(secrets: string): void {
  setRuntime({ databaseUrl: env().DATABASE_URL ?? "", secret: secrets });
  forgetState("master-keys");
  processState<Pick<LRUCache<string, Buffer>, "clear"> | null>("derived-keys", () => null)?.clear();
}
