import { exportAccount } from "@/lib/account/export";
import { signedInUser } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: signedInUser, run: ({ app, user }) => exportAccount(app, user.id) });
