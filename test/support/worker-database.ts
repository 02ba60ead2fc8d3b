/** For each test file of the unit project: a database, an environment, and an end. */
import { afterAll, afterEach } from "vitest";
import { freezeClock } from "@/lib/clock";
import { closeDb } from "@/lib/database/client";
import { createDatabase } from "./database";
import { setTestEnvironment } from "./environment";

setTestEnvironment(await createDatabase());

afterEach(() => freezeClock(null));
afterAll(() => closeDb());
