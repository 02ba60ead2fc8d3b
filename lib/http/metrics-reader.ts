/** Who may read /metrics: a program on this machine, or whoever has METRICS_TOKEN. */
import { isIP } from "node:net";
import { equalText } from "../crypto/hash";
import { env, isLoopbackHost } from "../env";
import { fail } from "../errors";
import { bearerToken } from "./guards";
import type { Guard } from "./route";

function isLoopback(address: string): boolean {
  return isLoopbackHost(isIP(address) === 6 ? `[${address}]` : address);
}

/** `localhost:8000` → `localhost` */
function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

/**
 * A proxy on this machine that TRUSTED_PROXIES does not name has our own address, and everybody behind it too: what speaks of another host
 * or caller came through one.
 */
function isForwarded(headers: Headers): boolean {
  if (["forwarded", "via", "x-real-ip"].some((name) => headers.has(name))) return true;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim().replace(/^::ffff:/i, ""));
  if (hops.some((hop) => hop !== "" && !isLoopback(hop))) return true;
  const hosts = ["host", "x-forwarded-host"].flatMap((name) => headers.get(name) ?? []);
  return hosts.some((host) => !isLoopbackHost(hostname(host)));
}

export const metricsReader: Guard<object> = async ({ request, caller }) => {
  if (caller.ip && isLoopback(caller.ip) && !isForwarded(request.headers)) return {};
  const { METRICS_TOKEN } = env();
  if (!METRICS_TOKEN)
    fail(
      403,
      "this_machine_only",
      "Only this machine may read the metrics. Set METRICS_TOKEN to read them from another.",
    );
  const sent = bearerToken(request);
  if (sent && equalText(sent, METRICS_TOKEN)) return {};
  fail(401, "unauthorized", "Send METRICS_TOKEN as Authorization: Bearer …");
};
