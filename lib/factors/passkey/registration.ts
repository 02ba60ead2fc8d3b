/** Registration of a passkey: creation options, and the verification of the answer (WebAuthn §7.1). */
import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import type { App } from "../../apps/apps";
import type { Actor } from "../../audit/events";
import { db, type Tx } from "../../database/client";
import { fail } from "../../errors";
import { useOnceIn } from "../../one-time/used-tokens";
import type { ProvedEnrollment } from "../enrollment";
import { type AddedFactor, addFactor, type NewFactor } from "../factor";
import { allowedPasskeys } from "./authentication";
import { CHALLENGE_SECONDS, type Challenge, type ChallengeUse, newChallenge } from "./challenge";
import { amrOf, attempt, checkAuthenticatorData, checkClientData } from "./checks";
import type { RegistrationAnswer } from "./inputs";
import { nameOfPasskey } from "./names";
import { ALGORITHMS, isUsableKey } from "./public-key";
import { failPasskey, isRejected, type RejectedPasskey, type RejectionReason } from "./rejection";
import { expectedOrigins, rpIdOf } from "./site";
import { transportsOf } from "./transports";
import { userHandle } from "./user-handle";

export interface RegisteringUser {
  id: string;
  email: string | null;
  name: string | null;
}

/** The user and session, or the pending sign-in, that registers. */
export function registrationBy(userId: string, place: string): ChallengeUse {
  return { purpose: "registration", subject: `${userId}/${place}` };
}

/** Creation options. The user's own passkeys are listed, so that no device gets a second one. */
export async function creationOptions(app: App, { id, email, name }: RegisteringUser, use: ChallengeUse) {
  const label = email ?? name ?? id;
  return generateRegistrationOptions({
    rpID: rpIdOf(app.settings),
    rpName: app.name,
    userID: userHandle(app.id, id),
    userName: label,
    userDisplayName: name ?? label,
    challenge: newChallenge(app.id, use),
    timeout: CHALLENGE_SECONDS * 1000,
    attestationType: "none",
    excludeCredentials: await allowedPasskeys(app, id),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/**
 * No attestation was asked for, and browsers remove it but for the key's own signature (WebAuthn
 * §5.1.3). Certificates would be verified over the network, by URLs that the caller chose.
 */
function attestationProblem(bytes: Uint8Array<ArrayBuffer>): RejectionReason | null {
  const object = attempt(() => decodeAttestationObject(bytes));
  const format = attempt(() => object?.get("fmt"));
  if (!object || !format) return "malformed";
  const statement = attempt(() => object.get("attStmt"));
  const isOwn = format === "packed" && statement instanceof Map && !statement.has("x5c");
  return format === "none" || isOwn ? null : "attestation";
}

function checkAnswer(app: App, use: ChallengeUse, { response }: RegistrationAnswer): Challenge | RejectionReason {
  const challenge = checkClientData(app, use, "webauthn.create", response.clientDataJSON);
  if (typeof challenge === "string") return challenge;
  const bytes = new Uint8Array(Buffer.from(response.attestationObject, "base64url"));
  const problem = attestationProblem(bytes);
  if (problem) return problem;
  const data = attempt(() => decodeAttestationObject(bytes).get("authData"));
  if (!(data instanceof Uint8Array)) return "malformed";
  return checkAuthenticatorData(app, data) ?? challenge;
}

async function verifyAnswer(app: App, challenge: Challenge, { response, ...credential }: RegistrationAnswer) {
  const verified = await verifyRegistrationResponse({
    response: {
      ...credential,
      response: { ...response, transports: transportsOf(response.transports ?? []) },
      clientExtensionResults: {},
      authenticatorAttachment: undefined,
    },
    expectedChallenge: challenge.text,
    expectedOrigin: expectedOrigins(app.settings),
    expectedRPID: rpIdOf(app.settings),
    requireUserVerification: true,
    // Checked by ./public-key.ts, which has a reason of its own.
    supportedAlgorithmIDs: [...ALGORITHMS],
  }).catch((error: Error) => (error.message.includes("public key alg") ? "algorithm" : null));
  if (verified === "algorithm") return verified;
  return verified?.verified ? verified.registrationInfo : null;
}

interface VerifiedRegistration {
  challenge: Challenge;
  columns: NewFactor & { synced: boolean };
}

async function verifyRegistration(
  app: App,
  use: ChallengeUse,
  answer: RegistrationAnswer,
  name: string | undefined,
): Promise<VerifiedRegistration | RejectedPasskey> {
  const challenge = checkAnswer(app, use, answer);
  if (typeof challenge === "string") return { rejected: challenge };
  const info = await verifyAnswer(app, challenge, answer);
  if (info === "algorithm") return { rejected: info };
  if (!info) return { rejected: "signature" };
  const { credential, aaguid, credentialDeviceType } = info;
  if (credential.id !== answer.id) return { rejected: "malformed" };
  if (!isUsableKey(credential.publicKey)) return { rejected: "algorithm" };
  const columns = {
    type: "passkey" as const,
    name: name ?? nameOfPasskey(aaguid),
    credentialId: Buffer.from(credential.id, "base64url"),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    aaguid,
    synced: credentialDeviceType === "multiDevice",
    rpId: rpIdOf(app.settings),
  };
  return { challenge, columns };
}

export interface ProvedRegistration extends ProvedEnrollment {
  /** The passkey, once it is added. */
  added: () => AddedFactor & { name: string | null };
}

/** @throws 409 `passkey_exists` */
export function failExists(): never {
  fail(409, "passkey_exists", "This passkey is already registered.");
}

/** Verifies the answer. `use` adds the passkey. */
export async function proveRegistration(
  app: App,
  { userId, by }: { userId: string; by: Actor },
  use: ChallengeUse,
  { response, name }: { response: RegistrationAnswer; name?: string },
): Promise<ProvedRegistration | RejectedPasskey> {
  const verified = await verifyRegistration(app, use, response, name);
  if (isRejected(verified)) return verified;
  const { challenge, columns } = verified;
  const where = { appId_credentialId: { appId: app.id, credentialId: columns.credentialId as Buffer<ArrayBuffer> } };
  if (await db().factor.findUnique({ where, select: { id: true } })) failExists();
  let added: AddedFactor | null = null;
  return {
    amr: amrOf(columns.synced),
    added: () => ({ ...(added ?? failExists()), name: columns.name ?? null }),
    recoveryCodes: () => added?.recoveryCodes ?? null,
    use: async (tx: Tx) => {
      if (!(await useOnceIn(tx, app.id, "passkey", challenge.text, challenge.expiresAt)))
        failPasskey({ rejected: "repeated" }, 400);
      added = await addFactor(tx, app, { userId, by }, columns);
      return true;
    },
  };
}
