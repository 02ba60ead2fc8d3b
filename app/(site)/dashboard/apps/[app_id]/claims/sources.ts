/** Where the value of a custom claim comes from. */
import type { ClaimSource } from "@/lib/claims/claim";

export const SOURCE_KINDS = [
  { value: "public_metadata", label: "Public metadata of the user" },
  { value: "metadata", label: "Metadata of the user" },
  { value: "profile", label: "Profile of the user" },
  { value: "constant", label: "The same value for all users" },
];

/** The kind and value of the form's fields. */
export function sourceFields(source: ClaimSource): { kind: string; value: string } {
  const [[kind, value] = ["public_metadata", ""]] = Object.entries(source);
  return { kind, value: kind === "constant" ? JSON.stringify(value) : String(value) };
}

const TEXTS: Record<string, string> = {
  public_metadata: "Public metadata",
  metadata: "Metadata",
  profile: "Profile",
  constant: "Constant",
};

export function sourceText(source: ClaimSource): { kind: string; value: string } {
  const { kind, value } = sourceFields(source);
  return { kind: TEXTS[kind] ?? kind, value };
}
