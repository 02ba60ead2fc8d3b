import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import {
  createRegistrationToken,
  findRegistrationToken,
  listRegistrationTokens,
  revokeRegistrationToken,
} from "@/lib/oauth/registration/tokens";
import { someApp, type TestApp } from "@/test/support/factories";
import { OPERATOR } from "@/test/support/oauth";
import { parseCommand } from "../parse";
import { loadCommands } from "./list";

let app: TestApp;
let neighbor: TestApp;
beforeAll(async () => {
  [app, neighbor] = [await someApp(), await someApp()];
});
afterEach(() => freezeClock(null));

async function run(line: string): Promise<Record<string, string>> {
  const { command, flags } = parseCommand(await loadCommands("registration-tokens"), line.split(" "));
  return (await command.run(flags)) as Record<string, string>;
}

describe("a registration token", () => {
  it("is stored as a hash, works any number of times, and only in its app", async () => {
    const { token, registration_token_id: id } = await createRegistrationToken(app.id, {}, OPERATOR);
    const row = await db().registrationToken.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id } } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await findRegistrationToken(app.id, token)).toBe(id);
    expect(await findRegistrationToken(app.id, token)).toBe(id);
    expect(await findRegistrationToken(neighbor.id, token)).toBeNull();
    const [listed] = await listRegistrationTokens(app.id);
    expect(listed).toMatchObject({ registration_token_id: id, status: "active", expires_at: null });
    expect(listed?.last_used_at).not.toBeNull();
    expect(JSON.stringify(listed)).not.toContain(token);
  });

  it("expires", async () => {
    const { token } = await createRegistrationToken(app.id, { expires_in: 3600 }, OPERATOR);
    freezeClock(new Date(nowMs() + 3_599_000));
    expect(await findRegistrationToken(app.id, token)).not.toBeNull();
    freezeClock(new Date(nowMs() + 2000));
    expect(await findRegistrationToken(app.id, token)).toBeNull();
    expect((await listRegistrationTokens(app.id))[0]?.status).toBe("expired");
  });

  it("can be revoked, twice, but not by another app", async () => {
    const { token, registration_token_id: id } = await createRegistrationToken(app.id, {}, OPERATOR);
    await expect(revokeRegistrationToken(neighbor.id, id, OPERATOR)).rejects.toMatchObject({ status: 404 });
    await revokeRegistrationToken(app.id, id, OPERATOR);
    await revokeRegistrationToken(app.id, id, OPERATOR);
    expect(await findRegistrationToken(app.id, token)).toBeNull();
    const where = { appId: app.id, type: "registration_token.revoked", targetId: id };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("is created, listed and revoked by the CLI", async () => {
    const created = await run(`registration-tokens create --app ${app.id} --expires 7d`);
    expect(created).toMatchObject({ registration_token_id: expect.stringMatching(/^rgt_/), token: expect.any(String) });
    expect(Date.parse(created.expires_at ?? "") - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const { registration_tokens: listed } = await run(`registration-tokens list --app ${app.id}`);
    expect(listed?.[0]).toMatchObject({ registration_token_id: created.registration_token_id });
    await run(`registration-tokens revoke --app ${app.id} --token-id ${created.registration_token_id}`);
    expect(await findRegistrationToken(app.id, created.token ?? "")).toBeNull();
    await expect(run(`registration-tokens create --app ${app.id} --expires soon`)).rejects.toThrow(/number and a unit/);
  });
});
