/** API reference: health, metrics and the OpenAPI document. */
import { z } from "zod";
import { GET as live } from "@/app/api/health/live/route";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET as metrics } from "@/app/metrics/route";
import type { Handler } from "@/lib/http/handler";
import type { Group } from "@/lib/http/openapi/operation";
import { ok } from "./responses";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

/** `openapi` is the handler of GET /api/openapi.json, as in list.ts. */
export const operationsGroup = (openapi: Handler): Group => ({
  slug: "operations",
  name: "Operations",
  description: "Health checks, metrics, and the OpenAPI document.",
  operations: [
    {
      id: "live",
      method: "get",
      path: "/api/health/live",
      handler: live,
      summary: "Check that the process is running",
      answers: [ok("The process is running.", Health)],
    },
    {
      id: "ready",
      method: "get",
      path: "/api/health/ready",
      handler: ready,
      summary: "Check that the server is ready",
      description: "The database responds, accepts writes and has all migrations.",
      answers: [ok("The server is ready.", Health)],
      errors: ["temporarily_unavailable"],
    },
    {
      id: "metrics",
      method: "get",
      path: "/metrics",
      handler: metrics,
      summary: "Get metrics",
      description: "In the Prometheus text format.",
      answers: [
        {
          status: 200,
          description: "The metrics.",
          schema: z.string(),
          mediaType: "text/plain",
          example: "# HELP …",
        },
      ],
    },
    {
      id: "openapi",
      method: "get",
      path: "/api/openapi.json",
      handler: openapi,
      summary: "Get the OpenAPI document",
      answers: [ok("An OpenAPI 3.1 document.", z.looseObject({ openapi: z.literal("3.1.0") }))],
    },
  ],
});
