import { expect, it } from "vitest";
import { askAs } from "@/test/support/account";
import { someApp, someEmail } from "@/test/support/factories";
import { db } from "../database/client";
import { countFactors } from "./factor-adoption";

it("counts users by the types of their factors, in their own app only", async () => {
  const [app, neighbor] = [await someApp(), await someApp()];
  const add = async (of: typeof app, factors: string[]) => {
    const { body } = await askAs(of, `/api/v1/apps/${of.id}/users`, { email: someEmail() });
    await db().user.update({ where: { appId_id: { appId: of.id, id: body.id } }, data: { factors } });
  };
  for (const factors of [[], [], ["totp"], ["passkey", "totp"], ["email"]]) await add(app, factors);
  await add(neighbor, ["passkey"]);
  expect(await countFactors(app.id)).toEqual({ users: 5, any: 3, totp: 2, passkey: 1, email: 1 });
  expect(await countFactors(neighbor.id)).toEqual({ users: 1, any: 1, totp: 0, passkey: 1, email: 0 });
});
