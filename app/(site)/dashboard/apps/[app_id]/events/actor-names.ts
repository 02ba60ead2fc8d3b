/** Names of the users, clients, members and API keys in events. */
import { listApiKeys } from "@/lib/apps/api-keys";
import { listMembers } from "@/lib/apps/members";
import type { EventAnswer } from "@/lib/audit/list";
import { listClientNames } from "@/lib/oauth/clients/names";
import { findDisplayNames } from "@/lib/users/display-names";

export interface ActorNames {
  user: Map<string, string>;
  client: Map<string, string>;
  developer: Map<string, string>;
  key: Map<string, string>;
}

export async function loadActorNames(appId: string, events: EventAnswer[]): Promise<ActorNames> {
  const people = events.flatMap(({ user_id, actor }) => [user_id, actor.type === "user" ? actor.id : null]);
  const [user, client, members, keys] = await Promise.all([
    findDisplayNames(
      appId,
      people.filter((id) => id !== null),
    ),
    listClientNames(appId),
    listMembers(appId),
    listApiKeys(appId),
  ]);
  return {
    user,
    client,
    developer: new Map(members.map(({ developer_id, name, email }) => [developer_id, name ?? email ?? developer_id])),
    key: new Map(keys.map(({ key_id, name }) => [key_id, name])),
  };
}

const KINDS: Record<string, string> = {
  user: "Deleted user",
  developer: "Former member",
  client: "Application",
  key: "API key",
  operator: "Operator",
  system: "System",
};

/** The name of the actor: "Bob", "API key “production”". */
export function actorName({ actor }: Pick<EventAnswer, "actor">, names: ActorNames): string {
  // The user hadn't signed in.
  if (actor.type === "user" && actor.id === null) return "Anonymous user";
  const known = actor.id === null ? undefined : names[actor.type as keyof ActorNames]?.get(actor.id);
  if (known && actor.type === "key") return `API key “${known}”`;
  return known ?? KINDS[actor.type] ?? actor.type;
}

/** The name of the user that the event is about. */
export function userName({ user_id }: Pick<EventAnswer, "user_id">, names: ActorNames): string | null {
  return user_id ? (names.user.get(user_id) ?? "Deleted user") : null;
}

/** The name of the application that the event is about. */
export function clientName({ client_id }: Pick<EventAnswer, "client_id">, names: ActorNames): string | null {
  return client_id ? (names.client.get(client_id) ?? "Deleted application") : null;
}
