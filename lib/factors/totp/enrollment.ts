/**
 * Enrollment of an authenticator app: the user scans a secret, and a code confirms it. Until then it
 * is a one-time token, so that an abandoned enrollment changes nothing.
 */
import type { App } from "../../apps/apps";
import type { Actor } from "../../audit/events";
import { nowMs } from "../../clock";
import { type SealContext, seal, unseal } from "../../crypto/seal";
import { transaction } from "../../database/client";
import { newId } from "../../ids";
import { consumeTriedCode } from "../../one-time/code";
import type { OneTime } from "../../one-time/fields";
import { deleteOneTimes, findOneTimeOf, issueOneTime } from "../../one-time/one-time";
import { readDigits } from "../../text/digits";
import type { ProvedEnrollment } from "../enrollment";
import { addFactor } from "../factor";
import { matchingStep, newTotpSecret, otpauthUri } from "./code";
import { sealTotpSecret, TOTP_AMR } from "./factor";
import { qrCode } from "./qr-code";

const TTL_SECONDS = 600;

export interface EnrollingUser {
  id: string;
  email: string | null;
}

export interface TotpEnrollment {
  /** In base 32, for users who type it. */
  secret: string;
  otpauthUri: string;
  qrSvg: string;
}

/** In API responses. */
export function totpEnrollmentView({ secret, otpauthUri: uri, qrSvg }: TotpEnrollment) {
  return { secret, otpauth_uri: uri, qr_svg: qrSvg };
}

function sealContext(appId: string, userId: string): SealContext {
  return { appId, location: `TotpEnrollment/${userId}` };
}

function present(app: App, { id, email }: EnrollingUser, secret: string): TotpEnrollment {
  const uri = otpauthUri(secret, app.name, email ?? id);
  return { secret, otpauthUri: uri, qrSvg: qrCode(uri) };
}

/** A new secret, which replaces that of an earlier enrollment. */
export async function startTotpEnrollment(app: App, user: EnrollingUser): Promise<TotpEnrollment> {
  const secret = newTotpSecret();
  const payload = { secret: seal(secret, sealContext(app.id, user.id)) };
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { userId: user.id, purposes: ["totp_enrollment"] });
    await issueOneTime(app.id, { purpose: "totp_enrollment", payload, ttlSeconds: TTL_SECONDS, userId: user.id }, tx);
  });
  return present(app, user, secret);
}

interface Found {
  token: OneTime<"totp_enrollment">;
  secret: string;
}

async function findSecret(app: App, userId: string): Promise<Found | null> {
  const token = await findOneTimeOf(app.id, "totp_enrollment", userId);
  if (!token) return null;
  try {
    return { token, secret: unseal(token.payload.secret, sealContext(app.id, userId)) };
  } catch {
    // The master key was removed meanwhile: the user starts again.
    return null;
  }
}

/** The enrollment under way, so that a page can be loaded again. */
export async function findTotpEnrollment(app: App, user: EnrollingUser): Promise<TotpEnrollment | null> {
  const found = await findSecret(app, user.id);
  return found && present(app, user, found.secret);
}

/**
 * Checks the code of the new authenticator app. `use` adds the factor, whose first step is then
 * used. No guess is possible here: the caller has seen the secret. null if the code is wrong, or the
 * enrollment expired.
 */
export async function proveTotpEnrollment(
  app: App,
  userId: string,
  code: string,
  by: Actor,
): Promise<ProvedEnrollment | null> {
  const found = await findSecret(app, userId);
  const step = found && matchingStep(found.secret, readDigits(code), nowMs(), null);
  if (!found || step === null) return null;
  let recoveryCodes: string[] | null = null;
  return {
    amr: TOTP_AMR,
    recoveryCodes: () => recoveryCodes,
    use: async (tx) => {
      if (!(await consumeTriedCode(tx, app.id, "totp_enrollment", found.token.id))) return false;
      const id = newId("fac");
      const columns = {
        id,
        secret: sealTotpSecret(app.id, id, found.secret),
        lastStep: step,
        lastUsedAt: new Date(nowMs()),
      };
      ({ recoveryCodes } = await addFactor(tx, app, { userId, by }, { type: "totp", ...columns }));
      return true;
    },
  };
}
