/** Response schemas: resources. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { serializeResource } from "@/lib/oauth/resources/resource";
import { id, text, time } from "./fields";

export const Resource = z
  .object({
    id: id("The resource ID.", SOME_ID.resource),
    identifier: text(
      "The URI that clients send as `resource`, and the `aud` of its tokens.",
      "https://photos.example/api",
    ),
    name: text("The name in the dashboard and on the consent page.", "Photos API"),
    scopes: z.array(z.string()).meta({ description: "The scopes that belong to it.", examples: [[]] }),
    access_token_ttl_seconds: z
      .int()
      .nullable()
      .meta({
        description: "Lifetime of its access tokens in seconds. null: the client's or the app's.",
        examples: [null],
      }),
    default: z.boolean().meta({ description: "Whether tokens are issued for it if a request names no resource." }),
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  })
  .meta({ id: "Resource" }) satisfies z.ZodType<ReturnType<typeof serializeResource>>;
