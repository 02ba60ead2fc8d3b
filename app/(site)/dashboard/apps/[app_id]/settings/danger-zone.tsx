// The end of an App, for its owner alone.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import type { App } from "@/lib/apps/apps";
import { confirmationWord } from "../confirmation-word";
import { deleteAppAction } from "./actions";

export function DangerZone({ app }: { app: App }) {
  return (
    <DangerCard
      items={[
        {
          title: "Delete this App",
          description: "Its users, sessions, keys and audit trail go with it. There is no way back.",
          action: (
            <ConfirmDialog
              trigger="Delete App"
              triggerProps={{ variant: "danger" }}
              title="Delete this App?"
              action={deleteAppAction}
              hidden={{ app_id: app.id }}
              confirm="Delete for good"
              word={confirmationWord(app.name, app.id)}
              success="The App was deleted"
              redirectTo="/dashboard"
            >
              <p>
                All its users with their sessions and passwords, all API keys and signing keys, and the audit trail are
                deleted at once. Tokens that are out there can no longer be verified.
              </p>
            </ConfirmDialog>
          ),
        },
      ]}
    />
  );
}
