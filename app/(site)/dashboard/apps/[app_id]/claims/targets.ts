/** Where a custom claim appears. */
import type { ClaimTarget } from "@/lib/claims/claim";

export const TARGETS: { value: ClaimTarget; label: string; description: string }[] = [
  { value: "id_token", label: "ID token", description: "What an application learns at the sign-in." },
  { value: "access_token", label: "Access token", description: "What your APIs read." },
  { value: "userinfo", label: "UserInfo", description: "What an application reads later." },
  { value: "direct_token", label: "Direct token", description: "The session token of your own backend’s sign-ins." },
];

export function targetLabel(target: ClaimTarget): string {
  return TARGETS.find(({ value }) => value === target)?.label ?? target;
}
