import { signedInUser } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { selfAnswer } from "@/lib/users/users";

export const GET = route({ guard: signedInUser, run: async ({ user }) => selfAnswer(user) });
