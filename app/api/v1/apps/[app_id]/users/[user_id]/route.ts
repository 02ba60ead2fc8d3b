import { userInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { UpdateUserBody } from "@/lib/users/inputs";
import { updateUser } from "@/lib/users/update-user";
import { managedUserView } from "@/lib/users/user-views";

export const GET = route({
  guard: userInPath,
  run: async ({ app, userId }) => managedUserView(await getUser(app.id, userId)),
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
