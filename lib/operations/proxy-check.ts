/** The check of `foyer doctor` that trusted proxies pass the caller's IP address on. */
import { nowMs } from "../clock";
import { db } from "../database/client";
import { env } from "../env";
import { UNREADABLE_HOP } from "../http/unreadable-hop";
import { firstIdAt, TENANT_ZERO } from "../ids";

const DAY_MS = 24 * 3600 * 1000;

export async function checkProxies(): Promise<{ status: "ok" | "warning"; message: string }> {
  const { TRUSTED_PROXIES } = env();
  const event = await db().auditEvent.findFirst({
    where: { appId: TENANT_ZERO, type: UNREADABLE_HOP, id: { gte: firstIdAt("evt", new Date(nowMs() - DAY_MS)) } },
    orderBy: { id: "desc" },
    select: { explanation: true },
  });
  if (event) {
    const { sent, proxy } = event.explanation as { sent: string; proxy: string };
    return {
      status: "warning",
      message: `The trusted proxy ${proxy} sent ${JSON.stringify(sent)} in X-Forwarded-For, which is no IP address. Requests count as the proxy's. Make it append the caller's IP address.`,
    };
  }
  const count = TRUSTED_PROXIES.length;
  if (count === 0) return { status: "ok", message: "no trusted proxies" };
  return { status: "ok", message: `${count} trusted ${count === 1 ? "proxy" : "proxies"}` };
}
