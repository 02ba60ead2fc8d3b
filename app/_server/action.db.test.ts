/** Server Actions that a client calls with other arguments than a form sends. */
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { text } from "@/lib/input";
import { TEST_PUBLIC_URL } from "@/test/support/environment";

vi.mock(import("next/headers"), async (original) => ({
  ...(await original()),
  headers: async () => new Headers({ origin: TEST_PUBLIC_URL, "sec-fetch-site": "same-origin" }) as never,
}));
vi.resetModules();
const { action, publicAccess } = await import("./action");

const rename = action({ guard: publicAccess, input: z.object({ name: text(10) }), run: async ({ input }) => input });

describe("a Server Action", () => {
  it.each([[[]], [[null]], [[null, null]], [[1, 2]], [[{}, {}]], [[null, "name=x"]]])(
    "called with the arguments %j reports the missing fields",
    async (sent) => {
      const call = rename as (...sent: unknown[]) => Promise<unknown>;
      expect(await call(...sent)).toMatchObject({ ok: false, fields: { name: "is missing" }, values: {} });
    },
  );

  it("gets the fields of a form", async () => {
    const form = new FormData();
    form.set("name", "Bob");
    expect(await rename({ ok: false } as never, form)).toEqual({ ok: true, data: { name: "Bob" } });
  });
});
