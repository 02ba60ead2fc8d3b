/** Every type of event there is: what it says, and among which others it is listed. Whoever records a new one says it here. */

export const EVENT_GROUPS = {
  sign_in: "Sign-in and sessions",
  users: "Users",
  connected: "Connected apps",
  refused: "Refused requests",
  clients: "Clients and scopes",
  app: "App and team",
} as const;

export type EventGroup = keyof typeof EVENT_GROUPS;

export interface EventType {
  group: EventGroup;
  /** Stands alone in a list, and before what is known in addition: "User changed: name". */
  says: string;
}

function group(name: EventGroup, types: Record<string, string>): [string, EventType][] {
  return Object.entries(types).map(([type, says]) => [type, { group: name, says }]);
}

export const EVENT_TYPES: ReadonlyMap<string, EventType> = new Map([
  ...group("sign_in", {
    "user.signed_up": "Signed up",
    "user.signed_in": "Signed in",
    "user.sign_in_failed": "Sign-in failed",
    "social.failed": "Sign-in with a provider failed",
    "magic_link.sent": "Magic link sent",
    "session.ended": "Session ended",
    "session.others_ended": "Signed out everywhere else",
    "session.refresh_repeated": "Refresh token used twice at once",
    "session.refresh_reused": "Old refresh token used again; the session was ended",
  }),
  ...group("users", {
    "user.created": "User added",
    "user.imported": "User imported",
    "users.exported": "Users exported",
    "users.hashes_exported": "Users exported with their password hashes",
    "user.updated": "User changed",
    "user.deleted": "User deleted",
    "user.exported": "Data of the user exported",
    "user.disowned": "Account removed by the owner of the address",
    "invitation.sent": "Invitation sent",
    "invitation.withdrawn": "Invitation withdrawn",
    "user.email_verified": "Address verified",
    "user.verification_asked": "Verification of the address asked for",
    "user.verification_sent": "Verification of the address sent",
    "user.email_change_asked": "Another address asked for",
    "user.email_changed": "Address changed",
    "user.password_changed": "Password changed",
    "user.password_reset_asked": "Password reset asked for",
    "user.password_reset_sent": "Password reset sent",
    "user.password_reset": "Password reset",
    "user.sessions_ended": "All sessions ended",
    "identity.linked": "Account of a provider linked",
    "identity.unlinked": "Account of a provider unlinked",
    "user.taken_over": "Unverified account handed to the owner of the address",
  }),
  ...group("connected", {
    "consent.given": "Consent given",
    "consent.denied": "Consent refused",
    "client.disconnected": "App disconnected",
    "grant.created": "Tokens given to an app",
    "grant.ended": "Access of an app ended",
    "grant.refresh_repeated": "Refresh token used twice at once by an app",
    "grant.refresh_reused": "Old refresh token used again by an app; its access was ended",
    "token.revoked": "Access token revoked",
  }),
  ...group("refused", {
    "oauth.rejected": "Request refused",
  }),
  ...group("clients", {
    "client.created": "Client added",
    "client.updated": "Client changed",
    "client.deleted": "Client deleted",
    "client.secret_rotated": "Client secret replaced",
    "client.secret_revoked": "Client secret revoked",
    "scope.created": "Scope added",
    "scope.updated": "Scope changed",
    "scope.deleted": "Scope deleted",
  }),
  ...group("app", {
    "app.created": "App created",
    "app.updated": "App changed",
    "app.deleted": "App deleted",
    "api_key.created": "API key made",
    "api_key.revoked": "API key revoked",
    "connection.created": "Connection added",
    "connection.updated": "Connection changed",
    "connection.deleted": "Connection deleted",
    "member.added": "Member added",
    "member.invited": "Somebody invited to the team",
    "member.invitation_withdrawn": "Invitation to the team withdrawn",
    "member.joined": "Invitation to the team accepted",
    "member.role_changed": "Role of a member changed",
    "member.removed": "Member removed",
    "signing_key.rotated": "Signing key rotated",
    "signing_key.retired": "Signing key retired at once",
  }),
]);

/** The types of a group. */
export function typesOf(name: EventGroup): string[] {
  return [...EVENT_TYPES].filter(([, type]) => type.group === name).map(([type]) => type);
}
