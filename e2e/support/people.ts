/** Email addresses, passwords and IP addresses of the people in the tests. */
import { randomBytes } from "node:crypto";

export const PASSWORD = "correct horse battery";
export const NEW_PASSWORD = "another horse battery";

export function newEmail(name = "bob"): string {
  return `${name}-${randomBytes(8).toString("hex")}@example.com`;
}

/** An IP address of the range for benchmarks (RFC 2544), which no other test uses. */
export function newAddress(): string {
  return `198.18.${randomBytes(2).join(".")}`;
}
