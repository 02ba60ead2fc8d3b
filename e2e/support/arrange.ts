/**
 * What a test prepares in the database of its worker's server, with the functions of the product.
 * The global setup bundles this module: Playwright would compile the JSX of the emails to its own.
 */
import { encode } from "next-auth/jwt";
import { cookieSecret } from "@/app/_server/auth-options";
import { cookieName } from "@/app/_server/dashboard-cookie";
import { createApp, getApp } from "@/lib/apps/apps";
import { signJwt } from "@/lib/apps/jwt";
import { freezeClock, now } from "@/lib/clock";
import { closeDb, db } from "@/lib/database/client";
import { TENANT_ZERO } from "@/lib/ids";
import { findLastEmail } from "@/lib/mail/mailbox";
import { newBrowserSession } from "@/lib/sessions/sessions";
import { createDeveloper } from "@/lib/users/developers";
import { parseEmail } from "@/lib/users/email";
import { setTestEnvironment } from "@/test/support/environment";
import makeKeyPairs from "@/test/support/key-pairs";

export { openTestCluster } from "@/test/support/cluster";
export { installReadyMadeKeys } from "@/test/support/key-pairs";
export { makeKeyPairs };

const BY = { type: "operator" } as const;

/** Points everything below at a server, by the environment that the server was started with. */
export function arrangeFor(environment: Record<string, string | undefined>): void {
  setTestEnvironment(environment.DATABASE_URL ?? "");
  Object.assign(process.env, { PUBLIC_URL: environment.PUBLIC_URL });
}

export async function addDeveloper(email: string, password: string): Promise<string> {
  const { developer_id } = await createDeveloper({ email: addressOf(email), password, by: BY });
  return developer_id;
}

/** A new dashboard session of a developer, as the cookie of a browser. */
export async function signDeveloperIn(developerId: string): Promise<{ name: string; value: string }> {
  const { row } = newBrowserSession(await getApp(TENANT_ZERO), developerId, ["pwd"]);
  await db().session.create({ data: row, select: { id: true } });
  const value = await encode({ token: { sub: developerId, sid: row.id }, secret: cookieSecret() });
  return { name: cookieName(), value };
}

export async function addApp(ownerId: string, name: string): Promise<{ id: string; apiKey: string; issuer: string }> {
  const { app_id: id, api_key: apiKey, issuer } = await createApp({ ownerId, name, by: BY });
  return { id, apiKey, issuer };
}

/** A token signed with the key of the app, with claims and a type that Foyer itself may never issue. */
export async function signToken(
  appId: string,
  claims: { aud: string; sub?: string },
  { typ = "at+jwt", ageSeconds = 0 } = {},
): Promise<string> {
  const payload = { jti: "jti_of_the_test", ...claims } as Parameters<typeof signJwt>[1];
  if (ageSeconds > 0) freezeClock(new Date(now().getTime() - ageSeconds * 1000));
  try {
    return await signJwt(await getApp(appId), payload, { typ, alg: "ES256", ttlSeconds: 900 });
  } finally {
    freezeClock(null);
  }
}

export interface ReceivedMail {
  subject: string;
  text: string;
  /** The first link of the text. */
  link: string;
  /** The code to type in, when the email has one. */
  code: string;
}

/** The newest email to an address. */
export async function lastMailTo(email: string): Promise<ReceivedMail> {
  const mail = await findLastEmail(addressOf(email).canonical);
  if (!mail?.content) throw new Error(`There is no email to ${email}.`);
  const { subject, text, links, code } = mail.content;
  return { subject, text, link: links[0] ?? "", code: code ?? "" };
}

export function stopArranging(): Promise<void> {
  return closeDb();
}

function addressOf(text: string) {
  const email = parseEmail(text);
  if (!email) throw new Error(`${text} is not an email address.`);
  return email;
}
