/** Converts a conflict, such as a taken email address, to an error of the form's field. */
import { failInput, isAppError } from "@/lib/errors";

const FIELDS: Record<string, string> = { email_taken: "email", external_id_taken: "external_id" };

export async function withConflictErrors<Result>(operation: Promise<Result>): Promise<Result> {
  try {
    return await operation;
  } catch (error) {
    const field = isAppError(error) ? FIELDS[error.code] : undefined;
    if (isAppError(error) && field) failInput({ [field]: error.description });
    throw error;
  }
}
