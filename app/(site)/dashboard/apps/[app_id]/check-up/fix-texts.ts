/** Texts of the buttons that resolve a finding, with their consequences. */
import type { CheckUpFix } from "@/lib/oauth/check-up/rules";

interface FixText {
  trigger: string;
  title: string;
  consequence: string;
  success: string;
}

export const FIX_TEXTS: Record<CheckUpFix["action"], FixText> = {
  require_pkce: {
    trigger: "Require PKCE",
    title: "Require PKCE?",
    consequence: "Foyer then rejects authorization requests of this application that have no code challenge.",
    success: "PKCE required",
  },
  rotate_refresh: {
    trigger: "Enable rotation",
    title: "Enable rotation?",
    consequence: "Each use then replaces the refresh token. The application must store the new one.",
    success: "Rotation enabled",
  },
  delete_client: {
    trigger: "Delete application",
    title: "Delete this application?",
    consequence: "Revokes all its tokens and credentials immediately. You can’t undo this.",
    success: "Application deleted",
  },
  create_secret: {
    trigger: "Create secret",
    title: "Create a new client secret?",
    consequence: "The current secret keeps working until you revoke it.",
    success: "Client secret created",
  },
  revoke_secret: {
    trigger: "Revoke old secret",
    title: "Revoke the old client secret?",
    consequence: "Requests with the old secret are rejected immediately. Deploy the new one first.",
    success: "Client secret revoked",
  },
  remove_redirect_uris: {
    trigger: "Remove redirect URI",
    title: "Remove from the redirect URIs?",
    consequence: "Foyer then rejects authorization requests with these URIs.",
    success: "Redirect URI removed",
  },
  deliver_code: {
    trigger: "Send codes instead",
    title: "Send codes instead of tokens?",
    consequence:
      "Return URLs then get ?code= instead of ?token=. Your backend must exchange the code with its API key, so change it first.",
    success: "Delivery changed",
  },
};
