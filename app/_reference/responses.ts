/** Response builders of the API reference. */
import type { z } from "zod";
import type { Answer } from "@/lib/http/openapi/operation";

export function ok(description: string, schema: z.ZodType): Answer {
  return { status: 200, description, schema };
}

export function created(description: string, schema: z.ZodType): Answer {
  return { status: 201, description, schema };
}

export function noContent(description: string): Answer {
  return { status: 204, description };
}
