/** What operators and tools ask. */

import { z } from "zod";
import { GET as live } from "@/app/api/health/live/route";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET as metrics } from "@/app/metrics/route";
import type { Handler } from "@/lib/http/handler";
import type { Group } from "@/lib/http/openapi/operation";
import { ok } from "./answer";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

/** `openapi` is the handler of GET /api/openapi.json, as in list.ts. */
export const operationsGroup = (openapi: Handler): Group => ({
  slug: "operations",
  name: "Operations",
  description: "What operators and tools ask.",
  operations: [
    {
      id: "live",
      method: "get",
      path: "/api/health/live",
      handler: live,
      summary: "Whether the process answers",
      answers: [ok("It does.", Health)],
    },
    {
      id: "ready",
      method: "get",
      path: "/api/health/ready",
      handler: ready,
      summary: "Whether the database answers",
      description: "And has every migration.",
      answers: [ok("It does.", Health)],
      errors: ["temporarily_unavailable"],
    },
    {
      id: "metrics",
      method: "get",
      path: "/metrics",
      handler: metrics,
      summary: "What the process has counted",
      description: "For Prometheus.",
      answers: [
        {
          status: 200,
          description: "Metrics in Prometheus' text format.",
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
      summary: "This description, for programs",
      answers: [ok("An OpenAPI 3.1 document.", z.looseObject({ openapi: z.literal("3.1.0") }))],
    },
  ],
});
