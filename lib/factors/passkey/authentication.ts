/** Sign-in with a passkey: request options, and the verification of the answer (WebAuthn §7.2). */
import { generateAuthenticationOptions, verifyAuthenticationResponse } from "@simplewebauthn/server";
import type { App } from "../../apps/apps";
import { inApp } from "../../database/by-key";
import { db, prepared } from "../../database/client";
import { CHALLENGE_SECONDS, type Challenge, type ChallengeUse, newChallenge } from "./challenge";
import { amrOf, checkAuthenticatorData, checkClientData } from "./checks";
import type { AuthenticationAnswer } from "./inputs";
import type { RejectedPasskey, RejectionReason } from "./rejection";
import { expectedOrigins, rpIdOf } from "./site";
import { transportsOf } from "./transports";
import { userOfHandle } from "./user-handle";

/** For a sign-in, without a list of passkeys: the caller may be anyone, and the browser shows its own. */
export function requestOptions(app: App, use: ChallengeUse, allowed: Allowed[] = []) {
  return generateAuthenticationOptions({
    rpID: rpIdOf(app.settings),
    challenge: newChallenge(app.id, use),
    timeout: CHALLENGE_SECONDS * 1000,
    userVerification: "required",
    ...(allowed.length > 0 && { allowCredentials: allowed }),
  });
}

type Allowed = { id: string; transports: ReturnType<typeof transportsOf> };

/** The passkeys of a user who has proved the first step. */
export async function allowedPasskeys(app: App, userId: string): Promise<Allowed[]> {
  const rows = await db().factor.findMany({
    where: { appId: app.id, userId, type: "passkey", rpId: rpIdOf(app.settings) },
    orderBy: { id: "desc" },
    select: { credentialId: true, transports: true },
  });
  return rows.map(({ credentialId, transports }) => ({
    id: Buffer.from(credentialId ?? []).toString("base64url"),
    transports: transportsOf(transports),
  }));
}

interface StoredPasskey {
  id: string;
  userId: string;
  publicKey: Buffer<ArrayBuffer>;
  counter: string;
}

async function findPasskey(appId: string, credentialId: string): Promise<StoredPasskey | null> {
  const [row] = await prepared<StoredPasskey>(
    "passkey",
    `SELECT f."id", f."userId", f."publicKey", f."counter" FROM "Factor" f
     WHERE ${inApp("f")} AND f."credentialId" = $2 AND f."type" = 'passkey' LIMIT 1`,
    [appId, Buffer.from(credentialId, "base64url")],
  );
  return row ?? null;
}

export interface VerifiedPasskey {
  id: string;
  userId: string;
  counter: number;
  /** Whether it can be on several devices. */
  synced: boolean;
  challenge: Challenge;
  amr: string[];
}

/** A counter that stays 0 is one that the authenticator doesn't keep (WebAuthn §6.1.1). */
export function isCounterAhead(counter: number, stored: number): boolean {
  return counter > stored || (counter === 0 && stored === 0);
}

/**
 * The library compares the counter before it checks the signature. Here only the holder of the key
 * can cause the event of a copied passkey.
 */
async function verifySignature(app: App, { text }: Challenge, row: StoredPasskey, answer: AuthenticationAnswer) {
  const { userHandle, ...response } = answer.response;
  const verified = await verifyAuthenticationResponse({
    response: {
      ...answer,
      response: { ...response, ...(userHandle && { userHandle }) },
      clientExtensionResults: {},
      authenticatorAttachment: undefined,
    },
    expectedChallenge: text,
    expectedOrigin: expectedOrigins(app.settings),
    expectedRPID: rpIdOf(app.settings),
    credential: { id: answer.id, publicKey: new Uint8Array(row.publicKey), counter: 0 },
    requireUserVerification: true,
  }).catch(() => null);
  return verified?.verified ? verified.authenticationInfo : null;
}

/** The challenge of an answer that is right but for the signature. */
function checkAnswer(app: App, use: ChallengeUse, { response }: AuthenticationAnswer): Challenge | RejectionReason {
  const challenge = checkClientData(app, use, "webauthn.get", response.clientDataJSON);
  if (typeof challenge === "string") return challenge;
  const bytes = new Uint8Array(Buffer.from(response.authenticatorData, "base64url"));
  return checkAuthenticatorData(app, bytes) ?? challenge;
}

/** Verifies an answer. Nothing is used up yet: see ./consume.ts. */
export async function verifyPasskey(
  app: App,
  use: ChallengeUse,
  answer: AuthenticationAnswer,
): Promise<VerifiedPasskey | RejectedPasskey> {
  const { userHandle } = answer.response;
  const claimed = userHandle ? userOfHandle(app.id, userHandle) : null;
  if (userHandle && claimed === null) return { rejected: "another_app" };
  const challenge = checkAnswer(app, use, answer);
  if (typeof challenge === "string") return { rejected: challenge };
  const row = await findPasskey(app.id, answer.id);
  // The handle is required unless the user is known already (WebAuthn §7.2 step 6).
  if (!row || (claimed ? claimed !== row.userId : use.purpose === "sign_in")) return { rejected: "unknown" };
  const info = await verifySignature(app, challenge, row, answer);
  const owner = { userId: row.userId, passkey: row.id };
  if (!info) return { rejected: "signature", ...owner };
  const { newCounter: counter, credentialDeviceType } = info;
  if (!isCounterAhead(counter, Number(row.counter))) return { rejected: "counter", ...owner };
  const synced = credentialDeviceType === "multiDevice";
  return { id: row.id, userId: row.userId, counter, synced, challenge, amr: amrOf(synced) };
}
