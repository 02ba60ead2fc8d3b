import { getApp } from "@/lib/apps/apps";
import { retireSigningKey } from "@/lib/apps/key-retirement";
import { listSigningKeys, rotateSigningKeys } from "@/lib/apps/key-rotation";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import type { ResealCounts } from "@/lib/crypto/reseal";
import { resealAll } from "@/lib/operations/reseal";
import { type Command, UsageError } from "../command";
import { APP_FLAG } from "../flags";

function algOf(asked: string | undefined) {
  const alg = SIGNING_ALGS.find((known) => known === asked);
  if (asked !== undefined && !alg) throw new UsageError(`--alg must be ${SIGNING_ALGS.join(" or ")}.`);
  return alg;
}

export const signingKeysRotate: Command = {
  name: "signing-keys rotate",
  help: "Start signing with the next key. The current key verifies until its last token has expired",
  flags: { app: APP_FLAG, alg: { value: "ALG", help: `${SIGNING_ALGS.join(" or ")} (default: all that the app has)` } },
  run: (flags) => rotateSigningKeys(flags.text("app"), algOf(flags.optional("alg")), { type: "operator" }),
};

export const signingKeysRetire: Command = {
  name: "signing-keys retire",
  help: "Retire a compromised key. Every token that it signed is rejected immediately",
  flags: {
    app: APP_FLAG,
    kid: { value: "KID", required: true, help: "the key ID, as `signing-keys list` shows it" },
  },
  run: (flags) => retireSigningKey(flags.text("app"), flags.text("kid"), { type: "operator" }),
};

export const signingKeysList: Command = {
  name: "signing-keys list",
  help: "List the signing keys of an app with their status",
  flags: { app: APP_FLAG },
  columns: ["kid", "alg", "status", "created_at", "retiring_at", "retired_at"],
  run: async (flags) => ({ signing_keys: await listSigningKeys((await getApp(flags.text("app"))).id) }),
};

export const signingKeysReseal: Command<ResealCounts> = {
  name: "signing-keys reseal",
  help: "Re-encrypt stored secrets with the newest FOYER_SECRET, so that you can remove the old one",
  flags: {},
  run: resealAll,
  problem: ({ unreadable }) =>
    unreadable > 0
      ? `${unreadable} stored secrets can't be decrypted. Add the old secret back to FOYER_SECRET, after the new one.`
      : null,
};

export const commands: Command[] = [signingKeysList, signingKeysRotate, signingKeysRetire, signingKeysReseal];
