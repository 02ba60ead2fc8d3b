// Danger zone of an app: deletion, only for owners.
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
          title: "Delete app",
          description: "Permanently deletes the app with its users, sessions, keys and audit trail.",
          action: (
            <ConfirmDialog
              trigger="Delete app"
              triggerProps={{ variant: "danger" }}
              title="Delete this app?"
              action={deleteAppAction}
              hidden={{ app_id: app.id }}
              confirm="Delete app"
              word={confirmationWord(app.name, app.id)}
              success="App deleted"
              redirectTo="/dashboard"
            >
              <p>
                This permanently deletes all users with their sessions and passwords, all API keys and signing keys, and
                the audit trail. Existing tokens can no longer be verified.
              </p>
            </ConfirmDialog>
          ),
        },
      ]}
    />
  );
}
