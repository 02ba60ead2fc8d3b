/** The client that the playground prepares. */
import { expect, it, vi } from "vitest";
import { db } from "@/lib/database/client";
import { env } from "@/lib/env";
import { getClient } from "@/lib/oauth/clients/clients";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someApp } from "@/test/support/factories";
import { someClient, someScopes } from "@/test/support/oauth";

const developer = { userId: "" };
vi.mock(import("next/headers"), async (original) => ({
  ...(await original()),
  headers: async () => new Headers({ origin: TEST_PUBLIC_URL, "sec-fetch-site": "same-origin" }) as never,
}));
vi.mock(import("next/cache"), async (original) => ({ ...(await original()), revalidatePath: () => {} }));
vi.mock("@/app/_server/dashboard-session", () => ({ findDeveloper: async () => developer }));
const { preparePlaygroundAction } = await import("./actions");

async function prepare(appId: string) {
  const form = new FormData();
  form.set("app_id", appId);
  return preparePlaygroundAction({ ok: false } as never, form) as Promise<{ ok: boolean; data: { clientId: string } }>;
}

it("is never one that registered itself under the same name and redirect URI", async () => {
  const app = await someApp();
  developer.userId = app.ownerId;
  await someScopes(app);
  const redirect_uris = [`${env().PUBLIC_URL}/dashboard/apps/${app.id}/playground`];
  const impostor = await someClient(app, { client_name: "Playground", redirect_uris });
  await db().oAuthClient.update({ where: { appId_id: { appId: app.id, id: impostor.id } }, data: { source: "dcr" } });
  const first = await prepare(app.id);
  expect(first).toMatchObject({ ok: true });
  expect(first.data.clientId).not.toBe(impostor.id);
  expect((await getClient(app.id, impostor.id)).scopes).not.toContain("photos:read");
  expect((await prepare(app.id)).data.clientId).toBe(first.data.clientId);
});
