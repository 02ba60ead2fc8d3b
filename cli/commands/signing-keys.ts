import { getApp } from "@/lib/apps/apps";
import { retireSigningKey } from "@/lib/apps/key-retirement";
import { listSigningKeys, rotateSigningKeys } from "@/lib/apps/key-rotation";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import type { ResealCounts } from "@/lib/crypto/reseal";
import { resealAll } from "@/lib/operations/reseal";
import { type Command, UsageError } from "../parse";
import { APP_FLAG } from "./apps";

function algOf(asked: string | undefined) {
  const alg = SIGNING_ALGS.find((known) => known === asked);
  if (asked !== undefined && !alg) throw new UsageError(`--alg must be ${SIGNING_ALGS.join(" or ")}.`);
  return alg;
}

export const signingKeysRotate: Command = {
  name: "signing-keys rotate",
  help: "lets the next key sign; the present one goes on verifying until its last token has expired",
  flags: { app: APP_FLAG, alg: { value: "ALG", help: `${SIGNING_ALGS.join(" or ")}; both without it` } },
  run: (flags) => rotateSigningKeys(flags.text("app"), algOf(flags.optional("alg")), { type: "operator" }),
};

export const signingKeysRetire: Command = {
  name: "signing-keys retire",
  help: "ends a key that somebody else may have: every token that it signed is refused at once",
  flags: {
    app: APP_FLAG,
    kid: { value: "KID", required: true, help: "the key's id, as `signing-keys list` shows it" },
  },
  run: (flags) => retireSigningKey(flags.text("app"), flags.text("kid"), { type: "operator" }),
};

export const signingKeysList: Command = {
  name: "signing-keys list",
  help: "lists an App's signing keys with their status",
  flags: { app: APP_FLAG },
  run: async (flags) => ({ signing_keys: await listSigningKeys((await getApp(flags.text("app"))).id) }),
};

export const signingKeysReseal: Command<ResealCounts> = {
  name: "signing-keys reseal",
  help: "seals private keys, client secrets of providers, and mails under the newest FOYER_SECRET, so that the old one can go",
  flags: {},
  run: resealAll,
  problem: ({ unreadable }) =>
    unreadable > 0
      ? `${unreadable} sealed values do not open: FOYER_SECRET lacks the secret that they were sealed under. Put it back, behind the new one.`
      : null,
};
