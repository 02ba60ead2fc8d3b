import { beforeAll, describe, expect, it } from "vitest";
import { emailAddress, someApp, someDeveloper, someEmail, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { freezeClock, now } from "../clock";
import { getApp } from "./apps";
import { acceptInvitation, inviteMember, listInvitations, readInvitation, withdrawInvitation } from "./invitations";
import { listMembers } from "./members";

const BY = { type: "developer", id: "usr_alice" } as const;

let app: TestApp;
beforeAll(async () => {
  app = await someApp("Photo Blog");
});

async function invited(email = someEmail("carol"), of = app) {
  const invitation = { email: emailAddress(email), role: "admin", inviter: "alice@example.com" } as const;
  await inviteMember(await getApp(of.id), invitation, BY);
  return { email, ...(await lastMail(email)) };
}

async function accept(token: string, developer: { id: string; email: string }, of = app) {
  return acceptInvitation(await getApp(of.id), token, { developerId: developer.id, email: developer.email });
}

async function roleOf(developerId: string): Promise<string | undefined> {
  return (await listMembers(app.id)).find((member) => member.developer_id === developerId)?.role;
}

describe("a team invitation", () => {
  it("names app, inviter and role, and adds the developer with the invited email address once", async () => {
    const carol = await someDeveloper();
    const { token, content } = await invited(carol.email);
    expect(content.subject).toBe("alice@example.com invited you to join Photo Blog");
    expect(await readInvitation(await getApp(app.id), token)).toMatchObject({ payload: { role: "admin" } });
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => accept(token, carol)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await roleOf(carol.id)).toBe("admin");
    await expect(accept(token, carol)).rejects.toMatchObject({ status: 400, code: "invalid_invitation" });
  });

  it("is rejected for another developer with the link, and stays valid", async () => {
    const [carol, eve] = [await someDeveloper(), await someDeveloper()];
    const { token } = await invited(carol.email);
    await expect(accept(token, eve)).rejects.toMatchObject({ status: 403, code: "another_address" });
    expect(await roleOf(eve.id)).toBeUndefined();
    await accept(token, carol);
  });

  it("expires after seven days, can be revoked, and is replaced by a newer one", async () => {
    const carol = await someDeveloper();
    const first = await invited(carol.email);
    const second = await invited(carol.email);
    await expect(accept(first.token, carol)).rejects.toMatchObject({ status: 400 });
    const waiting = (await listInvitations(app.id)).filter(({ email }) => email === carol.email);
    expect(waiting).toHaveLength(1);
    await withdrawInvitation(app.id, waiting[0]?.id ?? "", BY);
    await expect(accept(second.token, carol)).rejects.toMatchObject({ status: 400 });
    await expect(withdrawInvitation(app.id, waiting[0]?.id ?? "", BY)).rejects.toMatchObject({ status: 404 });
    const third = await invited(carol.email);
    freezeClock(new Date(now().getTime() + 7 * 86_400_000 + 1000));
    await expect(accept(third.token, carol)).rejects.toMatchObject({ status: 400 });
  });

  it("is not valid in another app", async () => {
    const carol = await someDeveloper();
    const neighbor = await someApp();
    const { token } = await invited(carol.email);
    await expect(accept(token, carol, neighbor)).rejects.toMatchObject({ status: 400 });
    const [waiting] = (await listInvitations(app.id)).filter(({ email }) => email === carol.email);
    await expect(withdrawInvitation(neighbor.id, waiting?.id ?? "", BY)).rejects.toMatchObject({ status: 404 });
    await accept(token, carol);
  });

  it("is not sent to a member, and is rate limited", async () => {
    const carol = await someDeveloper();
    await accept((await invited(carol.email)).token, carol);
    await expect(invited(carol.email)).rejects.toMatchObject({
      options: { fields: { email: "is a member's already" } },
    });
    const email = someEmail("dora");
    for (let time = 0; time < 5; time++) await invited(email);
    await expect(invited(email)).rejects.toMatchObject({ status: 429 });
  });
});
