// Signing keys of an app, with their rotation and retirement.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { IdChip } from "@/app/_ui/id-chip";
import { PageHeader } from "@/app/_ui/page-header";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import { listSigningKeys } from "@/lib/apps/key-rotation";
import { includesRole } from "@/lib/apps/members";
import { SIGNING_ALGS, type SigningAlg } from "@/lib/apps/signing-keys";
import { type AppPageProps, appPath } from "../app-paths";
import { rotateSigningKeyAction } from "./actions";
import { KEY_STATUS, type SigningKey, statusSince } from "./key-status";
import { RetireKey } from "./retire-key";

export const metadata: Metadata = { title: "Signing keys" };

const USES: Record<SigningAlg, string> = {
  ES256: "Access tokens",
  RS256: "ID tokens, unless an application uses another algorithm",
  PS256: "Created for an application that uses it",
  EdDSA: "Created for an application that uses it",
};

const COLUMNS: Column<SigningKey>[] = [
  {
    label: "Key",
    fluid: true,
    cell: ({ kid }) => (
      <code className="block truncate font-mono text-xs sm:max-w-48" title={kid}>
        {kid}
      </code>
    ),
  },
  { label: "Status", cell: ({ status }) => <Badge tone={KEY_STATUS[status].tone}>{KEY_STATUS[status].label}</Badge> },
  { label: "Description", from: "md", cell: ({ status }) => KEY_STATUS[status].description },
  { label: "Since", from: "sm", cell: (key) => <RelativeTime at={statusSince(key)} /> },
];

function columnsFor(appId: string, canEdit: boolean): Column<SigningKey>[] {
  if (!canEdit) return COLUMNS;
  const cell = (key: SigningKey) => key.status !== "retired" && <RetireKey signingKey={key} appId={appId} />;
  return [...COLUMNS, { label: "Actions", hideLabel: true, align: "end", cell }];
}

export default async function SigningKeysPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/signing-keys"));
  const keys = await listSigningKeys(app.id);
  const canEdit = includesRole(role, "admin");

  return (
    <>
      <PageHeader
        title="Signing keys"
        description="Foyer signs this app’s tokens with these keys. Existing tokens stay valid when you rotate a key."
      />
      <p className="mb-8 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-muted">
        Published at <IdChip id={`${app.issuer}/jwks`} what="JWKS URL" />
      </p>
      <div className="grid gap-10">
        {SIGNING_ALGS.filter((alg) => keys.some((key) => key.alg === alg)).map((alg) => (
          <section key={alg} aria-labelledby={`keys-${alg}`}>
            <div className="mb-3 flex flex-wrap items-end justify-between gap-4">
              <div>
                <h2 id={`keys-${alg}`} className="text-base font-semibold">
                  {alg}
                </h2>
                <p className="text-sm text-ink-muted">{USES[alg]}</p>
              </div>
              {canEdit && <Rotate alg={alg} appId={app.id} />}
            </div>
            <Table
              caption={`Signing keys, ${alg}`}
              columns={columnsFor(app.id, canEdit)}
              rows={keys.filter((key) => key.alg === alg)}
              rowKey={({ kid }) => kid}
            />
          </section>
        ))}
      </div>
    </>
  );
}

function Rotate({ alg, appId }: { alg: string; appId: string }) {
  return (
    <ConfirmDialog
      trigger="Rotate key"
      triggerProps={{ size: "sm", "aria-label": `Rotate key: ${alg}` }}
      title={`Rotate the ${alg} key?`}
      action={rotateSigningKeyAction}
      hidden={{ app_id: appId, alg }}
      confirm="Rotate key"
      confirmVariant="primary"
      success="Key rotated"
    >
      <p>
        The next key signs all new tokens. The current key stays in the JWKS for 25 hours, longer than the lifetime of
        any token, and is then retired automatically. Services that fetch the JWKS aren’t affected.
      </p>
    </ConfirmDialog>
  );
}
