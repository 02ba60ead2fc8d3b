/** The API reference of this server: its groups and its OpenAPI document. */
import { GET as openapi } from "@/app/api/openapi.json/route";
import type { ApiDocument } from "@/lib/http/openapi/document";
import { apiDocumentWith } from "./document";
import { listGroups } from "./list";

export const GROUPS = listGroups(openapi);

export function apiDocument(): ApiDocument {
  return apiDocumentWith(openapi);
}
