// Publisher of an application: its domain, the proof, and what users see of it.
import { BadgeCheck, TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { findPublisher, type Publisher } from "@/lib/oauth/publisher/publisher";
import { type ClientPageProps, requireClient } from "../client-page";
import { removeAction } from "./actions";
import { DomainForm } from "./domain-form";
import { ProofSteps } from "./proof-steps";

export const metadata: Metadata = { title: "Publisher" };

export default async function PublisherPage({ params }: ClientPageProps) {
  const { app, client, readOnly, hidden } = await requireClient({ params }, "/publisher");
  const publisher = await findPublisher(app.id, client.id);
  return (
    <div className="grid max-w-3xl gap-6">
      <p className="text-sm text-ink-muted">
        Anyone can give an application any name and logo. If the publisher proves a domain, the consent page shows it
        with a check mark. Nothing else adds the mark.
      </p>
      {publisher?.verifiedAt ? (
        <Verified publisher={publisher} verifiedAt={publisher.verifiedAt} />
      ) : (
        publisher && <ProofSteps publisher={publisher} hidden={hidden} readOnly={readOnly} />
      )}
      {!readOnly && (
        <Card
          title={publisher ? "Change domain" : "Verify a domain"}
          description={
            publisher
              ? "Another domain needs its own proof. The check mark of the current one disappears."
              : "The domain of the company or person that publishes the application."
          }
          actions={publisher && <Remove publisher={publisher} hidden={hidden} />}
        >
          <DomainForm hidden={hidden} isFirst={!publisher} />
        </Card>
      )}
      {readOnly && !publisher && <p className="text-sm">The publisher of this application isn’t verified.</p>}
    </div>
  );
}

type VerifiedProps = { publisher: Publisher; verifiedAt: Date };

function Verified({ publisher: { domain, method, checkedAt, failingSince }, verifiedAt }: VerifiedProps) {
  return (
    <Card>
      <div className="flex items-start gap-3">
        <BadgeCheck aria-hidden="true" className="mt-0.5 size-5.5 shrink-0 text-success" strokeWidth={1.75} />
        <div className="min-w-0 text-sm">
          <h2 className="text-base font-semibold break-all">{domain}</h2>
          <p className="mt-1 text-ink-muted">
            Verified <RelativeTime at={verifiedAt} /> by {method === "dns" ? "a DNS record" : "a file"}. Foyer checks it
            once a day
            {checkedAt && (
              <>
                , last <RelativeTime at={checkedAt} />
              </>
            )}
            . Keep the proof in place.
          </p>
          {failingSince && (
            <p className="mt-3 flex items-start gap-2 text-warning">
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
              <span>
                Foyer has not found the proof since <RelativeTime at={failingSince} />. After a week, the check mark
                disappears.
              </span>
            </p>
          )}
        </div>
      </div>
    </Card>
  );
}

function Remove({ publisher, hidden }: { publisher: Publisher; hidden: Record<string, string> }) {
  return (
    <ConfirmDialog
      trigger="Remove publisher"
      triggerProps={{ variant: "quiet", size: "sm" }}
      title="Remove the publisher?"
      action={removeAction}
      hidden={hidden}
      confirm="Remove publisher"
      success="Publisher removed"
    >
      <p>The consent page no longer shows {publisher.domain}. You can verify a domain again at any time.</p>
    </ConfirmDialog>
  );
}
