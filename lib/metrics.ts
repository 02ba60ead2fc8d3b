/**
 * What Prometheus reads at /metrics, counted by each process for itself: the kinds of things that happen, never whose. What a process can
 * only be asked in the moment (pool, queue) is added by lib/operations/metrics.ts.
 */
import { Counter, Histogram, Registry } from "prom-client";
import { processState } from "./process-state";

/** From an answer of the cache to one that waited for its password to be hashed. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const metrics = () =>
  processState("metrics", () => {
    const registry = new Registry();
    const registers = [registry];
    return {
      registry,
      requests: new Histogram({
        name: "foyer_http_request_duration_seconds",
        help: "Answered requests, by the pattern of their path.",
        labelNames: ["method", "route", "status"] as const,
        buckets: SECONDS,
        registers,
      }),
      signIns: new Counter({
        name: "foyer_sign_ins_total",
        help: "People let in, by the method that proved who they are.",
        labelNames: ["method"] as const,
        registers,
      }),
      tokens: new Counter({
        name: "foyer_tokens_issued_total",
        help: "Access tokens given out: direct ones, and those of OAuth clients by grant type.",
        labelNames: ["grant"] as const,
        registers,
      }),
      rejections: new Counter({
        name: "foyer_rejections_total",
        help: "Failures and rejected requests that an App's audit trail shows, by event type.",
        labelNames: ["type"] as const,
        registers,
      }),
    };
  });
