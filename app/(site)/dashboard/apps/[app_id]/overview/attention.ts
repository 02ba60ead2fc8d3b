/** Notices of the "Needs attention" card, as a pure function of facts. */
import type { listActiveKeys } from "@/lib/apps/api-keys";
import type { FrequentRejection } from "@/lib/audit/rejections";
import type { SignInFailures } from "@/lib/audit/sign-in-failures";
import type { DeliveryProblems } from "@/lib/mail/delivery-problems";
import type { ClientFacts } from "@/lib/oauth/clients/attention-facts";
import { clientSlug } from "../clients/client-path";

export interface AttentionFacts {
  now: Date;
  refusals: FrequentRejection[];
  signIns: SignInFailures;
  keys: Awaited<ReturnType<typeof listActiveKeys>>;
  clients: ClientFacts[];
  mails: DeliveryProblems;
  ownerVerified: boolean;
  /** Findings of the security check-up that no other notice reports. */
  findings: number;
}

export interface Notice {
  /** danger: something fails now; warning: something will fail; hint: to clean up. */
  tone: "danger" | "warning" | "hint";
  title: string;
  detail: string;
  /** The path of a page of the app, or a full path that starts with /dashboard. */
  page: string;
  /** The text of the link: "View emails". */
  link: string;
}

const DAY_MS = 86_400_000;
const MIN_REJECTIONS_PER_DAY = 10;
const FAILURE_SPIKE = { minimum: 20, factor: 4 };
const EXPIRES_SOON_MS = 14 * DAY_MS;
const NEVER_USED_AFTER_MS = 7 * DAY_MS;
const UNUSED_AFTER_MS = 90 * DAY_MS;

type Rule = (facts: AttentionFacts) => Notice[];

function expiry(at: Date, now: Date): string {
  const days = Math.ceil((at.getTime() - now.getTime()) / DAY_MS);
  if (days < 0) return "has expired";
  return days <= 1 ? "expires within 24 hours" : `expires in ${days} days`;
}

const failedSignIns: Rule = ({ signIns: { lastHour, usualHour } }) => {
  if (lastHour < FAILURE_SPIKE.minimum || lastHour < FAILURE_SPIKE.factor * usualHour) return [];
  const usual = usualHour < 1 ? "fewer than 1" : `about ${Math.round(usualHour).toLocaleString("en")}`;
  return [
    {
      tone: "danger",
      title: `${lastHour.toLocaleString("en")} failed sign-ins in the last hour`,
      detail: `Normally ${usual} per hour. This may be password guessing. Foyer limits the attempts per account.`,
      page: "/events?type=user.sign_in_failed&within=hour",
      link: "View failed sign-ins",
    },
  ];
};

const rejectedRequests: Rule = ({ refusals, clients }) =>
  refusals
    .filter(({ count }) => count >= MIN_REJECTIONS_PER_DAY)
    .map(({ count, clientId, description, reason, eventId }) => {
      const name =
        clients.find(({ id }) => id === clientId)?.name ?? (clientId ? "An application" : "Unknown application");
      return {
        tone: "danger",
        title: `${name}: ${count.toLocaleString("en")} rejected requests in the last 24 hours`,
        detail: `${(description ?? reason ?? "The requests were invalid").replace(/\.$/, "")}.`,
        page: `/events/${eventId}`,
        link: "View explanation",
      };
    });

const undeliveredEmails: Rule = ({ mails: { failed } }) =>
  failed === 0
    ? []
    : [
        {
          tone: "danger",
          title: `${failed.toLocaleString("en")} ${failed === 1 ? "email" : "emails"} couldn’t be delivered`,
          detail: "The email provider rejected the message or didn’t respond for a day.",
          page: "/mails",
          link: "View emails",
        },
      ];

const noEmailProvider: Rule = ({ mails: { failed, unsent } }) =>
  failed > 0 || unsent === 0
    ? []
    : [
        {
          tone: "warning",
          title: "Email delivery isn’t configured",
          detail:
            "Foyer keeps emails in the mailbox and doesn’t send them. The operator of this server must set RESEND_API_KEY or SMTP_URL.",
          page: "/mails",
          link: "Open mailbox",
        },
      ];

const expiringKeys: Rule = ({ keys, now }) =>
  keys
    .filter(({ expiresAt }) => expiresAt && expiresAt.getTime() - now.getTime() < EXPIRES_SOON_MS)
    .map(({ name, expiresAt }) => ({
      tone: "warning",
      title: `API key “${name}” ${expiry(expiresAt ?? now, now)}`,
      detail: "Create a new key, deploy it, then revoke this one.",
      page: "/keys",
      link: "View API keys",
    }));

const expiringSecrets: Rule = ({ clients, now }) =>
  clients.flatMap(({ id, name, secrets }) => {
    const expiries = secrets.map(({ expiresAt }) => expiresAt);
    // One secret that stays valid is enough.
    if (expiries.length === 0 || expiries.some((at) => !at || at.getTime() - now.getTime() >= EXPIRES_SOON_MS))
      return [];
    const last = new Date(Math.max(...expiries.map((at) => at?.getTime() ?? 0)));
    return [
      {
        tone: "warning",
        title: `Client secret of ${name} ${expiry(last, now)}`,
        detail: "Create a new secret. The old one works until it expires.",
        page: `/clients/${clientSlug(id)}`,
        link: "View application",
      },
    ];
  });

const checkUpFindings: Rule = ({ findings }) =>
  findings === 0
    ? []
    : [
        {
          tone: "hint",
          title: `The security check-up has ${findings === 1 ? "one finding" : `${findings} findings`}`,
          detail: "It compares your applications with the security best practices of OAuth 2.0.",
          page: "/check-up",
          link: "Open check-up",
        },
      ];

const noRedirectUri: Rule = ({ clients }) =>
  clients
    .filter(({ lacksRedirectUri }) => lacksRedirectUri)
    .map(({ id, name }) => ({
      tone: "warning",
      title: `${name} has no redirect URI`,
      detail: "Users can’t complete a sign-in with this application.",
      page: `/clients/${clientSlug(id)}`,
      link: "View application",
    }));

const ambiguousScheme: Rule = ({ clients }) =>
  clients.flatMap(({ id, name, ambiguousScheme: scheme }) =>
    scheme === null
      ? []
      : [
          {
            tone: "hint",
            title: `${name} uses the scheme ${scheme}:`,
            detail:
              "Another application can register the same scheme and receive the users’ codes. A reversed domain name, like com.example.app, is safer.",
            page: `/clients/${clientSlug(id)}`,
            link: "View application",
          },
        ],
  );

const noVerifiedOwner: Rule = ({ ownerVerified }) =>
  ownerVerified
    ? []
    : [
        {
          tone: "warning",
          title: "No owner has a verified email address",
          detail: "If you lose your password, you won’t be able to recover your account.",
          page: "/dashboard/account",
          link: "Verify your email address",
        },
      ];

const unusedKeys: Rule = ({ keys, now }) =>
  keys.flatMap(({ name, createdAt, lastUsedAt, expiresAt }) => {
    if (expiresAt && expiresAt <= now) return [];
    const unusedMs = now.getTime() - (lastUsedAt ?? createdAt).getTime();
    if (unusedMs < (lastUsedAt ? UNUSED_AFTER_MS : NEVER_USED_AFTER_MS)) return [];
    const usage = lastUsedAt ? `hasn’t been used for ${Math.floor(unusedMs / DAY_MS)} days` : "has never been used";
    return [
      {
        tone: "hint",
        title: `API key “${name}” ${usage}`,
        detail: "Revoke keys that you don’t need. Anyone who has a key has full access to this app.",
        page: "/keys",
        link: "View API keys",
      },
    ];
  });

const unusedClients: Rule = ({ clients, now }) =>
  clients
    .filter(({ lastUsedAt, createdAt }) => !lastUsedAt && now.getTime() - createdAt.getTime() >= NEVER_USED_AFTER_MS)
    .map(({ id, name }) => ({
      tone: "hint",
      title: `${name} has never been used`,
      detail: "Its credentials are valid. Delete the application if you don’t need it.",
      page: `/clients/${clientSlug(id)}`,
      link: "View application",
    }));

const RULES: Rule[] = [
  failedSignIns,
  rejectedRequests,
  undeliveredEmails,
  noEmailProvider,
  expiringKeys,
  expiringSecrets,
  noRedirectUri,
  noVerifiedOwner,
  ambiguousScheme,
  unusedKeys,
  unusedClients,
  checkUpFindings,
];

export function noticesOf(facts: AttentionFacts): Notice[] {
  return RULES.flatMap((rule) => rule(facts));
}
