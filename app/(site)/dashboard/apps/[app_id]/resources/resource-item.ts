/** A resource as the client components get it. */
import type { Resource } from "@/lib/oauth/resources/resource";

export type ResourceItem = Pick<
  Resource,
  "id" | "identifier" | "name" | "scopes" | "accessTokenTtlSeconds" | "isDefault"
>;

export function toItem({ id, identifier, name, scopes, accessTokenTtlSeconds, isDefault }: Resource): ResourceItem {
  return { id, identifier, name, scopes, accessTokenTtlSeconds, isDefault };
}
