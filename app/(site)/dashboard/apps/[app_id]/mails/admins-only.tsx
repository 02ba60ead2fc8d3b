// A mail holds links that sign its reader in, so looking at one is more than looking.
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";

export function AdminsOnly() {
  return (
    <>
      <PageHeader title="Mails" />
      <EmptyState title="For owners and admins">
        <p>Mails hold links that sign their reader in, so your role does not show them.</p>
      </EmptyState>
    </>
  );
}
