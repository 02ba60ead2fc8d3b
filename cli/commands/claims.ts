import { getApp } from "@/lib/apps/apps";
import { CLAIM_TARGETS, listClaims, serializeClaim } from "@/lib/claims/claim";
import { jsonOrText, parseInput } from "@/lib/input";
import { createClaim, deleteClaim, updateClaim } from "@/lib/oauth/custom-claims/claims";
import { CreateClaimBody, UpdateClaimBody } from "@/lib/oauth/custom-claims/inputs";
import { type Command, type Flag, type Flags, UsageError } from "../command";
import { APP_FLAG, listOf } from "../flags";

const BY = { type: "operator" } as const;
const CLAIM_FLAG: Flag = { value: "CLAIM_ID", required: true, help: "the claim ID, as `claims list` shows it" };

const SETTINGS: Record<string, Flag> = {
  name: { value: "NAME", help: "the name in the token, e.g. plan" },
  "public-metadata": {
    value: "MEMBER",
    help: "take the value from the user's public metadata",
    field: "source.public_metadata",
  },
  metadata: { value: "MEMBER", help: "take the value from the user's metadata", field: "source.metadata" },
  profile: { value: "CLAIM", help: "take the value of a standard claim, e.g. locale", field: "source.profile" },
  constant: { value: "JSON", help: "the same value for every user, as JSON or text", field: "source.constant" },
  scope: { value: "SCOPE", help: 'only tokens with this scope have the claim; "" for all tokens' },
  target: { value: "TARGET", multiple: true, help: CLAIM_TARGETS.join(", ") },
};

function readSource(flags: Flags): object | undefined {
  const given = {
    public_metadata: flags.optional("public-metadata"),
    metadata: flags.optional("metadata"),
    profile: flags.optional("profile"),
    constant: jsonOrText(flags.optional("constant")),
  };
  return Object.values(given).some((value) => value !== undefined) ? given : undefined;
}

function readSettings(flags: Flags) {
  const scope = flags.optional("scope");
  return {
    name: flags.optional("name"),
    source: readSource(flags),
    scope: scope === "" ? null : scope,
    targets: listOf(flags, "target")?.flatMap((target) => target.split(",")),
  };
}

export const claimsCreate: Command = {
  name: "claims create",
  help: "Add a claim to tokens or userinfo",
  flags: { app: APP_FLAG, ...SETTINGS, name: { ...SETTINGS.name, required: true } as Flag },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const settings = readSettings(flags);
    if (!settings.source)
      throw new UsageError("Name the source: --public-metadata, --metadata, --profile or --constant.");
    if (!settings.targets) throw new UsageError(`Name at least one --target: ${CLAIM_TARGETS.join(", ")}.`);
    return createClaim(app, parseInput(CreateClaimBody, settings), BY);
  },
};

export const claimsList: Command = {
  name: "claims list",
  help: "List the custom claims of an app",
  flags: { app: APP_FLAG },
  columns: ["id", "name", "source", "scope", "targets"],
  run: async (flags) => {
    const { id } = await getApp(flags.text("app"));
    return { claims: (await listClaims(id)).map(serializeClaim) };
  },
};

export const claimsUpdate: Command = {
  name: "claims update",
  help: "Change a custom claim. Its targets are replaced as a whole",
  flags: { app: APP_FLAG, claim: CLAIM_FLAG, ...SETTINGS },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(UpdateClaimBody, readSettings(flags));
    const said = Object.entries(input).filter(([, value]) => value !== undefined);
    if (said.length === 0) throw new UsageError("Name at least one setting to change, for example --target userinfo.");
    return updateClaim(app, flags.text("claim"), Object.fromEntries(said), BY);
  },
};

export const claimsDelete: Command = {
  name: "claims delete",
  help: "Delete a custom claim. Existing tokens keep it until they expire",
  flags: { app: APP_FLAG, claim: CLAIM_FLAG },
  run: async (flags) => {
    await deleteClaim((await getApp(flags.text("app"))).id, flags.text("claim"), BY);
    return { id: flags.text("claim"), deleted: true };
  },
};

export const commands: Command[] = [claimsCreate, claimsList, claimsUpdate, claimsDelete];
