// "Needs attention" card: notices with a link to the page that resolves them.
import { CircleAlert, CircleCheck, Lightbulb, TriangleAlert } from "lucide-react";
import { TextLink } from "@/app/_ui/text-link";
import { listActiveKeys } from "@/lib/apps/api-keys";
import type { App } from "@/lib/apps/apps";
import { hasVerifiedOwner } from "@/lib/apps/members";
import { listFrequentRejections } from "@/lib/audit/rejections";
import { countSignInFailures } from "@/lib/audit/sign-in-failures";
import { now } from "@/lib/clock";
import { countDeliveryProblems } from "@/lib/mail/delivery-problems";
import { checkUp } from "@/lib/oauth/check-up/check-up";
import type { Finding } from "@/lib/oauth/check-up/rules";
import { listClientFacts } from "@/lib/oauth/clients/attention-facts";
import { appPath } from "../app-paths";
import { type Notice, noticesOf } from "./attention";

const DAY_MS = 86_400_000;
const REJECTION_KINDS = 3;
/** Further notices are collapsed. */
const SHOWN = 4;

async function findNotices(app: App): Promise<Notice[]> {
  const appId = app.id;
  const at = now();
  const yesterday = new Date(at.getTime() - DAY_MS);
  const [refusals, signIns, keys, clients, mails, ownerVerified, { findings }] = await Promise.all([
    listFrequentRejections(appId, yesterday, REJECTION_KINDS),
    countSignInFailures(appId, at),
    listActiveKeys(appId),
    listClientFacts(appId),
    countDeliveryProblems(appId, new Date(at.getTime() - 7 * DAY_MS)),
    hasVerifiedOwner(appId),
    checkUp(app),
  ]);
  return noticesOf({ now: at, refusals, signIns, keys, clients, mails, ownerVerified, findings: reported(findings) });
}

/** Unused applications have notices of their own. */
function reported(findings: Finding[]): number {
  return findings.filter(({ rule }) => rule !== "unused_client").length;
}

export async function AttentionCard({ app }: { app: App }) {
  const appId = app.id;
  const notices = await findNotices(app);
  if (notices.length === 0) {
    return (
      <p className="flex items-center gap-2.5 text-sm text-ink-muted">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" strokeWidth={1.75} />
        Nothing needs your attention.
      </p>
    );
  }
  const [shown, collapsed] = [notices.slice(0, SHOWN), notices.slice(SHOWN)];
  return (
    <section aria-labelledby="attention" className="rounded-lg border border-line bg-surface-raised shadow-sm">
      <h2 id="attention" className="px-6 pt-5 text-base font-semibold">
        Needs attention
      </h2>
      <ul className="divide-y divide-line px-6 pb-1">
        {shown.map((notice) => (
          <NoticeLine key={notice.title} appId={appId} notice={notice} />
        ))}
      </ul>
      {collapsed.length > 0 && (
        <details className="border-t border-line px-6">
          <summary className="cursor-pointer rounded-sm py-3 text-sm text-ink-muted hover:text-ink">
            Show {collapsed.length} more
          </summary>
          <ul className="divide-y divide-line border-t border-line pb-1">
            {collapsed.map((notice) => (
              <NoticeLine key={notice.title} appId={appId} notice={notice} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const TONES = {
  danger: { Icon: CircleAlert, color: "text-danger", prefix: "Urgent: " },
  warning: { Icon: TriangleAlert, color: "text-warning", prefix: "Warning: " },
  hint: { Icon: Lightbulb, color: "text-ink-muted", prefix: "Hint: " },
};

function NoticeLine({ appId, notice: { tone, title, detail, page, link } }: { appId: string; notice: Notice }) {
  const { Icon, color, prefix } = TONES[tone];
  const href = page.startsWith("/dashboard") ? page : appPath(appId, page);
  return (
    <li className="flex gap-3 py-3.5 text-sm">
      <Icon aria-hidden="true" className={`mt-0.5 size-4.5 shrink-0 ${color}`} strokeWidth={1.75} />
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <div className="min-w-0 flex-1 basis-64 sm:basis-96">
          <h3 className="font-medium break-words">
            <span className="sr-only">{prefix}</span>
            {title}
          </h3>
          <p className="break-words text-ink-muted">{detail}</p>
        </div>
        <TextLink href={href}>{link}</TextLink>
      </div>
    </li>
  );
}
