/** What of an App needs its owner: facts in, notices out, the most pressing first. */
import type { listLiveKeys } from "@/lib/apps/dashboard";
import type { Refusals, SignInFailures } from "@/lib/audit/trouble";
import type { MailTrouble } from "@/lib/mail/trouble";
import type { ClientFacts } from "@/lib/oauth/clients/attention-facts";

export interface AttentionFacts {
  now: Date;
  refusals: Refusals[];
  signIns: SignInFailures;
  keys: Awaited<ReturnType<typeof listLiveKeys>>;
  clients: ClientFacts[];
  mails: MailTrouble;
  ownerVerified: boolean;
}

export interface Notice {
  /** danger: something fails now; warning: something will; hint: something could be tidier. */
  tone: "danger" | "warning" | "hint";
  title: string;
  detail: string;
  /** A page of the App, or with a slash before it, of the dashboard. */
  page: string;
  /** What one does there: "See the requests". */
  link: string;
}

const DAY_MS = 86_400_000;
/** Fewer refusals of a kind in a day are everyday life. */
const MANY_REFUSALS = 10;
const SPIKE = { least: 20, times: 4 };
const EXPIRES_SOON_MS = 14 * DAY_MS;
const UNUSED_AFTER_MS = 7 * DAY_MS;
const FORGOTTEN_AFTER_MS = 90 * DAY_MS;

type Rule = (facts: AttentionFacts) => Notice[];

function times(count: number): string {
  return count === 1 ? "once" : `${count.toLocaleString("en")} times`;
}

function daysUntil(at: Date, now: Date): string {
  const days = Math.ceil((at.getTime() - now.getTime()) / DAY_MS);
  if (days < 0) return "has expired";
  return days <= 1 ? "expires within a day" : `expires in ${days} days`;
}

const spike: Rule = ({ signIns: { lastHour, usualHour } }) => {
  if (lastHour < SPIKE.least || lastHour < SPIKE.times * usualHour) return [];
  const usual = usualHour < 1 ? "less than one" : `about ${Math.round(usualHour).toLocaleString("en")}`;
  return [
    {
      tone: "danger",
      title: `${lastHour.toLocaleString("en")} sign-ins failed within an hour`,
      detail: `Usually it is ${usual}. Somebody may be guessing passwords; each account lets in only a few attempts.`,
      page: "/events?type=user.sign_in_failed&within=hour",
      link: "See the attempts",
    },
  ];
};

const refusals: Rule = ({ refusals: kinds, clients }) =>
  kinds
    .filter(({ count }) => count >= MANY_REFUSALS)
    .map(({ count, clientId, description, reason, eventId }) => {
      const name = clients.find(({ id }) => id === clientId)?.name ?? (clientId ? "A client" : "An unknown client");
      return {
        tone: "danger",
        title: `${name} was refused ${times(count)} within a day`,
        detail: `${(description ?? reason ?? "Its requests were not in order").replace(/\.$/, "")}.`,
        page: `/events/${eventId}`,
        link: "See why, and what helps",
      };
    });

const mails: Rule = ({ mails: { failed, unsent } }) => {
  if (failed > 0)
    return [
      {
        tone: "danger",
        title: `${failed === 1 ? "A mail" : `${failed.toLocaleString("en")} mails`} could not be delivered`,
        detail: "The provider refused for good, or did not answer for a day.",
        page: "/mails",
        link: "See the mails",
      },
    ];
  if (unsent === 0) return [];
  return [
    {
      tone: "warning",
      title: "Mails are written, but nobody sends them",
      detail:
        "This installation has no mail provider, so they wait in its own mailbox. The operator sets RESEND_API_KEY or SMTP_URL.",
      page: "/mails",
      link: "Open the mailbox",
    },
  ];
};

const expiringKeys: Rule = ({ keys, now }) =>
  keys
    .filter(({ expiresAt }) => expiresAt && expiresAt.getTime() - now.getTime() < EXPIRES_SOON_MS)
    .map(({ name, expiresAt }) => ({
      tone: "warning",
      title: `The API key “${name}” ${daysUntil(expiresAt ?? now, now)}`,
      detail: "Make another one, put it in its place, then revoke this one.",
      page: "/keys",
      link: "Replace it",
    }));

const expiringSecrets: Rule = ({ clients, now }) =>
  clients.flatMap(({ id, name, secrets }) => {
    const ends = secrets.map(({ expiresAt }) => expiresAt);
    // One that lives on is enough.
    if (ends.length === 0 || ends.some((at) => !at || at.getTime() - now.getTime() >= EXPIRES_SOON_MS)) return [];
    const last = new Date(Math.max(...ends.map((at) => at?.getTime() ?? 0)));
    return [
      {
        tone: "warning",
        title: `The secret of ${name} ${daysUntil(last, now)}`,
        detail: "Make a new one; the old one goes on working until then.",
        page: `/clients/${id}`,
        link: "Replace it",
      },
    ];
  });

const noRedirectUri: Rule = ({ clients }) =>
  clients
    .filter(({ lacksRedirectUri }) => lacksRedirectUri)
    .map(({ id, name }) => ({
      tone: "warning",
      title: `${name} has no redirect URI`,
      detail: "Whoever starts a sign-in there cannot get back.",
      page: `/clients/${id}`,
      link: "Add one",
    }));

const owner: Rule = ({ ownerVerified }) =>
  ownerVerified
    ? []
    : [
        {
          tone: "warning",
          title: "No owner of this App has a verified e-mail address",
          detail: "Whoever loses the password could not be told apart from a stranger.",
          page: "/dashboard/account",
          link: "Verify yours",
        },
      ];

const idleKeys: Rule = ({ keys, now }) =>
  keys.flatMap(({ name, createdAt, lastUsedAt, expiresAt }) => {
    if (expiresAt && expiresAt <= now) return [];
    const since = now.getTime() - (lastUsedAt ?? createdAt).getTime();
    if (since < (lastUsedAt ? FORGOTTEN_AFTER_MS : UNUSED_AFTER_MS)) return [];
    const title = lastUsedAt
      ? `The API key “${name}” was not used for ${Math.floor(since / DAY_MS)} days`
      : `The API key “${name}” was never used`;
    return [
      {
        tone: "hint",
        title,
        detail: "A key that nobody needs is one that nobody misses when it is stolen.",
        page: "/keys",
        link: "Revoke it",
      },
    ];
  });

const idleClients: Rule = ({ clients, now }) =>
  clients
    .filter(({ lastUsedAt, createdAt }) => !lastUsedAt && now.getTime() - createdAt.getTime() >= UNUSED_AFTER_MS)
    .map(({ id, name }) => ({
      tone: "hint",
      title: `${name} has never connected`,
      detail: "Its secret is out there all the same. Delete the client if nobody is working on it.",
      page: `/clients/${id}`,
      link: "See the client",
    }));

const RULES: Rule[] = [
  spike,
  refusals,
  mails,
  expiringKeys,
  expiringSecrets,
  noRedirectUri,
  owner,
  idleKeys,
  idleClients,
];

export function noticesOf(facts: AttentionFacts): Notice[] {
  return RULES.flatMap((rule) => rule(facts));
}
