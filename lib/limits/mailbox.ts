/** How many mails somebody can make us send to one address: five in ten minutes, twenty a day. Told to nobody, or it would tell who is known. */
import { countWithin } from "./attempts";

const RECIPIENT = [
  { kind: "mail-10m", limit: 5, seconds: 600 },
  { kind: "mail-day", limit: 20, seconds: 86_400 },
];

/** Counts one mail that somebody asked for; false when it must not go out. What we send on our own account (a warning) is not counted. */
export async function mayMail(appId: string, canonical: string): Promise<boolean> {
  for (const { kind, limit, seconds } of RECIPIENT)
    if (!(await countWithin(appId, kind, canonical, limit, seconds))) return false;
  return true;
}
