import { metricsReader } from "@/lib/http/metrics-reader";
import { route } from "@/lib/http/route";
import { readMetrics } from "@/lib/operations/metrics";

const TEXT = { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store" };

/** In Prometheus' text format, for this machine or with METRICS_TOKEN. */
export const GET = route({
  guard: metricsReader,
  run: async () => new Response(await readMetrics(), { headers: TEXT }),
});
