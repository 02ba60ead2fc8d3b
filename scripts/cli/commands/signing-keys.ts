import { listSigningKeys, resealSigningKeys, rotateSigningKey } from "@/lib/apps/key-rotation";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { type Command, UsageError } from "../parse";
import { APP_FLAG } from "./apps";

function algsOf(asked: string | undefined) {
  const algs = SIGNING_ALGS.filter((alg) => asked === undefined || alg === asked);
  if (algs.length === 0) throw new UsageError(`--alg must be ${SIGNING_ALGS.join(" or ")}.`);
  return algs;
}

export const signingKeysRotate: Command = {
  name: "signing-keys rotate",
  help: "lets the next key sign; the present one goes on verifying until its last token has expired",
  flags: { app: APP_FLAG, alg: { value: "ALG", help: `${SIGNING_ALGS.join(" or ")}; both without it` } },
  run: async (flags) => {
    const rotated = [];
    for (const alg of algsOf(flags.optional("alg")))
      rotated.push(await rotateSigningKey(flags.text("app"), alg, { type: "operator" }));
    return { rotated };
  },
};

export const signingKeysList: Command = {
  name: "signing-keys list",
  help: "lists an App's signing keys with their status",
  flags: { app: APP_FLAG },
  run: async (flags) => ({ signing_keys: await listSigningKeys(flags.text("app")) }),
};

export const signingKeysReseal: Command = {
  name: "signing-keys reseal",
  help: "seals all private keys under the newest FOYER_SECRET, so that the old one can go",
  flags: {},
  run: async () => ({ resealed: await resealSigningKeys() }),
};
