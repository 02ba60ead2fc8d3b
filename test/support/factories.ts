/** New developers, apps and users for each test, created with the operations of the product. */
import { randomBytes } from "node:crypto";
import { createApp, getApp } from "@/lib/apps/apps";
import { signUp } from "@/lib/signin/sign-up";
import { createDeveloper } from "@/lib/users/developers";
import { type EmailAddress, parseEmail } from "@/lib/users/email";

export function someEmail(name = "bob"): string {
  return `${name}-${randomBytes(6).toString("hex")}@example.com`;
}

export function emailAddress(text: string): EmailAddress {
  const email = parseEmail(text);
  if (!email) throw new Error(`${text} is not an email address`);
  return email;
}

export const SOME_PASSWORD = "correct horse battery";

export async function someDeveloper(): Promise<{ id: string; email: string }> {
  const email = someEmail("alice");
  const { developer_id } = await createDeveloper({
    email: emailAddress(email),
    password: SOME_PASSWORD,
    by: { type: "operator" },
  });
  return { id: developer_id, email };
}

export interface TestApp {
  id: string;
  apiKey: string;
  issuer: string;
  ownerId: string;
}

/** An app of a new developer. */
export async function someApp(name = "Test App"): Promise<TestApp> {
  const owner = await someDeveloper();
  const created = await createApp({ ownerId: owner.id, name, by: { type: "operator" } });
  return { id: created.app_id, apiKey: created.api_key, issuer: created.issuer, ownerId: owner.id };
}

export interface TestSession {
  email: string;
  userId: string;
  token: string;
  refreshToken: string;
}

/** A new user of the app, with a session. */
export async function someSession(appId: string, email = someEmail()): Promise<TestSession> {
  const session = await signUp(
    await getApp(appId),
    { email: emailAddress(email), password: SOME_PASSWORD, name: null },
    { type: "key" },
  );
  return { email, userId: session.user.id, token: session.token, refreshToken: session.refresh_token };
}
