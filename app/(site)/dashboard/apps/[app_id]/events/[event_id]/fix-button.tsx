// Button that adds the rejected value to the client's settings, after a confirmation.
import type { ComponentProps } from "react";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import type { Fix } from "@/lib/oauth/rejection-explanation";
import { fixRequestAction } from "../actions";

type FixButtonProps = {
  fix: Fix;
  clientName: string;
  hidden: { app_id: string; event_id: string };
  triggerProps?: ComponentProps<typeof ConfirmDialog>["triggerProps"];
};

const TEXTS: Record<Fix["field"], { trigger: string; title: string; consequence: string; success: string }> = {
  redirect_uris: {
    trigger: "Add redirect URI",
    title: "Add this redirect URI?",
    consequence: "Foyer will send authorization codes to this URI. Add it only if it belongs to the application.",
    success: "Redirect URI added",
  },
  post_logout_redirect_uris: {
    trigger: "Add post-logout redirect URI",
    title: "Add this post-logout redirect URI?",
    consequence:
      "Foyer will redirect users to this URI after they sign out. Add it only if it belongs to the application.",
    success: "Post-logout redirect URI added",
  },
  scopes: {
    trigger: "Allow scope",
    title: "Allow this scope?",
    consequence: "The application can then request it from users, or use it directly if it acts without users.",
    success: "Scope allowed",
  },
  grant_types: {
    trigger: "Allow grant type",
    title: "Allow this grant type?",
    consequence: "The application can then get tokens with this grant type.",
    success: "Grant type allowed",
  },
};

export function FixButton({ fix, clientName, hidden, triggerProps = { variant: "primary" } }: FixButtonProps) {
  const { trigger, title, consequence, success } = TEXTS[fix.field];
  return (
    <ConfirmDialog
      trigger={trigger}
      triggerProps={triggerProps}
      title={title}
      action={fixRequestAction}
      hidden={hidden}
      confirm={trigger}
      confirmVariant="primary"
      success={success}
    >
      <ul className="grid gap-1.5">
        {fix.values.map((value) => (
          <li key={value}>
            <code className="font-mono text-[0.8125rem] break-all text-ink">{value}</code>
          </li>
        ))}
      </ul>
      <p>
        This changes the application <strong className="font-medium text-ink">{clientName}</strong>. {consequence}
      </p>
    </ConfirmDialog>
  );
}
