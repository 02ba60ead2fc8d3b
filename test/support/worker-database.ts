/** Setup of every test file that uses the database: all files of a worker share one. */
import { afterAll } from "vitest";
import { closeDb } from "@/lib/database/client";
import { createDatabase } from "./database";
import { setTestEnvironment } from "./environment";
import { installReadyMadeKeys } from "./key-pairs";

const worker = globalThis as { testDatabase?: Promise<string> };
worker.testDatabase ??= createDatabase();
setTestEnvironment(await worker.testDatabase);
installReadyMadeKeys();

afterAll(() => closeDb());
