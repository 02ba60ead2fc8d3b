import { expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { createOwnDatabase } from "@/test/support/database";
import { someDeveloper } from "@/test/support/factories";

await createOwnDatabase();

it("is the developer who signed up first, and the next one after the first is gone", async () => {
  const { isFirstDeveloper } = await import("./developers");
  const { deleteUser } = await import("./delete-user");
  freezeClock(new Date("2026-01-01T00:00:00Z"));
  const first = await someDeveloper();
  freezeClock(new Date("2026-01-01T00:00:01Z"));
  const second = await someDeveloper();
  freezeClock(null);
  expect(await isFirstDeveloper(first.id)).toBe(true);
  expect(await isFirstDeveloper(second.id)).toBe(false);
  await deleteUser("app_foyer", first.id, { type: "operator" });
  expect(await isFirstDeveloper(second.id)).toBe(true);
});
