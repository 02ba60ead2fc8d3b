import { userInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { UpdateUserBody } from "@/lib/users/inputs";
import { deleteUser, getUser, updateUser } from "@/lib/users/manage";
import { managedAnswer } from "@/lib/users/users";

export const GET = route({
  guard: userInPath,
  run: async ({ app, userId }) => managedAnswer(await getUser(app.id, userId)),
});

export const PATCH = route({
  guard: userInPath,
  body: UpdateUserBody,
  run: ({ app, userId, by, body }) => updateUser(app, userId, body, by),
});

export const DELETE = route({
  guard: userInPath,
  status: 204,
  run: ({ app, userId, by }) => deleteUser(app.id, userId, by),
});
