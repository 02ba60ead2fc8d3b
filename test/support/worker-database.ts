/** Setup of every test file that uses the database: the worker's database, which all files of a worker share. */
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
