/** A resource of an app: an API that access tokens can be issued for (RFC 8707). */
import { cached } from "../../database/cache";
import { db, type Resource as ResourceRow } from "../../database/client";

export interface Resource {
  id: string;
  /** As it was registered: the `aud` of its tokens. */
  identifier: string;
  canonical: string;
  name: string;
  scopes: string[];
  accessTokenTtlSeconds: number | null;
  isDefault: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export function resourceFromRow({ identifierCanonical, appId: _, ...row }: ResourceRow): Resource {
  return { ...row, canonical: identifierCanonical };
}

/** All resources of an app, oldest first, from the cache: every token request reads them. */
export function listResources(appId: string): Promise<Resource[]> {
  return cached(appId, "resources", async () => {
    const rows = await db().resource.findMany({ where: { appId }, orderBy: { id: "asc" } });
    return rows.map(resourceFromRow);
  });
}

/** A resource in API responses. */
export function serializeResource(resource: Resource) {
  return {
    id: resource.id,
    identifier: resource.identifier,
    name: resource.name,
    scopes: resource.scopes,
    access_token_ttl_seconds: resource.accessTokenTtlSeconds,
    default: resource.isDefault,
    created_at: resource.createdAt.toISOString(),
    updated_at: resource.updatedAt.toISOString(),
  };
}

/** The app of a resource ID, for the operator's commands. */
export async function findResourceApp(id: string): Promise<string | null> {
  return (await db().resource.findFirst({ where: { id }, select: { appId: true } }))?.appId ?? null;
}
