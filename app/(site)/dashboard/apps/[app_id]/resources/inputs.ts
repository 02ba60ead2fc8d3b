/** Input schemas of the resource forms. */
import { z } from "zod";
import { text } from "@/lib/input";
import { RESOURCE_SHAPE } from "@/lib/oauth/resources/inputs";
import { Fields, readChecked } from "../clients/form-lists";
import { optionalDurations } from "../durations";
import { checkbox } from "../on-off";

const scopes = Fields.transform((sent) => ({ scopes: readChecked(sent, "scopes") })).pipe(
  z.object({ scopes: RESOURCE_SHAPE.scopes }),
);

export const ResourceForm = z
  .object({
    identifier: text(2000).trim().pipe(RESOURCE_SHAPE.identifier),
    name: text(200).trim().min(1, "must not be empty"),
    default: checkbox,
  })
  .and(optionalDurations({ access_token_ttl_seconds: RESOURCE_SHAPE.access_token_ttl_seconds.unwrap() }))
  .and(scopes);

export const ResourceId = z.object({ resource_id: text(60) });
