/** Event types: their titles and groups in the dashboard. A new type needs an entry here. */

export const EVENT_GROUPS = {
  sign_in: "Sign-ins and sessions",
  users: "Users",
  connected: "Connected applications",
  rejected: "Rejected requests",
  clients: "Applications and scopes",
  app: "App and team",
} as const;

export type EventGroup = keyof typeof EVENT_GROUPS;

export interface EventType {
  group: EventGroup;
  /** Stands alone in a list, or before details: "User updated: name". */
  title: string;
}

function group(name: EventGroup, types: Record<string, string>): [string, EventType][] {
  return Object.entries(types).map(([type, title]) => [type, { group: name, title }]);
}

export const EVENT_TYPES: ReadonlyMap<string, EventType> = new Map([
  ...group("sign_in", {
    "user.signed_up": "Signed up",
    "user.signed_in": "Signed in",
    "user.sign_in_failed": "Sign-in failed",
    "bot_check.failed": "Bot check failed",
    "bot_check.unavailable": "Bot check not made",
    "user.second_factor_needed": "Second factor needed",
    "user.second_factor_failed": "Second factor failed",
    "session.stepped_up": "Session confirmed with another factor",
    "social.failed": "Social sign-in failed",
    "magic_link.sent": "Magic link sent",
    "email_code.sent": "Sign-in code sent",
    "session.ended": "Signed out",
    "session.others_ended": "Signed out of all other sessions",
    "session.refresh_repeated": "Refresh token used twice",
    "session.refresh_reused": "Refresh token reused, session revoked",
  }),
  ...group("users", {
    "user.created": "User added",
    "user.imported": "User imported",
    "users.exported": "Users exported",
    "users.hashes_exported": "Users exported with password hashes",
    "user.updated": "User updated",
    "user.deleted": "User deleted",
    "user.exported": "User data exported",
    "user.disowned": "Account deleted by the owner of the email address",
    "invitation.sent": "Invitation sent",
    "invitation.withdrawn": "Invitation revoked",
    "user.email_verified": "Email address verified",
    "user.verification_asked": "Email verification requested",
    "user.verification_sent": "Verification email sent",
    "user.email_change_asked": "Email change requested",
    "user.email_changed": "Email address changed",
    "user.password_changed": "Password changed",
    "user.password_reset_asked": "Password reset requested",
    "user.password_reset_sent": "Password reset email sent",
    "user.password_reset": "Password reset completed",
    "breached_passwords.unavailable": "New password not checked against leaks",
    "user.sessions_ended": "All sessions revoked",
    "identity.linked": "Account linked",
    "identity.unlinked": "Account unlinked",
    "user.factor_added": "Second factor added",
    "user.factor_renamed": "Second factor renamed",
    "user.factor_removed": "Second factor removed",
    "user.factors_reset": "Second factors reset",
    "user.recovery_codes_replaced": "Recovery codes replaced",
    "user.recovery_code_used": "Recovery code used",
    "user.taken_over": "Account claimed by verified owner",
  }),
  ...group("connected", {
    "consent.given": "Consent given",
    "consent.denied": "Consent denied",
    "device.requested": "Device sign-in started",
    "device.allowed": "Device sign-in allowed",
    "device.denied": "Device sign-in denied",
    "device.code_rejected": "Wrong device code entered",
    "client.disconnected": "Application disconnected",
    "logout.rejected": "Logout token rejected",
    "logout.failed": "Logout token not delivered",
    "grant.created": "Tokens issued",
    "grant.ended": "Application access revoked",
    "grant.refresh_repeated": "Application used a refresh token twice",
    "grant.refresh_reused": "Application reused a refresh token, access revoked",
    "token.revoked": "Access token revoked",
  }),
  ...group("rejected", {
    "oauth.rejected": "Request rejected",
    "proxy.address_unreadable": "Proxy sent no IP address",
  }),
  ...group("clients", {
    "client.created": "Application created",
    "client.updated": "Application updated",
    "client.deleted": "Application deleted",
    "client.registered": "Application registered itself",
    "registration_token.created": "Registration token created",
    "registration_token.revoked": "Registration token revoked",
    "client.secret_rotated": "Client secret rotated",
    "client.secret_revoked": "Client secret revoked",
    "client.publisher_verified": "Publisher verified",
    "client.publisher_removed": "Publisher no longer verified",
    "scope.created": "Scope created",
    "scope.updated": "Scope updated",
    "scope.deleted": "Scope deleted",
    "resource.created": "Resource created",
    "resource.updated": "Resource updated",
    "resource.deleted": "Resource deleted",
    "claim.created": "Claim created",
    "claim.updated": "Claim updated",
    "claim.deleted": "Claim deleted",
  }),
  ...group("app", {
    "app.created": "App created",
    "app.updated": "App updated",
    "app.deleted": "App deleted",
    "api_key.created": "API key created",
    "api_key.revoked": "API key revoked",
    "connection.created": "Connection created",
    "connection.updated": "Connection updated",
    "connection.deleted": "Connection deleted",
    "member.added": "Member added",
    "member.invited": "Team invitation sent",
    "member.invitation_withdrawn": "Team invitation revoked",
    "member.joined": "Team invitation accepted",
    "member.role_changed": "Member role changed",
    "member.removed": "Member removed",
    "signing_key.created": "Signing key created",
    "signing_key.rotated": "Signing key rotated",
    "signing_key.retired": "Signing key retired immediately",
  }),
]);

/** The types of a group. */
export function typesOf(name: EventGroup): string[] {
  return [...EVENT_TYPES].filter(([, type]) => type.group === name).map(([type]) => type);
}
