/** `foyer doctor`: checks an installation, and explains each problem with its remedy. */
import { nowMs } from "../clock";
import { currentKeyVersion } from "../crypto/master-key";
import { keyVersionOf } from "../crypto/seal";
import { db, pool } from "../database/client";
import { requireNotifications } from "../database/listener";
import { env } from "../env";
import { requireReady } from "./health";
import { checkPasskeys } from "./passkey-check";
import { checkProxies } from "./proxy-check";
import { publicUrlProblem } from "./public-url";
import { describeCorruptKey, findKeyProblem } from "./signing-key-check";

export interface Finding {
  check: "configuration" | "database" | "notifications" | "keys" | "mail" | "clock" | "proxies" | "passkeys";
  status: "ok" | "warning" | "error";
  message: string;
}

const MINIMUM_POSTGRES = 150_000;
const CLOCK_TOLERANCE_MS = 5000;
const KEYS_EXAMINED = 1000;

async function configuration(): Promise<Omit<Finding, "check">> {
  const { PUBLIC_URL } = env();
  const problem = publicUrlProblem();
  if (problem) return { status: "warning", message: problem };
  const other = await db().app.count({ where: { NOT: { issuer: { startsWith: `${PUBLIC_URL}/` } } } });
  if (other > 0) {
    return {
      status: "warning",
      message: `${other === 1 ? "1 app was" : `${other} apps were`} created with another PUBLIC_URL: the issuer doesn't start with ${PUBLIC_URL}. Issuers never change.`,
    };
  }
  return { status: "ok", message: `serves ${PUBLIC_URL}` };
}

async function database(): Promise<Omit<Finding, "check">> {
  const { rows } = await pool().query("SELECT current_setting('server_version_num')::int AS version");
  if (rows[0].version < MINIMUM_POSTGRES)
    return { status: "error", message: "PostgreSQL is older than version 15. Upgrade it." };
  await requireReady();
  return { status: "ok", message: `PostgreSQL ${Math.floor(rows[0].version / 10_000)}, migrated` };
}

async function notifications(): Promise<Omit<Finding, "check">> {
  try {
    await requireNotifications();
    return { status: "ok", message: "changes reach every process at once" };
  } catch (error) {
    return {
      status: "warning",
      message: `${(error as Error).message}. A revoked key works for up to 5 s in other processes.`,
    };
  }
}

/**
 * Restoring or moving a database without its secret leaves signing keys that can't be decrypted.
 */
async function keys(): Promise<Omit<Finding, "check">> {
  const rows = await db().signingKey.findMany({
    where: { privateSealed: { not: null } },
    select: { appId: true, id: true, privateSealed: true },
    take: KEYS_EXAMINED,
    orderBy: { createdAt: "desc" },
  });
  const problem = findKeyProblem(rows);
  if (problem?.kind === "corrupt") return { status: "error", message: describeCorruptKey(problem.key) };
  if (problem)
    return {
      status: "error",
      message: `A signing key of ${problem.key.appId} can't be decrypted: FOYER_SECRET isn't the one that it was created with. Add the old secret back, after the new one.`,
    };
  const old = rows.filter((row) => keyVersionOf(row.privateSealed ?? "") !== currentKeyVersion()).length;
  if (old > 0)
    return {
      status: "warning",
      message: `${old === 1 ? "1 signing key is" : `${old} signing keys are`} encrypted with an older FOYER_SECRET. Run: npm run -s foyer -- signing-keys reseal`,
    };
  return { status: "ok", message: `${rows.length} signing keys can be decrypted` };
}

async function mail(): Promise<Omit<Finding, "check">> {
  const { RESEND_API_KEY, SMTP_URL, MAIL_FROM } = env();
  if (!RESEND_API_KEY && !SMTP_URL)
    return {
      status: "warning",
      message:
        "Email delivery isn't configured. Emails stay in the development mailbox. Set RESEND_API_KEY or SMTP_URL.",
    };
  if (!MAIL_FROM) return { status: "error", message: "MAIL_FROM is missing. Set it to the sender of emails." };
  return { status: "ok", message: RESEND_API_KEY ? "by Resend" : "by SMTP" };
}

async function clock(): Promise<Omit<Finding, "check">> {
  const before = nowMs();
  const { rows } = await pool().query("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms");
  const difference = Math.round(rows[0].ms - (before + nowMs()) / 2);
  if (Math.abs(difference) > CLOCK_TOLERANCE_MS) {
    return {
      status: "error",
      message: `The clocks of this machine and of PostgreSQL differ by ${difference} ms. Synchronize them with NTP.`,
    };
  }
  return { status: "ok", message: `${Math.abs(difference)} ms between this machine and PostgreSQL` };
}

const EXAMINATIONS: Record<Finding["check"], () => Promise<Omit<Finding, "check">>> = {
  configuration,
  database,
  notifications,
  keys,
  mail,
  clock,
  proxies: checkProxies,
  passkeys: checkPasskeys,
};

export async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [check, examination] of Object.entries(EXAMINATIONS)) {
    const result = await examination().catch((error: Error) => ({ status: "error" as const, message: error.message }));
    findings.push({ check: check as Finding["check"], ...result });
  }
  return findings;
}
