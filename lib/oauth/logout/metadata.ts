/** Metadata of back-channel logout (OIDC Back-Channel Logout 1.0 §2.1). */
export function logoutMetadata() {
  return { backchannel_logout_supported: true, backchannel_logout_session_supported: true };
}
