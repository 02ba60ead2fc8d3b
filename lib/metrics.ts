/**
 * Prometheus metrics of one process, without personal data. lib/operations/metrics.ts adds gauges
 * that are read when Prometheus scrapes /metrics.
 */
import { Counter, Histogram, Registry } from "prom-client";
import { processState } from "./process-state";

/** From a cached response to one that waited for a password hash. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const metrics = () =>
  processState("metrics", () => {
    const registry = new Registry();
    const registers = [registry];
    return {
      registry,
      requests: new Histogram({
        name: "foyer_http_request_duration_seconds",
        help: "Duration of HTTP requests, by route pattern.",
        labelNames: ["method", "route", "status"] as const,
        buckets: DURATION_BUCKETS,
        registers,
      }),
      signIns: new Counter({
        name: "foyer_sign_ins_total",
        help: "Successful sign-ins, by method.",
        labelNames: ["method"] as const,
        registers,
      }),
      tokens: new Counter({
        name: "foyer_tokens_issued_total",
        help: "Access tokens issued: direct ones, and those of OAuth clients by grant type.",
        labelNames: ["grant"] as const,
        registers,
      }),
      rejections: new Counter({
        name: "foyer_rejections_total",
        help: "Failed attempts and rejected requests in the audit trail, by event type.",
        labelNames: ["type"] as const,
        registers,
      }),
      breachedPasswords: new Counter({
        name: "foyer_breached_password_checks_total",
        help: "New passwords that were checked against published leaks, by result.",
        labelNames: ["result"] as const,
        registers,
      }),
    };
  });
