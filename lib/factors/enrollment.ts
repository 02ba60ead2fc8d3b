/** What enrollments of all kinds of factors have in common. */
import type { ProvedFactor } from "./handler";

/** A new factor that its user has proved. */
export interface ProvedEnrollment extends Pick<ProvedFactor, "amr" | "use"> {
  /** The recovery codes that came with the first factor, once it is used. */
  recoveryCodes: () => string[] | null;
}
