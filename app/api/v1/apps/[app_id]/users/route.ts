import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { createUser } from "@/lib/users/create-user";
import { CreateUserBody } from "@/lib/users/inputs";
import { listUsers, UserQuery } from "@/lib/users/search";

export const GET = route({ guard: apiKey, query: UserQuery, run: ({ app, query }) => listUsers(app.id, query) });

export const POST = route({
  guard: apiKey,
  body: CreateUserBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createUser(app, body, by),
});
