// Danger zone of a client: deletion, with its consequences.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import { formatCount } from "@/app/_ui/format-count";
import type { Client } from "@/lib/oauth/clients/clients";
import { type ClientUsage, MAX_COUNTED } from "@/lib/oauth/clients/usage-counts";
import { confirmationWord } from "../../../confirmation-word";
import { deleteClientAction } from "../../actions";

type ClientDangerZoneProps = { client: Client; hidden: Record<string, string>; use: ClientUsage; clients: string };

export function ClientDangerZone({ client, hidden, use, clients }: ClientDangerZoneProps) {
  return (
    <DangerCard
      items={[
        {
          title: "Delete application",
          description: "Revokes all tokens of the application immediately. You can’t undo this.",
          action: (
            <ConfirmDialog
              trigger="Delete application"
              triggerProps={{ variant: "danger" }}
              title="Delete this application?"
              action={deleteClientAction}
              hidden={hidden}
              confirm="Delete application"
              word={confirmationWord(client.client_name, client.id)}
              success="Application deleted"
              redirectTo={clients}
            >
              <Consequence use={use} />
              <p>Its client secrets stop working. A new application with the same name gets another client ID.</p>
            </ConfirmDialog>
          ),
        },
      ]}
    />
  );
}

function Consequence({ use: { users, grants } }: { use: ClientUsage }) {
  if (users === 0 && grants === 0) return <p>No users are connected to this application.</p>;
  return (
    <p className="rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
      <strong className="font-semibold">
        {formatCount(users, "user", MAX_COUNTED)}
        {grants > 0 && ` with ${formatCount(grants, "active connection", MAX_COUNTED)}`}
      </strong>{" "}
      will be disconnected, and their consent is deleted.
    </p>
  );
}
