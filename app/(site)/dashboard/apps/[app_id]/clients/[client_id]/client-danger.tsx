// The end of a client, with its consequences.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import { typeable } from "../../typeable";
import { deleteClientAction } from "../actions";

type ClientDangerProps = {
  client: { client_id: string; client_name: string };
  hidden: Record<string, string>;
  connected: number;
  clients: string;
};

export function ClientDanger({ client, hidden, connected, clients }: ClientDangerProps) {
  return (
    <DangerCard
      items={[
        {
          title: "Delete this client",
          description: "It can sign nobody in any more, and every token that it holds ends. There is no way back.",
          action: (
            <ConfirmDialog
              trigger="Delete client"
              triggerLook={{ variant: "danger" }}
              title="Delete this client?"
              action={deleteClientAction}
              hidden={hidden}
              confirm="Delete for good"
              word={typeable(client.client_name, client.client_id)}
              success="The client was deleted"
              leadsTo={clients}
            >
              <p>
                {connected === 0
                  ? "Nobody has connected it."
                  : `${connected} ${connected === 1 ? "user has" : "users have"} connected it; their consents and all its grants go with it.`}{" "}
                A new client with the same name is another one, with another id.
              </p>
            </ConfirmDialog>
          ),
        },
      ]}
    />
  );
}
