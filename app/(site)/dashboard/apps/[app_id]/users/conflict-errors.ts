/** What is taken already is said beside the field that asked for it. */
import { failInput, isAppError } from "@/lib/errors";

const FIELDS: Record<string, string> = { email_taken: "email", external_id_taken: "external_id" };

export async function withConflictErrors<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const field = isAppError(error) ? FIELDS[error.code] : undefined;
    if (isAppError(error) && field) failInput({ [field]: error.description });
    throw error;
  }
}
