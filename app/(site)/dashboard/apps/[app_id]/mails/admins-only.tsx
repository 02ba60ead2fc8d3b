// Replacement of the email pages for viewers, since emails contain links that sign in their reader.
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";

export function AdminsOnly() {
  return (
    <>
      <PageHeader title="Emails" />
      <EmptyState title="Only for owners and admins">
        <p>Emails contain links that sign in the user, so viewers can’t see them.</p>
      </EmptyState>
    </>
  );
}
