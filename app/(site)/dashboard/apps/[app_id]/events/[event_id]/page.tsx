// Event page: the facts, the explanation and the fix.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { CodeBlock } from "@/app/_ui/code-block";
import { LongFactList } from "@/app/_ui/fact-list";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { type EventAnswer, getEvent } from "@/lib/audit/list";
import { isAppError } from "@/lib/errors";
import { findClient } from "@/lib/oauth/clients/clients";
import { explainRejection, type RejectionExplanation } from "@/lib/oauth/rejection-explanation";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../../app-paths";
import { loadActorNames } from "../actor-names";
import { eventSummary } from "../event-summary";
import { readExplanation } from "./explanation";
import { ExplanationCard } from "./explanation-card";
import { FactsCard } from "./facts-card";
import { FixButton } from "./fix-button";

export const metadata: Metadata = { title: "Event" };

async function findEvent(appId: string, eventId: string): Promise<EventAnswer> {
  try {
    return await getEvent(appId, eventId);
  } catch (error) {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  }
}

async function findRemedy(appId: string, event: EventAnswer): Promise<RejectionExplanation> {
  if (event.outcome !== "rejected") return { advice: "", fix: null };
  const client = event.client_id ? await findClient(appId, event.client_id) : null;
  return explainRejection(event.explanation, client, new Set((await listScopes(appId)).keys()));
}

export default async function EventPage({ params }: AppPageProps<{ app_id: string; event_id: string }>) {
  const { app_id, event_id } = await params;
  const events = appPath(app_id, "/events");
  const { app, role } = await requireMembership(app_id, `${events}/${event_id}`);
  const event = await findEvent(app.id, event_id);
  const [names, remedy] = await Promise.all([loadActorNames(app.id, [event]), findRemedy(app.id, event)]);
  const explanation = readExplanation(event.explanation);
  const fix = includesRole(role, "admin") ? remedy.fix : null;
  const isExplained = [explanation.description, explanation.section, explanation.remedy, explanation.sent].some(
    Boolean,
  );

  return (
    <>
      <PageHeader
        title={eventSummary(event)}
        breadcrumb={[{ href: events, label: "Events" }]}
        description={<code className="font-mono text-sm">{event.type}</code>}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-6 empty:hidden">
          {isExplained && (
            <ExplanationCard
              explanation={explanation}
              advice={remedy.advice}
              fix={
                fix && (
                  <FixButton
                    fix={fix}
                    clientName={names.client.get(event.client_id ?? "") ?? "the application"}
                    hidden={{ app_id: app.id, event_id: event.id }}
                  />
                )
              }
            />
          )}
          {explanation.rest.length > 0 && (
            <Card title="Details">
              <LongFactList facts={explanation.rest} />
            </Card>
          )}
        </div>
        <FactsCard appId={app.id} event={event} names={names} />
        <CodeBlock title="Raw JSON" code={JSON.stringify(event, null, 2)} />
      </div>
    </>
  );
}
