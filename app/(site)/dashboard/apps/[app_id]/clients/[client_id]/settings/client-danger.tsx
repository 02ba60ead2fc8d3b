// The end of a client, with its consequences.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import { formatCount } from "@/app/_ui/format-count";
import type { Client } from "@/lib/oauth/clients/clients";
import { type ClientUsage, MAX_COUNTED } from "@/lib/oauth/clients/usage-counts";
import { confirmationWord } from "../../../confirmation-word";
import { deleteClientAction } from "../../actions";

type ClientDangerProps = { client: Client; hidden: Record<string, string>; use: ClientUsage; clients: string };

export function ClientDanger({ client, hidden, use, clients }: ClientDangerProps) {
  return (
    <DangerCard
      items={[
        {
          title: "Delete this client",
          description: "Every token that it has ends at once, and it gets no other. There is no way back.",
          action: (
            <ConfirmDialog
              trigger="Delete client"
              triggerProps={{ variant: "danger" }}
              title="Delete this client?"
              action={deleteClientAction}
              hidden={hidden}
              confirm="Delete for good"
              word={confirmationWord(client.client_name, client.id)}
              success="The client was deleted"
              redirectTo={clients}
            >
              <Consequence use={use} />
              <p>Its secrets stop working, and a new client of the same name is another one, with another id.</p>
            </ConfirmDialog>
          ),
        },
      ]}
    />
  );
}

function Consequence({ use: { users, grants } }: { use: ClientUsage }) {
  if (users === 0 && grants === 0) return <p>Nobody is connected to it.</p>;
  return (
    <p className="rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
      <strong className="font-semibold">
        {formatCount(users, "user", MAX_COUNTED)}
        {grants > 0 && ` with ${formatCount(grants, "live connection", MAX_COUNTED)}`}
      </strong>{" "}
      will be disconnected, and what they consented to is forgotten.
    </p>
  );
}
