// Security check-up: the rules of RFC 9700, what violates them, and the buttons that resolve it.
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { checkUp } from "@/lib/oauth/check-up/check-up";
import { type Finding, RULES, type RuleId } from "@/lib/oauth/check-up/rules";
import { type AppPageProps, appPath } from "../app-paths";
import { sectionLink } from "../events/[event_id]/section-link";
import { FindingItem } from "./finding-item";

export const metadata: Metadata = { title: "Security check-up" };

export default async function CheckUpPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/check-up"));
  const { findings, clients, isPartial } = await checkUp(app);
  const rules = Object.keys(RULES) as RuleId[];
  const ofRule = (rule: RuleId) => findings.filter((finding) => finding.rule === rule);
  const violated = rules.filter((rule) => ofRule(rule).length > 0);
  const met = rules.filter((rule) => !violated.includes(rule));

  return (
    <>
      <PageHeader
        title="Security check-up"
        description={
          <>
            Compares this app and its applications with the{" "}
            <TextLink href="https://www.rfc-editor.org/rfc/rfc9700">security best practices of OAuth 2.0</TextLink>,
            each time you open this page.
          </>
        }
      />
      <div className="grid gap-6">
        <Summary findings={findings.length} clients={clients} isPartial={isPartial} />
        {violated.map((rule) => (
          <ViolatedRule
            key={rule}
            rule={rule}
            findings={ofRule(rule)}
            appId={app.id}
            canFix={includesRole(role, "admin")}
          />
        ))}
        <MetRules rules={met} />
      </div>
    </>
  );
}

function Summary({ findings, clients, isPartial }: { findings: number; clients: number; isPartial: boolean }) {
  const of = `${isPartial ? `the newest ${clients}` : clients} ${clients === 1 ? "application" : "applications"}`;
  const Icon = findings === 0 ? CircleCheck : TriangleAlert;
  return (
    <p role="status" className="flex items-center gap-2.5 text-sm font-medium">
      <Icon
        aria-hidden="true"
        className={`size-4.5 shrink-0 ${findings === 0 ? "text-success" : "text-warning"}`}
        strokeWidth={1.75}
      />
      {findings === 0 ? `No findings in ${of}` : `${findings} ${findings === 1 ? "finding" : "findings"} in ${of}`}
    </p>
  );
}

type ViolatedRuleProps = { rule: RuleId; findings: Finding[]; appId: string; canFix: boolean };

function ViolatedRule({ rule, findings, appId, canFix }: ViolatedRuleProps) {
  const { title, reason } = RULES[rule];
  return (
    <section aria-labelledby={rule} className="rounded-lg border border-line bg-surface-raised shadow-sm">
      <header className="flex gap-3 px-6 pt-5 pb-4">
        <TriangleAlert aria-hidden="true" className="mt-0.75 size-4.5 shrink-0 text-warning" strokeWidth={1.75} />
        <div className="min-w-0">
          <h2 id={rule} className="text-base font-semibold">
            {title}
          </h2>
          <p className="mt-1 max-w-prose text-sm text-ink-muted">
            {reason} <Section rule={rule} />
          </p>
        </div>
      </header>
      <ul className="divide-y divide-line border-t border-line px-6">
        {findings.map((finding) => (
          <FindingItem key={finding.client?.id ?? "app"} finding={finding} appId={appId} canFix={canFix} />
        ))}
      </ul>
    </section>
  );
}

function Section({ rule }: { rule: RuleId }) {
  const { standard } = RULES[rule];
  const href = sectionLink(standard);
  return <span className="whitespace-nowrap">{href ? <TextLink href={href}>{standard}</TextLink> : standard}</span>;
}

function MetRules({ rules }: { rules: RuleId[] }) {
  if (rules.length === 0) return null;
  return (
    <section aria-labelledby="met" className="rounded-lg border border-line bg-surface-raised px-6 py-5 shadow-sm">
      <h2 id="met" className="text-base font-semibold">
        Met
      </h2>
      <ul className="mt-3 grid gap-x-8 gap-y-2.5 text-sm sm:grid-cols-2">
        {rules.map((rule) => (
          <li key={rule} className="flex items-start gap-2.5">
            <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" strokeWidth={1.75} />
            <span className="min-w-0">
              {RULES[rule].title}{" "}
              <span className="text-ink-muted">
                (<Section rule={rule} />)
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
