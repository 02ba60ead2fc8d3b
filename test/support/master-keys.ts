/** Replaces FOYER_SECRET in a running process, which only a restart does outside of tests. */
import type { LRUCache } from "lru-cache";
import { env, setRuntime } from "@/lib/env";
import { processState } from "@/lib/process-state";
import { forgetState } from "./process-state";

/** `secrets` as in FOYER_SECRET, e.g. `2:new…,1:old…`. Keys derived from the former ones are forgotten. */
export function setMasterKeys(secrets: string): void {
  setRuntime({ databaseUrl: env().DATABASE_URL ?? "", secret: secrets });
  forgetState("master-keys");
  processState<Pick<LRUCache<string, Buffer>, "clear"> | null>("derived-keys", () => null)?.clear();
}
