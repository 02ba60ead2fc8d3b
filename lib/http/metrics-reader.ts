/** The guard of /metrics: a program on this machine, or the bearer token METRICS_TOKEN. */

import { isIP } from "node:net";
import { equalText } from "../crypto/hash";
import { env, isLoopbackHost } from "../env";
import { fail } from "../errors";
import { bearerToken } from "./guards";
import type { RequestHeaders } from "./request";
import type { Guard } from "./route";

function isLoopback(address: string): boolean {
  return isLoopbackHost(isIP(address) === 6 ? `[${address}]` : address);
}

/** `localhost:8000` → `localhost` */
function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

/**
 * Requests through a proxy on this machine that is missing in TRUSTED_PROXIES seem to come from
 * this machine. Headers that name another host or caller reveal them.
 */
function isForwarded(headers: RequestHeaders): boolean {
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
      "Metrics can be read only from this machine. To read them from another one, set METRICS_TOKEN.",
    );
  const sent = bearerToken(request);
  if (sent && equalText(sent, METRICS_TOKEN)) return {};
  fail(401, "unauthorized", "Send METRICS_TOKEN as Authorization: Bearer …");
};
