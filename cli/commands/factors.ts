import { factorView, listFactors } from "@/lib/factors/factor";
import { removeFactorOfUser, resetFactorsOfUser } from "@/lib/factors/reset";
import { getUser } from "@/lib/users/get-user";
import type { Command } from "../command";
import { APP_FLAG } from "../flags";
import { USER_FLAG, userOf } from "../user";

export const factorsList: Command = {
  name: "factors list",
  help: "List the second factors and passkeys of a user",
  flags: { app: APP_FLAG, user: USER_FLAG },
  columns: ["id", "type", "name", "created_at", "last_used_at"],
  run: async (flags) => {
    const { appId, userId } = await userOf(flags);
    await getUser(appId, userId);
    return { data: (await listFactors(appId, userId)).map(factorView) };
  },
};

export const factorsReset: Command = {
  name: "factors reset",
  help: "Remove the second factors, passkeys and recovery codes of a user who has lost them",
  flags: {
    app: APP_FLAG,
    user: USER_FLAG,
    factor: { value: "FACTOR", help: "only this factor, by its ID" },
  },
  run: async (flags) => {
    const { app, userId } = await userOf(flags);
    const factorId = flags.optional("factor");
    const by = { type: "operator" } as const;
    if (factorId === undefined) await resetFactorsOfUser(app, userId, by);
    else await removeFactorOfUser(app, userId, factorId, by);
    return { user_id: userId, ...(factorId && { factor_id: factorId }), reset: true };
  },
};

export const commands: Command[] = [factorsList, factorsReset];
